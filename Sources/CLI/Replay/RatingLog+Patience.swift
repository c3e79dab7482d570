import Messaging

extension RatingLog.Iterator {
    /// The next batch; nil when nothing came in time.
    func next(within limit: Duration) async throws(MessagingError) -> [RatingLogEntry]? {
        let log = self
        let reading = Task { () -> Result<[RatingLogEntry]?, MessagingError> in
            var log = log
            do throws(MessagingError) { return .success(try await log.next()) } catch { return .failure(error) }
        }
        let alarm = Task {
            try? await Task.sleep(for: limit)
            reading.cancel()
        }
        defer { alarm.cancel() }
        return try await reading.value.get()
    }
}
