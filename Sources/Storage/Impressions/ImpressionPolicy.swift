package import Configuration
package import ServiceRuntime

/// How long it is remembered what was shown to users, how much of it, and what for.
package struct ImpressionPolicy: Hashable, Sendable {
    /// How long after it was last shown an item counts as shown.
    package var lifetime = Duration.seconds(7 * 24 * 3600)
    /// Items of one user. Each costs Redis some hundred bytes.
    package var maximumItems = 500
    /// Whether lists leave out what was shown unless they are told otherwise.
    package var isExcluded = false

    package init() {}

    /// - `impressions.days` (int 1…365, default `7`): how long after it was last shown an item counts as shown
    /// - `impressions.maximum` (int 1…10000, default `500`): how many items are remembered for one user, the last shown ones
    /// - `impressions.exclude` (flag, default `false`): lists leave out what was shown unless the request says otherwise
    package init(reading config: ConfigReader) throws(ConfigurationError) {
        self.init()
        let days = try config.integer(forKey: "impressions.days", default: 7, in: 1...365)
        lifetime = .seconds(days * 24 * 3600)
        maximumItems = try config.integer(forKey: "impressions.maximum", default: maximumItems, in: 1...10_000)
        isExcluded = try config.flag(forKey: "impressions.exclude", default: isExcluded)
    }
}
