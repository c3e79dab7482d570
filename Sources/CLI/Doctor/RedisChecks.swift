import Configuration
import ServiceRuntime
import Storage

/// Whether Redis answers, and keeps what it is given as its role asks.
enum RedisChecks {
    static func run(reading config: ConfigReader) async -> [Check] {
        let roles: RedisRoles
        do {
            roles = try RedisRoles(reading: config)
        } catch {
            return [.fail("Redis", error)]
        }
        let storage = RedisStorage(roles, logger: Settings.silentLogger)
        var checks: [Check] = []
        for role in roles.cache == nil ? [.data] : RedisRole.allCases {
            let name = roles.cache == nil ? "Redis" : "Redis \(role.rawValue)"
            let address = roles[role].description
            do throws(StorageError) {
                checks += judge(try await storage.serverInfo(of: role), of: role, name: name, address: address)
            } catch {
                checks.append(unreachable(error, role, name: name, address: address))
            }
        }
        await storage.close()
        return checks
    }

    static func unreachable(_ error: StorageError, _ role: RedisRole, name: String, address: String) -> Check {
        let prefix = role == .data ? "REDIS" : "REDIS_CACHE"
        let isRefused = error.code == .rejected || error.reply == "WRONGPASS"
        let advice =
            isRefused
            ? "Check \(prefix)_USER and \(prefix)_PASSWORD (or \(prefix)_PASSWORD_FILE), and what docs/redis.md grants the user."
            : "Start Redis there, or say with \(prefix)_HOST and \(prefix)_PORT where it is."
        return .fail(name, "\(address): \(error.message)", advice: advice)
    }

    static func judge(_ info: RedisServerInfo, of role: RedisRole, name: String, address: String) -> [Check] {
        let isKeptInMemory = memory(
            used: info.usedMemory, limit: info.maximumMemory, policy: info.maximumMemoryPolicy, role: role, name: "\(name) memory"
        )
        let server = server(version: info.version, role: info.role, name: name, address: address)
        // What the cache loses is made again.
        guard role == .data else { return [server, isKeptInMemory] }
        return [
            server, durability(isLogged: info.isAppendOnly, policy: info.appendFsync, name: "\(name) log"), isKeptInMemory,
        ]
    }

    static func server(version: String, role: String, name: String = "Redis", address: String) -> Check {
        guard role == "master" else {
            return .fail(
                name, "\(version) at \(address) is a replica, which takes no writes",
                advice: "Point REDIS_HOST to the primary, or REDIS_SENTINELS to those who know it.")
        }
        return .ok(name, "\(version) at \(address)")
    }

    /// - Parameter policy: Redis' `appendfsync`; nil when we may not ask.
    static func durability(isLogged: Bool, policy: String?, name: String = "Redis log") -> Check {
        guard isLogged else {
            return .warn(
                name, "off: after a crash the ratings since the last snapshot are gone",
                advice: "Set appendonly yes and appendfsync always in redis.conf.")
        }
        let advice = "Set appendfsync always in redis.conf."
        switch policy {
        case "no": return .warn(name, "on, but written through when the system likes", advice: advice)
        case "everysec":
            return .warn(
                name, "on, written through every second: a power cut may cost the ratings of the last second", advice: advice)
        case "always": return .ok(name, "on, written through: always")
        default: return .ok(name, "on; how it is written through we may not ask")
        }
    }

    /// - Parameter limit: 0 for none.
    static func memory(
        used: Int, limit: Int, policy: String, role: RedisRole = .data, name: String = "Redis memory"
    ) -> Check {
        let detail = "\(mebibytes(used)) used"
        guard limit > 0 else { return .ok(name, "\(detail), no limit") }
        let share = "\(detail) of \(mebibytes(limit))"
        switch (policy, role) {
        case ("volatile-ttl", .cache): return .ok(name, share)
        case ("noeviction", _): break
        case (_, .cache):
            return .warn(
                name, "\(share); when it is full, \(policy) throws out what is in use",
                advice: "Set maxmemory-policy volatile-ttl in its redis.conf, so that what ends soonest goes first.")
        case (_, .data):
            return .warn(
                name, "\(share); when it is full, \(policy) throws out what is kept",
                advice: "Set maxmemory-policy noeviction in redis.conf, so that no rating is thrown out.")
        }
        guard Double(used) < 0.9 * Double(limit) else {
            return .warn(name, share, advice: "Raise maxmemory in redis.conf before writes are refused.")
        }
        return .ok(name, share)
    }

    private static func mebibytes(_ count: Int) -> String {
        (Double(count) / 1_048_576).rounded(toDigits: 1) + " MiB"
    }
}
