// swift-tools-version: 6.1
import PackageDescription

// Some of the lower rooms alone with their tests, as `LUMBAR_ROOMS="Ingest Storage"`: for builds of
// them under a sanitizer and optimized.
let rooms = Context.environment["LUMBAR_ROOMS"].map {
  Set($0.split(separator: " ").map(String.init))
}
let chosen = rooms.map { rooms in
  rooms.union(rooms.map { $0 + "Tests" }).union(["Records", "CKernels", "TestSupport"])
}

// One target a stage: bytes -> records -> store -> columns -> findings -> report.
// Sources/README.md is the map.
let package = Package(
  name: "lumbar",
  products: chosen != nil
    ? []
    : [
      .executable(name: "lumbar", targets: ["lumbar"]),
      // Everything but the terminal, for another program to import.
      .library(
        name: "Lumbar",
        targets: [
          "Records", "Ingest", "Storage", "Columns", "Analysis", "Reporting", "Exporting",
          "Configuration", "Workflows",
        ]),
      .library(name: "LumbarStatistics", targets: ["Statistics"]),
    ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .target(name: "Records"),
    .target(name: "Statistics", dependencies: ["CKernels"]),
    .target(name: "CKernels"),
    .target(name: "Ingest", dependencies: ["Records", "CKernels"]),
    .target(
      name: "Storage",
      dependencies: [
        "Records",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(name: "Columns", dependencies: ["Records"]),
    .target(name: "Analysis", dependencies: ["Records", "Columns", "Statistics"]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(name: "Reporting", dependencies: ["Records", "Columns", "Analysis", "CXLSXWriter"]),
    .target(name: "Exporting", dependencies: ["Records", "Ingest", "Columns", "Reporting"]),
    .target(
      name: "Configuration",
      dependencies: ["Records", "Ingest", .product(name: "TOMLKit", package: "TOMLKit")],
      resources: [
        .embedInCode("Profiles/fill-down.toml"),
        .embedInCode("Profiles/fitnotes.toml"),
        .embedInCode("Profiles/garmin-csv.toml"),
        .embedInCode("Profiles/google-fit-csv.toml"),
        .embedInCode("Profiles/gymrun.toml"),
        .embedInCode("Profiles/habitbull.toml"),
        .embedInCode("Profiles/hevy.toml"),
        .embedInCode("Profiles/loop.toml"),
        .embedInCode("Profiles/moves.toml"),
        .embedInCode("Profiles/oswestry.toml"),
        .embedInCode("Profiles/split-date.toml"),
        .embedInCode("Profiles/strava-csv.toml"),
        .embedInCode("Profiles/strong.toml"),
      ]
    ),
    .target(
      name: "Workflows",
      dependencies: [
        "Records", "Ingest", "Storage", "Columns", "Analysis", "Reporting", "Exporting",
        "Configuration", .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(name: "Validation", dependencies: ["Statistics", "Analysis"]),
    .executableTarget(
      name: "lumbar",
      dependencies: [
        "Records", "Ingest", "Storage", "Columns", "Analysis", "Reporting",
        "Exporting", "Configuration", "Validation", "Workflows",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // What several test targets share: the place of Fixtures, temporary folders, running the program.
    .target(name: "TestSupport", dependencies: ["Records"], path: "Tests/Support"),
    .testTarget(name: "RecordsTests", dependencies: ["Records"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "TestSupport"]),
    .testTarget(
      name: "IngestTests", dependencies: ["Records", "Ingest", "CKernels", "TestSupport"]),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Records", "Storage", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .testTarget(name: "ColumnsTests", dependencies: ["Records", "Columns", "TestSupport"]),
    .testTarget(
      name: "AnalysisTests",
      dependencies: ["Records", "Columns", "Statistics", "Analysis", "TestSupport"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Records", "Columns", "Analysis", "Reporting", "TestSupport"]),
    .testTarget(
      name: "ExportingTests",
      dependencies: ["Records", "Ingest", "Exporting", "TestSupport"]),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: ["Records", "Ingest", "Configuration", "TestSupport"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Records", "Ingest", "Storage", "Workflows", "lumbar", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "WorkflowsTests",
      dependencies: [
        "Records", "Ingest", "Storage", "Analysis", "Reporting", "Configuration", "Workflows",
        "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(name: "ReadmeTests", dependencies: ["lumbar", "TestSupport"]),
  ].filter { chosen?.contains($0.name) ?? true },
  swiftLanguageModes: [.v6]
)
