/// Where a figure would lie with other users, at the level that the bootstrap was asked for.
package struct Interval: Hashable, Sendable, Codable {
    package let low: Double
    package let high: Double
}
