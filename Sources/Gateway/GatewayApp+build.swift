import Hummingbird
import Logging
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
        let application = Application(
            router: server.router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ParserProblems()],
                    // Google's load balancers keep connections for 600 s, and must not find one closed.
                    idleTimeout: .seconds(620),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16_384, maxHeaderListSize: 16_384, maxHeaderFieldCount: 64))),
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            logger: logger)
        return dependencies.services + [keeper, application, Farewell(readiness: server.readiness, waiter: server.waiter)]
    }
}
