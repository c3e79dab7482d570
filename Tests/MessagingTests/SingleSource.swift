import Messaging
import Synchronization

/// A source that gives its deliveries one by one.
final class SingleSource: Sendable {
    private let source: any JobSource
    private let ready = Mutex<[JobDelivery]>([])

    init(_ source: any JobSource) { self.source = source }

    var isConnected: Bool { source.isConnected }

    func next() async throws(MessagingError) -> JobDelivery? {
        if let delivery = takeReady() { return delivery }
        let deliveries = try await source.next()
        ready.withLock { $0 += deliveries }
        return takeReady()
    }

    func stop() async { await source.stop() }

    func close() async { await source.close() }

    private func takeReady() -> JobDelivery? {
        ready.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}
