// swift-tools-version: 6.1
import PackageDescription

// The reading rooms alone: Sources/Records, Ingest, CKernels and Configuration are links to the rooms of
// the project, built as it builds them.
let hotLoops: [SwiftSetting] = [
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

let profiles = [
  "fill-down", "fitbit-csv", "fitnotes", "garmin-csv", "google-fit-csv", "gymrun", "habitbull",
  "hevy", "loop", "moves", "oswestry", "split-date", "strava-csv", "strong",
]

let package = Package(
  name: "reading-benchmark",
  dependencies: [.package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0")],
  targets: [
    .target(name: "Records", swiftSettings: hotLoops),
    .target(name: "CKernels"),
    .target(name: "Ingest", dependencies: ["Records", "CKernels"], swiftSettings: hotLoops),
    .target(
      name: "Configuration",
      dependencies: ["Records", "Ingest", .product(name: "TOMLKit", package: "TOMLKit")],
      resources: profiles.map { .embedInCode("Profiles/\($0).toml") }),
    .executableTarget(name: "measure", dependencies: ["Records", "Ingest", "Configuration"]),
  ],
  swiftLanguageModes: [.v6]
)
