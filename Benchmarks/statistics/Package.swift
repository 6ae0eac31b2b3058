// swift-tools-version: 6.1
import PackageDescription

// The statistics core alone, so that measuring it builds nothing else: Sources/Statistics and
// Sources/CKernels are links to the rooms of the project.
let package = Package(
  name: "statistics-benchmark",
  targets: [
    .target(name: "CKernels"),
    .target(name: "Statistics", dependencies: ["CKernels"]),
    .executableTarget(name: "measure", dependencies: ["Statistics"]),
  ],
  swiftLanguageModes: [.v6]
)
