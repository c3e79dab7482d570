package import Configuration
package import ServiceRuntime

/// What a Redis is for.
package enum RedisRole: String, CaseIterable, Sendable {
    /// Keeps what was entrusted to us and nobody can make again: profiles. Written through to disk, nothing thrown out.
    case data
    /// Keeps what ends by itself or can be made again: jobs, lists. All of it expires.
    case cache
}

/// Which Redis has which role: one for both, or one for each.
package struct RedisRoles: Sendable {
    package var data: RedisConfiguration
    /// nil when the data's does this too, over the same connection.
    package var cache: RedisConfiguration?

    package init(data: RedisConfiguration, cache: RedisConfiguration? = nil) {
        self.data = data
        self.cache = cache
    }

    /// Reads the data's under `redis` (see `RedisConfiguration`), and, if `redis.cache.host` (`REDIS_CACHE_HOST`) is set, the cache's under
    /// `redis.cache`: host, port, user, password or passwordFile and database as there. What concerns us more than the server
    /// (clientName, connectTimeout, commandTimeout, maximumWaiting) is as for the data unless set.
    package init(reading config: ConfigReader) throws(ConfigurationError) {
        let data = try RedisConfiguration(reading: config)
        let scope = config.scoped(to: "redis.cache")
        guard let host = scope.text(forKey: "host") else {
            // Whoever sets one of these believes to have two.
            for key in ["port", "user", "password", "passwordFile", "database"] as [ConfigKey]
            where scope.text(forKey: key) != nil {
                throw ConfigurationError(
                    variable: scope.variable(forKey: key), problem: "is set, but REDIS_CACHE_HOST is not",
                    advice: "Set REDIS_CACHE_HOST, or leave it out to have one Redis do both.")
            }
            self.init(data: data)
            return
        }
        var cache = RedisConfiguration()
        cache.clientName = data.clientName
        cache.connectTimeout = data.connectTimeout
        cache.commandTimeout = data.commandTimeout
        cache.maximumWaiting = data.maximumWaiting
        cache.host = host
        try cache.read(scope)
        self.init(data: data, cache: cache)
    }

    /// How the one that has `role` can be reached.
    package subscript(role: RedisRole) -> RedisConfiguration {
        switch role {
        case .data: data
        case .cache: cache ?? data
        }
    }
}
