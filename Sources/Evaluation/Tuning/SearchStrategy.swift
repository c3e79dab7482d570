/// How a tuner goes about it. Both try the initial values first.
package enum SearchStrategy: String, Sendable, Codable, CaseIterable {
    /// A third of the trials anywhere (Bergstra and Bengio 2012), the others nearer and nearer to the best found.
    case random
    /// From the best found, one parameter at a time to either side, by ever smaller steps.
    case coordinate
}
