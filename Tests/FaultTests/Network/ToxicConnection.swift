import Foundation
import Glibc
import Synchronization

/// One connection through a `ToxicProxy`: a thread for each direction.
final class ToxicConnection: Sendable {
    private enum End {
        case running
        case ended(byReset: Bool)
    }

    private let proxy: ToxicProxy
    private let client: Socket
    private let server: Socket
    private let epoch: Int
    private let end = Mutex(End.running)
    private let threadCount = Mutex(2)

    init(_ proxy: ToxicProxy, client: Socket, server: Socket, epoch: Int) {
        self.proxy = proxy
        self.client = client
        self.server = server
        self.epoch = epoch
    }

    func start() {
        for direction in ToxicProxy.Direction.allCases {
            Thread { [self] in
                carry(direction)
                let isLast = threadCount.withLock { count in
                    count -= 1
                    return count == 0
                }
                if isLast { close() }
            }.start()
        }
    }

    private var isRunning: Bool {
        let (current, isReset) = proxy.state.withLock { ($0.epoch, $0.endsByReset) }
        if current != epoch { finish(byReset: isReset) }
        return end.withLock { if case .running = $0 { true } else { false } }
    }

    private func finish(byReset: Bool) {
        end.withLock { if case .running = $0 { $0 = .ended(byReset: byReset) } }
    }

    private func close() {
        var isReset = false
        if case .ended(byReset: true) = end.withLock({ $0 }) { isReset = true }
        client.close(byReset: isReset)
        server.close(byReset: isReset)
    }

    private func carry(_ direction: ToxicProxy.Direction) {
        let (source, sink) = direction == .up ? (client, server) : (server, client)
        var waiting: [(due: ContinuousClock.Instant, bytes: [UInt8])] = []
        while isRunning {
            let toxics = proxy.state.withLock { $0.toxics[direction] ?? Toxics() }
            if toxics.isBlackHole {
                pause(.milliseconds(2))
                continue
            }
            var bytes: [UInt8] = []
            if source.isReadable(within: waiting.isEmpty ? 5 : 1) {
                do { try source.receive(into: &bytes) } catch {
                    deliver(&waiting, to: sink, toxics, evenIfNotDue: true)
                    pause(toxics.slowClose)
                    return finish(byReset: false)
                }
                if trips(bytes, direction) { return finish(byReset: true) }
                let (allowed, ending) = proxy.take(bytes, direction)
                let delay = toxics.latency + toxics.jitter * Double.random(in: 0...1)
                let due = max(.now + delay, waiting.last?.due ?? .now)
                waiting.append((due, Array(bytes.prefix(allowed))))
                if let ending {
                    deliver(&waiting, to: sink, toxics, evenIfNotDue: true)
                    return finish(byReset: ending == .reset)
                }
            }
            deliver(&waiting, to: sink, toxics, evenIfNotDue: false)
        }
    }

    private func trips(_ bytes: [UInt8], _ direction: ToxicProxy.Direction) -> Bool {
        guard direction == .up, let wire = proxy.state.withLock(\.tripwire), bytes.firstRange(of: wire.marker) != nil else {
            return false
        }
        wire.trip()
        return true
    }

    private func deliver(
        _ waiting: inout [(due: ContinuousClock.Instant, bytes: [UInt8])], to sink: Socket, _ toxics: Toxics, evenIfNotDue: Bool
    ) {
        var debt = Duration.zero
        while let first = waiting.first, evenIfNotDue || first.due <= .now {
            waiting.removeFirst()
            var rest = first.bytes[...]
            while !rest.isEmpty, isRunning {
                let piece = rest.prefix(toxics.slice ?? toxics.bandwidth.map { max(1, $0 / 100) } ?? rest.count)
                rest = rest.dropFirst(piece.count)
                do { try sink.send(Array(piece)) } catch { return finish(byReset: false) }
                if let bandwidth = toxics.bandwidth { debt += .seconds(Double(piece.count) / Double(bandwidth)) }
                if debt > .milliseconds(2) {
                    let began = ContinuousClock.now
                    pause(debt)
                    debt -= .now - began
                }
            }
        }
    }
}
