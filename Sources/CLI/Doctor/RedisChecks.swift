import Configuration
import ServiceRuntime
import Storage

/// Whether Redis answers, and keeps what it is given.
enum RedisChecks {
    static func run(reading config: ConfigReader) async -> [Check] {
        let configuration: RedisConfiguration
        do {
            configuration = try RedisConfiguration(reading: config)
        } catch {
            return [.fail("Redis", error)]
        }
        let storage = RedisStorage(configuration, logger: Settings.silentLogger)
        let checks: [Check]
        do {
            checks = judge(try await storage.serverInfo(), address: configuration.description)
        } catch {
            checks = [unreachable(error, address: configuration.description)]
        }
        await storage.close()
        return checks
    }

    static func unreachable(_ error: StorageError, address: String) -> Check {
        let advice =
            error.code == .rejected
            ? "Check REDIS_USER and REDIS_PASSWORD (or REDIS_PASSWORD_FILE)."
            : "Start Redis there, or say with REDIS_HOST and REDIS_PORT where it is."
        return .fail("Redis", "\(address): \(error.message)", advice: advice)
    }

    static func judge(_ info: RedisServerInfo, address: String) -> [Check] {
        [
            server(version: info.version, role: info.role, address: address),
            durability(isLogged: info.isAppendOnly, policy: info.appendFsync),
            memory(used: info.usedMemory, limit: info.maximumMemory, policy: info.maximumMemoryPolicy),
        ]
    }

    static func server(version: String, role: String, address: String) -> Check {
        guard role == "master" else {
            return .fail(
                "Redis", "\(version) at \(address) is a replica, which takes no writes",
                advice: "Point REDIS_HOST to the primary.")
        }
        return .ok("Redis", "\(version) at \(address)")
    }

    /// - Parameter policy: Redis' `appendfsync`; nil when we may not ask.
    static func durability(isLogged: Bool, policy: String?) -> Check {
        let name = "Redis log"
        guard isLogged else {
            return .warn(
                name, "off: after a crash the ratings since the last snapshot are gone",
                advice: "Set appendonly yes in redis.conf.")
        }
        switch policy {
        case "no":
            return .warn(
                name, "on, but written through when the system likes", advice: "Set appendfsync everysec or always in redis.conf."
            )
        case "everysec":
            return .ok(name, "on, written through every second: a power cut may cost the last second")
        case let policy: return .ok(name, policy.map { "on, written through: \($0)" } ?? "on")
        }
    }

    /// - Parameter limit: 0 for none.
    static func memory(used: Int, limit: Int, policy: String) -> Check {
        let name = "Redis memory"
        let detail = "\(mebibytes(used)) used"
        guard limit > 0 else { return .ok(name, "\(detail), no limit") }
        guard policy == "noeviction" else {
            return .warn(
                name, "\(detail) of \(mebibytes(limit)); when it is full, \(policy) throws out what is kept",
                advice: "Set maxmemory-policy noeviction in redis.conf, so that no rating is thrown out.")
        }
        guard Double(used) < 0.9 * Double(limit) else {
            return .warn(
                name, "\(detail) of \(mebibytes(limit))", advice: "Raise maxmemory in redis.conf before writes are refused.")
        }
        return .ok(name, "\(detail) of \(mebibytes(limit))")
    }

    private static func mebibytes(_ count: Int) -> String {
        (Double(count) / 1_048_576).rounded(toDigits: 1) + " MiB"
    }
}
