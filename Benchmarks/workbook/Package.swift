// swift-tools-version: 6.1
import PackageDescription

// The room that writes workbooks, as any other program imports it.
let package = Package(
  name: "workbook-benchmark",
  dependencies: [.package(name: "lumbar", path: "../..")],
  targets: [
    .executableTarget(
      name: "measure", dependencies: [.product(name: "Lumbar", package: "lumbar")])
  ],
  swiftLanguageModes: [.v6]
)
