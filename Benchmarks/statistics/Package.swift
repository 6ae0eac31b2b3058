// swift-tools-version: 6.1
import PackageDescription

// The statistics core, as any other program imports it.
let package = Package(
  name: "statistics-benchmark",
  dependencies: [.package(name: "lumbar", path: "../..")],
  targets: [
    .executableTarget(
      name: "measure", dependencies: [
        .product(name: "LumbarStatistics", package: "lumbar"),
        .product(name: "Lumbar", package: "lumbar"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
