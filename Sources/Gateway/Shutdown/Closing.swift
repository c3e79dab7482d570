import ServiceLifecycle

/// Closes a part of the process at shutdown, after everything that stands behind it in the list of services has ended.
struct Closing: Service {
    let close: @Sendable () async -> Void

    func run() async throws {
        try? await gracefulShutdown()
        await close()
    }
}
