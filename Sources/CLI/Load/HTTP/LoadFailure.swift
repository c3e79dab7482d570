/// Why there is no answer to a request.
enum LoadFailure: String, Error, CaseIterable, Sendable {
    case notConnected = "not connected"
    case connectionLost = "connection lost"
    case timedOut = "timed out"
    case unreadableAnswer = "unreadable answer"
}
