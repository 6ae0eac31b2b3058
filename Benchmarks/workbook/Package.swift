// swift-tools-version: 6.1
import PackageDescription

// The room that writes workbooks, alone: the sources are links to the rooms of the project.
let package = Package(
  name: "workbook-benchmark",
  targets: [
    .target(name: "Records"),
    .target(name: "CKernels"),
    .target(name: "Statistics", dependencies: ["CKernels"]),
    .target(name: "Columns", dependencies: ["Records"]),
    .target(name: "Analysis", dependencies: ["Records", "Columns", "Statistics"]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(
      name: "Reporting", dependencies: ["Records", "Analysis", "CXLSXWriter"],
      swiftSettings: [.unsafeFlags(["-enable-testing"])]),
    .executableTarget(name: "measure", dependencies: ["Records", "Reporting"]),
  ],
  swiftLanguageModes: [.v6]
)
