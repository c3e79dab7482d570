/// queued → running (→ retrying → running …) → one of the ends.
package enum JobStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case queued, running, retrying, succeeded, failed, cancelled, expired

    package var isEnd: Bool {
        switch self {
        case .queued, .running, .retrying: false
        case .succeeded, .failed, .cancelled, .expired: true
        }
    }
}
