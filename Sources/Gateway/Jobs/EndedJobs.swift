import Jobs
import NIOCore
import Recommenders
import ServiceRuntime
import Storage
import Synchronization

/// The answers about jobs that have ended: they do not change any more, so who asks again need not wait for Redis.
///
/// Two generations of answers: what was asked for lately is in the young one; when that is full the old one is forgotten.
final class EndedJobs: Sendable {
    struct Answer {
        let body: ByteBuffer
        /// Whose job it was; nil for a guest's.
        let user: UserID?
        let expiresAt: Timestamp
    }

    private struct State {
        var young: [JobID: Answer] = [:]
        var old: [JobID: Answer] = [:]
        var youngByteCount = 0
    }

    private let state = Mutex(State())
    private let generationByteCount: Int

    /// - Parameter byteCount: how much is kept at most, but for the tables themselves.
    init(byteCount: Int = 8 << 20) {
        generationByteCount = byteCount / 2
    }

    func answer(about id: JobID, at moment: Timestamp) -> Answer? {
        state.withLock { state in
            let known = state.young[id]
            guard let answer = known ?? state.old[id], answer.expiresAt > moment else { return nil }
            if known == nil { keep(answer, of: id, in: &state) }
            return answer
        }
    }

    /// Keeps the answer about `record` if it stays as it is. The list behind a rating is the user's newest one, and does not. Whose
    /// a group's is cannot be said by one user.
    func add(_ body: ByteBuffer, for record: JobRecord) {
        guard record.status.isEnd, !record.isForGroup else { return }
        if case .ratings(_, refreshed: true) = record.result { return }
        state.withLock { keep(Answer(body: body, user: record.user, expiresAt: record.expiresAt), of: record.id, in: &$0) }
    }

    private func keep(_ answer: Answer, of id: JobID, in state: inout State) {
        if state.youngByteCount + answer.body.readableBytes > generationByteCount {
            state.old = state.young
            state.young = [:]
            state.youngByteCount = 0
        }
        if state.young.updateValue(answer, forKey: id) == nil { state.youngByteCount += answer.body.readableBytes }
    }
}
