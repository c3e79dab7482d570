/// What a job does, by the names that messages, records and metrics use.
package enum JobKind: String, Hashable, Sendable, Codable, CaseIterable {
    case ratings
    case recommendations
}
