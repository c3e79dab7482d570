/// What becomes of the validation ratings when the test ratings are to be found. Published tables differ in this.
package enum ValidationUse: String, Sendable, Codable, CaseIterable {
    /// They are trained on and part of the profiles, so they are not recommended.
    case trained
    /// They are not trained on and not recommended.
    case masked
    /// They are not trained on and may be recommended, which then counts as a miss (the published code of LightGCN++ does so).
    case candidates
}
