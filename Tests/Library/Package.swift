// swift-tools-version: 6.1
import PackageDescription

// Another program, which imports lumbar as a library: what it needs is public, and nothing of it
// asks for unsafe flags.
let package = Package(
  name: "library-tests",
  dependencies: [.package(name: "lumbar", path: "../..")],
  targets: [
    .testTarget(
      name: "LibraryTests",
      dependencies: [
        .product(name: "Lumbar", package: "lumbar"),
        .product(name: "LumbarStatistics", package: "lumbar"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
