/// How urgent a recommendation is, by the names that messages and the API use. Ratings know no lanes: they are all applied.
package enum JobLane: String, Hashable, Sendable, Codable, CaseIterable {
    /// Somebody waits for it.
    case interactive
    /// Nobody does: lists made ahead by the thousand, which must not hold up those who wait.
    case batch
}
