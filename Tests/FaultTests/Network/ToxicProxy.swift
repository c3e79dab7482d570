import Foundation
import Glibc
import Synchronization

/// A TCP proxy on loopback that does to connections what networks do.
final class ToxicProxy: Sendable {
    enum Direction: Sendable, CaseIterable {
        /// From who connected to the server behind the proxy.
        case up
        case down
    }

    struct State: Sendable {
        var toxics: [Direction: Toxics] = [.up: Toxics(), .down: Toxics()]
        /// Connections are accepted and closed at once.
        var isDown = false
        /// Connections of an older epoch end.
        var epoch = 0
        var endsByReset = false
        var isClosed = false
        /// How often a limit was reached.
        var limitsReached = 0
        var byteCounts: [Direction: Int] = [:]
        /// Called on a proxy's thread instead of sending on the bytes; the connection is reset then.
        var tripwire: (marker: [UInt8], trip: @Sendable () -> Void)?
        /// What went down so far; nil while nobody wants to know.
        var record: [UInt8]?
    }

    let port: Int
    let target: Int
    let state = Mutex(State())
    private let listener: Int32

    init(to target: Int) throws(HarnessError) {
        self.target = target
        guard let listener = Socket.listen() else { throw HarnessError("no port for a proxy") }
        self.listener = listener.descriptor
        port = listener.port
        Thread { [self] in accept() }.start()
    }

    /// Holds for bytes that have not been read yet.
    func set(_ toxics: Toxics, _ directions: [Direction] = Direction.allCases) {
        state.withLock { for direction in directions { $0.toxics[direction] = toxics } }
    }

    func set(isDown: Bool) {
        state.withLock { $0.isDown = isDown }
        if isDown { cut() }
    }

    /// Ends all connections.
    func cut(byReset: Bool = false) {
        state.withLock { state in
            state.epoch += 1
            state.endsByReset = byReset
        }
    }

    /// Has `trip` called when `marker` passes on its way up, and the connection reset instead. The marker must come in one piece.
    func trip(on marker: String, _ trip: @escaping @Sendable () -> Void) {
        state.withLock { $0.tripwire = (marker.bytes, trip) }
    }

    /// Keeps a copy of all that goes down from now on.
    func startRecording() {
        state.withLock { $0.record = [] }
    }

    /// What went down since `startRecording()`.
    var record: [UInt8] { state.withLock { $0.record ?? [] } }

    var limitsReached: Int { state.withLock(\.limitsReached) }

    func byteCount(_ direction: Direction) -> Int { state.withLock { $0.byteCounts[direction] ?? 0 } }

    func close() {
        state.withLock { $0.isClosed = true }
        cut()
    }

    /// How many of `bytes` may pass, and how the connection ends then.
    func take(_ bytes: [UInt8], _ direction: Direction) -> (allowed: Int, ending: Toxics.Ending?) {
        state.withLock { state in
            let count = bytes.count
            state.byteCounts[direction, default: 0] += count
            if direction == .down { state.record?.append(contentsOf: bytes) }
            guard var limit = state.toxics[direction]?.limit else { return (count, nil) }
            guard limit.byteCount <= count else {
                limit.byteCount -= count
                state.toxics[direction]?.limit = limit
                return (count, nil)
            }
            state.toxics[direction]?.limit = nil
            state.limitsReached += 1
            return (limit.byteCount, limit.ending)
        }
    }

    private func accept() {
        while !state.withLock(\.isClosed) {
            guard Socket(accepted: listener).isReadable(within: 20) else { continue }
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { continue }
            let client = Socket(accepted: descriptor)
            let (isDown, epoch) = state.withLock { ($0.isDown, $0.epoch) }
            guard !isDown, let server = try? Socket(connectingTo: target) else {
                client.close(byReset: true)
                continue
            }
            ToxicConnection(self, client: client, server: server, epoch: epoch).start()
        }
        Glibc.close(listener)
    }
}
