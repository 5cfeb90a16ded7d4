// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The five floors of the house; an arrow only ever points down (Tests/ArchitectureTests checks it).
// A line here is a room: the factory functions at the end know where each floor keeps its folders.
let package = Package(
    name: "haechi",
    products: [
        .executable(name: "haechi", targets: ["haechi"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // C: libraries of Debian, through module maps and a few lines of glue.
        .systemLibrary(name: "CZlib", path: "Sources/C/CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CSodium",
            path: "Sources/C/CSodium",
            providers: [.apt(["libsodium-dev"])]
        ),
        .systemLibrary(
            name: "CPostgres",
            path: "Sources/C/CPostgres",
            providers: [.apt(["libpq-dev"])]
        ),
        .target(
            name: "CCurl",
            path: "Sources/C/CCurl",
            linkerSettings: [.linkedLibrary("curl")]
        ),
        .target(name: "CIconv", path: "Sources/C/CIconv"),
        .target(name: "CVectorScan", path: "Sources/C/CVectorScan"),
        .systemLibrary(
            name: "CQRCode",
            path: "Sources/C/CQRCode",
            providers: [.apt(["libqrencode-dev"])]
        ),
        .systemLibrary(
            name: "CXML",
            path: "Sources/C/CXML",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]
        ),
        .target(
            name: "CPictures",
            path: "Sources/C/CPictures",
            linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("png")]
        ),
        .target(
            name: "CFFmpeg",
            path: "Sources/C/CFFmpeg",
            cSettings: hasFFmpeg ? [.define("HAECHI_HAS_FFMPEG")] : [],
            linkerSettings: hasFFmpeg
                ? ["avformat", "avcodec", "swscale", "avutil"].map { .linkedLibrary($0) } : []
        ),
        .target(
            name: "COnnxRuntime",
            path: "Sources/C/COnnxRuntime",
            linkerSettings: [.linkedLibrary("dl")]
        ),

        // 1 Engines: pure computation.
        engine("Basics"),
        engine("Packaging", ["Basics", "CZlib", "CIconv"]),
        engine("Documents", ["Basics", "Packaging", "CXML"]),
        engine("Tabular", ["Basics", "Packaging"]),
        engine("Korean", ["Basics"]),
        engine("Facets", ["Basics"]),
        engine("Contracting", ["Basics"]),
        engine("Consistency", ["Basics"]),
        engine(
            "Eligibility",
            ["Basics", "Tabular", "Korean", .product(name: "Yams", package: "Yams")]
        ),
        engine("Drawing", ["Basics", "CSodium", crypto]),
        engine("Vision", ["Basics", "CPictures", "CFFmpeg", "COnnxRuntime", crypto]),
        engine("Siting", ["Basics"]),
        engine("Cartography", ["Basics", "Routing"]),
        engine("Sightings", ["Basics", "CSodium", "CVectorScan"]),
        engine("Routing", ["Basics", "Packaging", "Korean", "Tabular", "CZlib"]),

        // 2 Platform: how anything here is kept, shown, guarded and announced.
        platform(
            "Store",
            [
                "Basics", "CPostgres", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                crypto, log,
            ]
        ),
        platform(
            "Identity",
            [
                "Basics", "Store", "CSodium", "CCurl", crypto, log,
                .product(name: "JWTKit", package: "jwt-kit"),
            ]
        ),
        platform(
            "Programs",
            [
                "Basics", "Documents", "Packaging",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        platform(
            "Web",
            ["Basics", "Identity", "Store", "CZlib", "CQRCode", hummingbird, httpTypes, nio, log],
            resources: [
                "haechi.css", "haechi.svg", "page.js", "forms.js", "shortcuts.js", "map.js",
            ].map {
                .embedInCode("Assets/\($0)")
            }
        ),
        platform(
            "Hosting",
            [
                "Basics", "Korean", "Store", "Identity", "Web", hummingbird, log, argumentParser,
                lifecycle,
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"), httpTypes,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),

        // 3 City: the records that several services share.
        floor(
            "City",
            ["Basics", "Korean", "Tabular", "Store", "Identity", "Web", "Hosting", httpTypes],
            path: "Sources/City/Records"
        ),
        shared("Programmes", ["Tabular", "Packaging", "Documents", "Eligibility", crypto, log]),
        shared(
            "Cases",
            ["Tabular", "Packaging", "Eligibility", "Drawing", "Programs", "Programmes"]
        ),

        shared("CityMap", ["Routing", "Cartography", "Packaging"]),
        shared("Footage", ["Vision", "Sightings", "Tabular", crypto, log]),

        // 4 Services: one folder is one system of the city.
        service(
            "Procurement",
            engines: ["Tabular", "Contracting", "Korean", "Facets", "Consistency"]
        ),

        service(
            "Assistant",
            engines: ["Korean", "Tabular", "Documents", "Packaging", "Programs"],
            more: [log],
            resources: ["Sample/handbook.md", "Assets/talk.js", "Assets/assistant.css"].map {
                .embedInCode($0)
            }
        ),

        service("Childcare", engines: ["Eligibility", "Programmes", "Cases"]),
        service("Youth", engines: ["Eligibility", "Korean", "Programmes", "Cases"]),
        service(
            "SharedPCs",
            engines: ["Eligibility", "Tabular", "Programmes", "Cases"],
            more: [crypto]
        ),

        service(
            "Wayfinding",
            engines: ["Routing", "Tabular", "Packaging", "CityMap"],
            more: [crypto],
            resources: [
                "wayfinding.js", "positioning.js", "following.js", "walkmap.js", "keeping.js",
                "worker.js", "walk.js", "projection.js", "roomview.js", "ar.js", "walk.css",
            ].map { .embedInCode("Assets/\($0)") }
        ),
        service(
            "Cameras",
            engines: ["Vision", "Siting", "Sightings", "Routing", "Tabular", "CityMap", "Footage"],
            more: [log, lifecycle],
            resources: ["wall.js", "rules.js", "cameras.css"].map { .embedInCode("Assets/\($0)") }
        ),
        service(
            "MissingPersons",
            engines: [
                "Vision", "Sightings", "Routing", "Packaging", "CityMap", "Footage",
            ],
            more: [crypto, log],
            resources: ["missing.js", "missing.css"].map { .embedInCode("Assets/\($0)") }
        ),

        // 5 The command line: composes the services, nothing else.
        .executableTarget(
            name: "haechi",
            dependencies: [
                "Basics", "Tabular", "Contracting", "Korean", "Documents", "Eligibility", "Drawing",
                "Packaging", "Routing",
                "Hosting", "Programs", "City", "Programmes", "Cases", "Procurement", "Assistant",
                "Childcare", "Youth", "SharedPCs", "Vision", "Siting", "Sightings", "Cartography",
                "CityMap", "Footage", "Wayfinding", "Cameras", "MissingPersons", argumentParser,
                hummingbird,
            ]
        ),

        // The workload that Benchmarks/search measures beside its peers.
        .executableTarget(
            name: "haechi-bench",
            dependencies: ["Facets", "Korean"],
            path: "Benchmarks/search",
            exclude: ["run.py"]
        ),

        // The workload that Benchmarks/eligibility measures.
        .executableTarget(
            name: "haechi-eligibility-bench",
            dependencies: ["Basics", "Eligibility"],
            path: "Benchmarks/eligibility",
            exclude: ["run.py", "requirements.txt", "rules"]
        ),

        // The workload that Benchmarks/routing measures.
        .executableTarget(
            name: "haechi-routing-bench",
            dependencies: ["Basics", "Packaging", "Routing", "RoutingTesting"],
            path: "Benchmarks/routing",
            exclude: ["run.py"]
        ),

        // The workload that Benchmarks/sightings measures.
        .executableTarget(
            name: "haechi-sightings-bench",
            dependencies: ["Basics", "Sightings"],
            path: "Benchmarks/sightings",
            exclude: ["run.py", "requirements.txt"]
        ),

        // The workload that Benchmarks/wall measures.
        .executableTarget(
            name: "haechi-wall-bench",
            dependencies: ["Basics", "Vision"],
            path: "Benchmarks/wall",
            exclude: ["run.py"]
        ),

        // The workload that Benchmarks/tiles measures.
        .executableTarget(
            name: "haechi-tiles-bench",
            dependencies: ["Packaging", "Routing", "Cartography"],
            path: "Benchmarks/tiles",
            exclude: ["run.py", "requirements.txt"]
        ),

        // Tests, a target a floor's room.
        tests("Basics"),
        tests("Packaging", ["Basics", "PackagingTesting"]),
        tests("Documents", ["Basics", "Packaging", "PackagingTesting"]),
        tests("Tabular", ["Basics", "Packaging", "PackagingTesting"]),
        tests("Korean", ["Basics"]),
        tests("Facets", ["Basics"]),
        tests("Contracting", ["Basics", "SharedDataTesting"]),
        tests("Consistency", ["Basics", "SharedDataTesting"]),
        tests("Eligibility", ["Basics"]),
        tests("Drawing", ["Basics"]),
        tests("Vision", ["Basics"]),
        tests("Siting", ["Basics", "Programs"]),
        tests(
            "Cartography",
            ["Basics", "Packaging", "Routing", "RoutingTesting", "SharedDataTesting"]
        ),
        tests("Sightings", ["Basics"]),
        tests("Routing", ["Basics", "Packaging", "RoutingTesting", "SharedDataTesting"]),
        tests("Store", ["Basics", "CPostgres", crypto, log]),
        tests(
            "Identity",
            [
                "CityTesting", "Store", "Basics", "CCurl", crypto, log,
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]
        ),
        tests("Programs", ["Basics", "Documents", "PackagingTesting"]),
        tests("Web", ["Basics"]),
        tests(
            "Hosting",
            [
                "CityTesting", "Web", "Store", "Identity", "Basics", "Korean", httpTypes, log,
                crypto,
            ]
        ),
        tests(
            "City",
            ["CityTesting", "Hosting", "Identity", "Web", "Store", "Basics", "Korean", httpTypes]
        ),
        tests(
            "Procurement",
            [
                "CityTesting", "City", "Hosting", "Web", "Store", "Identity", "Basics", "Tabular",
                "Korean", "Facets", httpTypes, log,
            ]
        ),
        tests(
            "Assistant",
            [
                "CityTesting", "City", "Hosting", "Store", "Identity", "Basics", "Korean",
                "Packaging", "PackagingTesting", "Programs", httpTypes,
            ]
        ),
        tests(
            "Programmes",
            [
                "CityTesting", "City", "Hosting", "Identity", "Web", "Store", "Basics",
                "Eligibility", "Tabular", httpTypes,
            ]
        ),
        tests(
            "Cases",
            [
                "CityTesting", "City", "Programmes", "Hosting", "Identity", "Web", "Store",
                "Basics", "Eligibility", "Drawing", "Programs", httpTypes,
            ]
        ),
        tests("CityMap", roomTests + ["Routing", "Cartography", "Packaging"]),
        tests("Footage", roomTests + ["Vision", "Sightings", crypto, log]),
        tests("Wayfinding", roomTests + ["CityMap", "Routing", "Packaging"]),
        tests("Cameras", roomTests + ["CityMap", "Footage", "Vision", "Siting", log]),
        tests(
            "MissingPersons",
            roomTests + ["CityMap", "Footage", "Vision", "Sightings", "Packaging"]
        ),
        tests("Childcare", portalTests),
        tests("Youth", portalTests),
        tests("SharedPCs", portalTests),
        .target(name: "SharedDataTesting", path: "Tests/Support/SharedDataTesting"),
        .target(
            name: "RoutingTesting",
            dependencies: ["Packaging", "Routing", "SharedDataTesting"],
            path: "Tests/Support/RoutingTesting"
        ),
        .target(
            name: "PackagingTesting",
            dependencies: ["Packaging"],
            path: "Tests/Support/PackagingTesting"
        ),
        .target(
            name: "CityTesting",
            dependencies: [
                "Basics", "Hosting", "Identity", "Store", "Web", hummingbird, httpTypes, nio, log,
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            path: "Tests/Support/CityTesting"
        ),
        .testTarget(
            name: "ArchitectureTests",
            dependencies: [
                "haechi", "Basics", "CityTesting", "Hosting", "Identity", "Web", httpTypes,
            ]
        ),
    ]
)

/// Whether FFmpeg's development packages are there; without them everything builds and reads no video.
var hasFFmpeg: Bool {
    ["x86_64-linux-gnu/", "aarch64-linux-gnu/", ""].contains {
        FileManager.default.fileExists(atPath: "/usr/include/\($0)libavformat/avformat.h")
    }
}

var hummingbird: Target.Dependency { .product(name: "Hummingbird", package: "hummingbird") }
var httpTypes: Target.Dependency { .product(name: "HTTPTypes", package: "swift-http-types") }
var nio: Target.Dependency { .product(name: "NIOCore", package: "swift-nio") }
var log: Target.Dependency { .product(name: "Logging", package: "swift-log") }
var crypto: Target.Dependency { .product(name: "Crypto", package: "swift-crypto") }
var lifecycle: Target.Dependency {
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
}
var argumentParser: Target.Dependency {
    .product(name: "ArgumentParser", package: "swift-argument-parser")
}

func floor(
    _ name: String,
    _ dependencies: [Target.Dependency],
    path: String,
    resources: [Resource] = []
) -> Target {
    .target(name: name, dependencies: dependencies, path: path, resources: resources)
}

func engine(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    floor(name, dependencies, path: "Sources/Engines/\(name)")
}

func platform(
    _ name: String,
    _ dependencies: [Target.Dependency],
    resources: [Resource] = []
) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        path: "Sources/Platform/\(name)",
        resources: resources
    )
}

func service(
    _ name: String,
    engines: [String],
    more: [Target.Dependency] = [],
    resources: [Resource] = []
) -> Target {
    floor(
        name,
        ["Basics", "Store", "Identity", "Web", "Hosting", "City"]
            + [.product(name: "ArgumentParser", package: "swift-argument-parser")]
            + [.product(name: "HTTPTypes", package: "swift-http-types")]
            + engines.map { .byName(name: $0) } + more,
        path: "Sources/Services/\(name)",
        resources: resources
    )
}

/// A room of the third floor beside the records, which are its ground.
func shared(_ name: String, _ more: [Target.Dependency]) -> Target {
    floor(
        name,
        ["Basics", "Store", "Identity", "Web", "Hosting", "City", "Korean"]
            + [.product(name: "ArgumentParser", package: "swift-argument-parser")]
            + [.product(name: "HTTPTypes", package: "swift-http-types")] + more,
        path: "Sources/City/\(name)"
    )
}

/// What the tests of a portal need.
var portalTests: [Target.Dependency] {
    roomTests + ["Programmes", "Cases", "Eligibility"]
}

/// What the tests of a room that answers addresses need.
var roomTests: [Target.Dependency] {
    ["CityTesting", "City", "Hosting", "Identity", "Web", "Store", "Basics", httpTypes]
}

func tests(_ name: String, _ more: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + more)
}

for target in package.targets where ![.system, .plugin].contains(target.type) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
    // Pixel by pixel a debug build is twenty times slower than a camera.
    if target.name == "Vision" {
        target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
    }
}
