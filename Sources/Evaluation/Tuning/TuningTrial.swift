/// One set of parameters that was tried.
package struct TuningTrial: Hashable, Sendable, Codable {
    package var parameters: ParameterSet
    /// The objective; nil when it failed, and of few users when it was given up early.
    package var value: Double?
    /// On how many users.
    package var users: Int
    /// Whether it was given up because it fell clearly behind the best on a part of the users.
    package var isGivenUp: Bool
    /// Training and evaluation.
    package var seconds: Double
    /// Why it could not be tried; nil when it could.
    package var failure: String?
}
