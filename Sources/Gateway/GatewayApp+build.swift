import Hummingbird
import Logging
import ServiceLifecycle

extension GatewayApp {
    /// Every part of the process, put together: the parts beneath first, since services end in the reverse of their order.
    static func services(
        _ configuration: GatewayConfiguration, _ dependencies: Dependencies, logger: Logger
    ) -> [any Service] {
        let server = GatewayServer(configuration, dependencies)
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
        return dependencies.services + [application, Farewell(readiness: server.readiness, waiter: server.waiter)]
    }
}
