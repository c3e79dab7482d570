import Hummingbird
import Synchronization

/// What was written of a body so far.
final class TestBody: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var isFinished = false
    }

    private let state = Mutex(State())

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var isFinished: Bool { state.withLock { $0.isFinished } }

    func append(_ buffer: ByteBuffer) { state.withLock { $0.bytes += Array(buffer.readableBytesView) } }
    func finish() { state.withLock { $0.isFinished = true } }
}

struct TestBodyWriter: ResponseBodyWriter {
    let body: TestBody

    mutating func write(_ buffer: ByteBuffer) async throws { body.append(buffer) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { body.finish() }
}
