import Foundation
import Jobs
import Logging
import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

typealias Stores = ProfileStore & JobResultStore

/// What the stores can be kept in; the one suite runs against each.
enum Backend: String, CaseIterable, CustomTestStringConvertible {
    case inMemory = "in memory"
    case redis = "Redis"
    case twoRedis = "a Redis for each role"

    var testDescription: String { rawValue }

    /// Where the tests may write to a Redis.
    static let redisPort = ProcessInfo.processInfo.environment["KINDRED_TEST_REDIS_PORT"].flatMap(Int.init)

    static var available: [Backend] { redisPort == nil ? [.inMemory] : allCases }

    func withStores(_ body: (any Stores) async throws -> Void) async throws {
        switch self {
        case .inMemory:
            try await body(InMemoryStorage())
        case .redis:
            try await run(body, RedisRoles(data: .test(port: Backend.redisPort ?? 0)))
        case .twoRedis:
            // Another database is as far away as another server.
            var cache = RedisConfiguration.test(port: Backend.redisPort ?? 0)
            cache.database = 9
            try await run(body, RedisRoles(data: .test(port: Backend.redisPort ?? 0), cache: cache))
        }
    }

    private func run(_ body: (any Stores) async throws -> Void, _ roles: RedisRoles) async throws {
        let storage = RedisStorage(roles, isToldTheTime: true, logger: .silent)
        try await body(storage)
        await storage.close()
    }
}

extension RedisConfiguration {
    static func test(port: Int) -> RedisConfiguration {
        Telemetry.ignoreBrokenPipes()
        var configuration = RedisConfiguration()
        configuration.port = port
        configuration.connectTimeout = .seconds(10)
        configuration.commandTimeout = .seconds(20)
        return configuration
    }
}

extension Logger {
    static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
}

/// A user whom no other test knows.
func someUser(_ suffix: String = "") throws -> UserID {
    try UserID(JobID.random().rawValue + suffix)
}
