// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "kindred",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "kindred-gateway", targets: ["Gateway"]),
        .executable(name: "kindred-worker", targets: ["Worker"]),
        .executable(name: "kindred", targets: ["CLI"]),
        .executable(name: "kindred-faults", targets: ["FaultTests"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
        // Only for the latencies of `kindred load`.
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift.git", .upToNextMinor(from: "0.2.0")),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        // Only for its double-ended queue. Hummingbird brings the package anyway.
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        // For the connections of `kindred load`, and for its in-memory channel, with which the tests call the router. Hummingbird
        // brings the package anyway.
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        // Only for the file of experiments.
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
    ],
    targets: [
        // C: one system library each, imported by exactly one module.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CRabbitMQ", providers: [.apt(["librabbitmq-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CArgon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),

        // Foundations.
        .target(name: "JSON", swiftSettings: settings),
        .target(name: "Recommenders", swiftSettings: settings),
        .target(
            name: "ServiceRuntime",
            dependencies: ["CLinux", logging, metrics, lifecycle, configuration],
            swiftSettings: settings
        ),

        // What is kept instead of passwords.
        .target(name: "Passwords", dependencies: ["CArgon2", deque, metrics], swiftSettings: settings),

        // What the command line does to a data set before anything is served: models, and what they are worth.
        .target(name: "Training", dependencies: ["Recommenders", "COpenBLAS"], swiftSettings: settings),
        .target(name: "Evaluation", dependencies: ["Recommenders"], swiftSettings: settings),

        // Which users get which lists, and what that has shown.
        .target(name: "Experiments", dependencies: ["Recommenders", "ServiceRuntime", yams], swiftSettings: settings),

        // What a job is, to those who keep it and to those who carry it.
        .target(
            name: "Jobs", dependencies: ["Experiments", "Recommenders", "ServiceRuntime", configuration], swiftSettings: settings),

        // The files that are served: which they are, and how new ones take their place.
        .target(
            name: "Generations",
            dependencies: ["Recommenders", "ServiceRuntime", logging, metrics, lifecycle, signals, configuration],
            swiftSettings: settings
        ),

        // Data sets and models on their way from where they are made to where they are served.
        .target(name: "Transfer", dependencies: ["ServiceRuntime", "CCurl"], swiftSettings: settings),

        // What is kept, what travels.
        .target(
            name: "Storage",
            dependencies: [
                "Experiments", "Jobs", "Recommenders", "ServiceRuntime", "CHiredis", deque, logging, metrics, lifecycle,
                configuration,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Messaging",
            dependencies: [
                "JSON", "Jobs", "Recommenders", "ServiceRuntime", "CRabbitMQ", deque, logging, metrics, lifecycle, configuration,
            ],
            swiftSettings: settings
        ),

        // Processes.
        .executableTarget(
            name: "Gateway",
            dependencies: [
                "Experiments", "Generations", "JSON", "Jobs", "Recommenders", "ServiceRuntime", "Storage", "Messaging",
                "Passwords",
                hummingbird, logging, metrics, lifecycle, signals, configuration,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Worker",
            dependencies: [
                "Experiments", "Generations", "Jobs", "Recommenders", "ServiceRuntime", "Storage", "Messaging",
                hummingbird, deque, logging, metrics, lifecycle, signals, configuration,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "Evaluation", "Experiments", "Generations", "Jobs", "Messaging", "Recommenders", "ServiceRuntime", "Storage",
                "Training", "Transfer", arguments, configuration, deque, histogram, logging, lifecycle, nioCore, nioHTTP,
                nioPosix, signals,
            ],
            swiftSettings: settings
        ),

        // What several of the tests below need.
        .target(
            name: "TestSupport", dependencies: ["ServiceRuntime", logging], path: "Tests/TestSupport", swiftSettings: settings),
        // Unit tests need nothing running; IntegrationTests need RabbitMQ and Redis (see test.sh).
        .testTarget(name: "RecommendersTests", dependencies: ["Recommenders"], swiftSettings: settings),
        .testTarget(name: "TrainingTests", dependencies: ["Training", "Recommenders"], swiftSettings: settings),
        .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "Recommenders"], swiftSettings: settings),
        .testTarget(
            name: "ServiceRuntimeTests",
            dependencies: ["ServiceRuntime", "TestSupport", logging, metrics, configuration],
            swiftSettings: settings
        ),
        .testTarget(
            name: "GenerationsTests", dependencies: ["Generations", "Recommenders", "ServiceRuntime", logging],
            swiftSettings: settings
        ),
        .testTarget(name: "TransferTests", dependencies: ["Transfer", "ServiceRuntime"], swiftSettings: settings),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: settings),
        .testTarget(
            name: "PasswordsTests", dependencies: ["Passwords", "ServiceRuntime", "TestSupport", metrics], swiftSettings: settings
        ),
        .testTarget(
            name: "ExperimentsTests", dependencies: ["Experiments", "Recommenders", "ServiceRuntime", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(name: "JobsTests", dependencies: ["Jobs", "ServiceRuntime"], swiftSettings: settings),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Storage", "Experiments", "Jobs", "Recommenders", "ServiceRuntime", "TestSupport", logging, configuration,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MessagingTests",
            dependencies: [
                "Messaging", "JSON", "Jobs", "Recommenders", "ServiceRuntime", "TestSupport", logging, configuration,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Gateway", "Experiments", "Generations", "JSON", "Messaging", "Storage", "Jobs", "Passwords", "Recommenders",
                "ServiceRuntime",
                "TestSupport",
                hummingbird, nioEmbedded, logging, metrics, configuration,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "WorkerTests",
            dependencies: [
                "Worker", "Experiments", "Messaging", "Storage", "Jobs", "Recommenders", "ServiceRuntime", "TestSupport",
                hummingbird,
                nioEmbedded,
                logging, configuration,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CLITests",
            dependencies: [
                "CLI", "Evaluation", "Experiments", "Generations", "Jobs", "Messaging", "Recommenders", "ServiceRuntime",
                "Storage", "Training",
                arguments, nioCore, nioHTTP, nioPosix,
            ],
            swiftSettings: settings
        ),
        // What the HTTP server can do at best (see Benchmarks/status_polling.py).
        .executableTarget(
            name: "EmptyServer", dependencies: [hummingbird], path: "Benchmarks/EmptyServer", swiftSettings: settings),
        // A program of its own, because it starts and kills the servers itself (see docs/faults.md and test.sh).
        .executableTarget(
            name: "FaultTests", dependencies: [arguments], path: "Tests/FaultTests", swiftSettings: settings),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "Experiments", "Messaging", "Storage", "Jobs", "Recommenders", "ServiceRuntime", "TestSupport", "Gateway",
                "Worker",
                "CLI",
                configuration, logging,
            ],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)
