import DequeModule
import Jobs
import ServiceRuntime
import Synchronization

/// Whoever waits in `enqueue`, and what for.
///
/// Callers, the connection's thread and the watchdog share it, so that a deadline is kept whatever the connection's thread is doing.
final class PublishRequests: Sendable {
    typealias Outcome = Result<Void, MessagingError>

    /// A job in its wire form.
    struct Message: Sendable {
        let id: String
        let kind: JobKind
        var lane = JobLane.interactive
        let body: [UInt8]
    }

    /// Jobs that go the same way in one message of the broker's.
    struct Group {
        var numbers: [UInt64]
        var messages: [Message]
    }

    /// What the connection is like, as callers need to know it.
    enum Link: Sendable {
        /// For the first time or again; the error says why the last attempt failed.
        case connecting(MessagingError?)
        case open
        /// What is not sent yet, and what comes, fails with the error at once.
        case refusing(MessagingError)
    }

    private struct Request {
        let message: Message
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Outcome, Never>
        var isSent = false
    }

    private struct State {
        var requests: [UInt64: Request] = [:]
        var unsent = Deque<UInt64>()
        var lastNumber: UInt64 = 0
        var link = Link.connecting(nil)
        var hasBeenOpen = false
        var isClosed = false
        var isThreadAwake = false
    }

    private let state = Mutex(State())
    private let backlog: Int

    init(backlog: Int) {
        self.backlog = backlog
    }

    var isOpen: Bool {
        state.withLock { state in
            if case .open = state.link { !state.isClosed } else { false }
        }
    }

    /// Whether there was a connection at least once.
    var hasBeenOpen: Bool { state.withLock(\.hasBeenOpen) }

    var isEmpty: Bool { state.withLock { $0.requests.isEmpty } }

    /// Lines up a message, or answers at once that there is no use.
    ///
    /// - Returns: whether the connection's thread has to be woken.
    func add(_ message: Message, deadline: ContinuousClock.Instant, _ continuation: CheckedContinuation<Outcome, Never>) -> Bool {
        let (refusal, wakes): (MessagingError?, Bool) = state.withLock { state in
            if state.isClosed { return (MessagingError(.closed, "we are shutting down"), false) }
            if case .refusing(let error) = state.link { return (error, false) }
            guard state.unsent.count <= backlog else {
                return (MessagingError(.overloaded, "\(state.unsent.count) messages wait to be sent already"), false)
            }
            state.lastNumber += 1
            state.requests[state.lastNumber] = Request(message: message, deadline: deadline, continuation: continuation)
            state.unsent.append(state.lastNumber)
            defer { state.isThreadAwake = true }
            return (nil, !state.isThreadAwake)
        }
        if let refusal { continuation.resume(returning: .failure(refusal)) }
        return wakes
    }

    /// From here on whoever adds a message wakes the thread: it takes what is there now.
    func beginTurn() { state.withLock { $0.isThreadAwake = false } }

    /// Whether messages wait that the connection's thread comes back for at `moment`; nobody has to wake it until then.
    func gathers(until moment: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            guard !state.unsent.isEmpty, moment > .now else { return false }
            state.isThreadAwake = true
            return true
        }
    }

    /// How many wait to be sent.
    var unsentCount: Int { state.withLock { $0.unsent.count } }

    /// The next to send, with those behind it that go the same way; they count as sent.
    ///
    /// - Parameter limit: how many at most.
    /// - Parameter byteLimit: how long they may be together; the first is taken however long it is.
    func takeUnsent(atMost limit: Int, bytes byteLimit: Int) -> Group? {
        state.withLock { state in
            var group: Group?
            var byteCount = 0
            while let number = state.unsent.first {
                guard let message = state.requests[number]?.message else {
                    state.unsent.removeFirst()
                    continue
                }
                byteCount += message.body.count + 1
                if var known = group {
                    guard known.numbers.count < limit, byteCount <= byteLimit,
                        message.kind == known.messages[0].kind, message.lane == known.messages[0].lane
                    else { break }
                    known.numbers.append(number)
                    known.messages.append(message)
                    group = known
                } else {
                    group = Group(numbers: [number], messages: [message])
                }
                state.unsent.removeFirst()
                state.requests[number]?.isSent = true
            }
            return group
        }
    }

    /// Puts messages back in front whose fate went down with a connection. Who got one twice does it twice, which changes nothing.
    func sendAgain(_ numbers: [UInt64]) {
        state.withLock { state in
            for number in numbers { state.requests[number]?.isSent = false }
            state.unsent.prepend(contentsOf: numbers.filter { state.requests[$0] != nil })
        }
    }

    func finish(_ number: UInt64, _ outcome: Outcome) {
        state.withLock { $0.requests.removeValue(forKey: number) }?.continuation.resume(returning: outcome)
    }

    func become(_ link: Link) {
        let refused: [Request] = state.withLock { state in
            state.link = link
            if case .open = link { state.hasBeenOpen = true }
            guard case .refusing = link else { return [] }
            let refused = state.requests.filter { !$0.value.isSent }
            for number in refused.keys { state.requests[number] = nil }
            state.unsent = Deque()
            return Array(refused.values)
        }
        guard case .refusing(let error) = link else { return }
        for request in refused { request.continuation.resume(returning: .failure(error)) }
    }

    /// Takes no more; what is there goes on.
    func close() { state.withLock { $0.isClosed = true } }

    /// Answers all who are left.
    func failAll(_ error: MessagingError) {
        let requests = state.withLock { state in
            defer { state.requests = [:] }
            return state.requests
        }
        for request in requests.values { request.continuation.resume(returning: .failure(error)) }
    }

    /// Answers those whose deadline is over.
    func expire(_ now: ContinuousClock.Instant = .now) {
        let (expired, link) = state.withLock { state in
            let expired = state.requests.filter { $0.value.deadline <= now }
            for number in expired.keys { state.requests[number] = nil }
            if !expired.isEmpty { state.unsent.removeAll { expired[$0] != nil } }
            return (expired, state.link)
        }
        for request in expired.values { request.continuation.resume(returning: .failure(Self.lateness(link))) }
    }

    private static func lateness(_ link: Link) -> MessagingError {
        switch link {
        case .open, .refusing: MessagingError(.timedOut, "RabbitMQ did not confirm in time")
        case .connecting(let reason): MessagingError(.disconnected, reason?.message ?? "no connection to RabbitMQ yet")
        }
    }
}
