// swift-tools-version: 6.1
import PackageDescription

// One target a stage: bytes -> records -> store -> columns -> findings -> report.
// Sources/README.md is the map.
let package = Package(
  name: "lumbar",
  products: [.executable(name: "lumbar", targets: ["lumbar"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .target(name: "Records"),
    .target(name: "Statistics"),
    .target(name: "Ingest", dependencies: ["Records"]),
    .target(
      name: "Storage",
      dependencies: [
        "Records",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .target(name: "Columns", dependencies: ["Records"]),
    .target(name: "Analysis", dependencies: ["Records", "Columns", "Statistics"]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(name: "Reporting", dependencies: ["Records", "Analysis", "CXLSXWriter"]),
    .target(
      name: "Configuration",
      dependencies: ["Records", "Ingest", .product(name: "TOMLKit", package: "TOMLKit")],
      resources: [
        .embedInCode("Profiles/split-date.toml"), .embedInCode("Profiles/fill-down.toml"),
      ]
    ),
    .executableTarget(
      name: "lumbar",
      dependencies: [
        "Records", "Ingest", "Storage", "Columns", "Analysis", "Reporting", "Configuration",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
