import Storage

/// Waits for two calls that travel to the server together.
func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () async throws(StorageError) -> First,
    _ second: @Sendable () async throws(StorageError) -> Second
) async throws(StorageError) -> (First, Second) {
    async let early = result(of: first)
    let late = await result(of: second)
    return (try await early.get(), try late.get())
}

func result<Value: Sendable>(
    of call: @Sendable () async throws(StorageError) -> Value
) async -> Result<Value, StorageError> {
    do throws(StorageError) { return .success(try await call()) } catch { return .failure(error) }
}
