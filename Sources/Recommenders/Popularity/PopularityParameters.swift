/// How popularity is counted.
package struct PopularityParameters: Hashable, Sendable, Codable {
    /// In days before the newest rating of all, above 0: the age at which a rating counts half. nil where all count alike. Where no times are
    /// known it changes nothing.
    package var halfLifeDays: Double?

    package init(halfLifeDays: Double? = nil) {
        self.halfLifeDays = halfLifeDays
    }
}
