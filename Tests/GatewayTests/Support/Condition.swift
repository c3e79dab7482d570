import Testing

/// Returns as soon as `condition` holds; fails the test if it does not within `limit`.
func waitUntil(
    within limit: Duration = .seconds(10), _ comment: Comment, location: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        try #require(ContinuousClock.now < end, comment, sourceLocation: location)
        try await Task.sleep(for: .milliseconds(1))
    }
}
