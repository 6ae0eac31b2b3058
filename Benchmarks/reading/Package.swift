// swift-tools-version: 6.1
import PackageDescription

// The reading rooms, as any other program imports them.
let package = Package(
  name: "reading-benchmark",
  dependencies: [.package(name: "lumbar", path: "../..")],
  targets: [
    .executableTarget(name: "measure", dependencies: [.product(name: "Lumbar", package: "lumbar")])
  ],
  swiftLanguageModes: [.v6]
)
