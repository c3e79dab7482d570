import ServiceLifecycle

/// The first to hear that the process is to end: it has everybody who waits answered, so that no request outlasts the shutdown.
struct Farewell: Service {
    let readiness: Readiness
    let waiter: JobWaiter

    func run() async throws {
        try? await gracefulShutdown()
        await say()
    }

    func say() async {
        readiness.end()
        await waiter.close()
    }
}
