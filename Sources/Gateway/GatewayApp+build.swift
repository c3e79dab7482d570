import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

extension GatewayApp {
    /// Every part of the process, put together: the parts beneath first, since services end in the reverse of their order.
    static func services(
        _ configuration: GatewayConfiguration, _ dependencies: Dependencies, logger: Logger
    ) async -> [any Service] {
        let server = GatewayServer(configuration, dependencies)
        let keeper = ClockKeeper(clock: server.clock, shared: dependencies.sharedClock)
        // Before the first rating comes: this gateway may be a new one with a clock that was set back.
        await keeper.synchronize()
        await server.newItems.look()
        return dependencies.services + [
            keeper, server.newItems, application(server, logger: logger),
            Farewell(readiness: server.readiness, waiter: server.waiter),
        ]
    }

    /// The HTTP server.
    static func application(
        _ server: GatewayServer, onServerRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }, logger: Logger
    ) -> some ApplicationProtocol {
        Application(
            router: server.router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ParserProblems(), ClientPresence()],
                    // Google's load balancers keep connections for 600 s, and must not find one closed.
                    idleTimeout: .seconds(620),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16_384, maxHeaderListSize: 16_384, maxHeaderFieldCount: 64))),
            configuration: ApplicationConfiguration(
                address: .hostname(server.configuration.host, port: server.configuration.port)),
            onServerRunning: onServerRunning, logger: logger)
    }
}
