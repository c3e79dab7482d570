import NIOCore
import NIOHTTP1

/// A request on its way, until it is answered or given up.
final class LoadRequest {
    typealias Outcome = Result<LoadAnswer, LoadFailure>

    let head: HTTPRequestHead
    let body: ByteBuffer?
    /// How many bytes of a good answer's body are of interest.
    let bodyLimit: Int
    /// When it is given up, sent or not.
    let deadline: NIODeadline
    private(set) var sentAt: NIODeadline?
    private var completion: ((LoadRequest, Outcome) -> Void)?

    init(
        head: HTTPRequestHead, body: ByteBuffer? = nil, bodyLimit: Int, deadline: NIODeadline,
        completion: @escaping (LoadRequest, Outcome) -> Void
    ) {
        self.head = head
        self.body = body
        self.bodyLimit = bodyLimit
        self.deadline = deadline
        self.completion = completion
    }

    func noteSent() { sentAt = .now() }

    /// Only the first outcome counts.
    func complete(_ outcome: Outcome) {
        guard let completion else { return }
        self.completion = nil
        completion(self, outcome)
    }
}
