/// One worker's end of an `InMemoryJobQueue`.
package struct InMemoryJobSource: JobSource {
    let queue: InMemoryJobQueue
    let id: InMemoryJobQueue.SourceID

    package var isConnected: Bool { true }

    package func next() async throws(MessagingError) -> [JobDelivery] { await queue.next(for: id) }

    package func stop() async { queue.stop(id) }

    package func close() async { queue.close(id) }
}
