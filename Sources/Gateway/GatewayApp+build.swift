import Hummingbird
import Logging
import ServiceLifecycle

/// Every part of the process, put together. What does not run (a router in a test) is made by the same functions.
extension GatewayApp {
    /// What is to be run: the parts beneath first, so that they end last.
    static func services(
        _ configuration: GatewayConfiguration, _ dependencies: Dependencies, logger: Logger
    ) -> [any Service] {
        let gateway = Gateway(configuration, dependencies)
        let application = Application(
            router: gateway.router(),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(620),  // load balancers of Google keep connections for 600 s and must not find one closed
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16_384, maxHeaderListSize: 16_384, maxHeaderFieldCount: 64))),
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            logger: logger)
        return dependencies.services + [application, Farewell(readiness: gateway.readiness, waiter: gateway.waiter)]
    }
}

/// The parts that answer requests.
struct Gateway: Sendable {
    let configuration: GatewayConfiguration
    let dependencies: Dependencies
    let readiness = Readiness()
    let waiter: JobWaiter
    private let shelf: ItemShelf
    private let clock = RatingClock()

    init(_ configuration: GatewayConfiguration, _ dependencies: Dependencies) {
        self.configuration = configuration
        self.dependencies = dependencies
        self.waiter = JobWaiter(jobs: dependencies.jobs, now: dependencies.now)
        self.shelf = ItemShelf(dataset: dependencies.dataset, index: dependencies.index)
    }

    /// The routes with everything that stands before them.
    func router() -> Router<BasicRequestContext> {
        let bare = Router()
        addRoutes(to: bare)
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            RequestMetrics()
            SecurityHeaders()
            ErrorResponses(routes: RouteTable(bare.routes))
            APIKeyCheck(key: configuration.apiKey)
        }
        addRoutes(to: router)
        return router
    }

    func addRoutes(to router: some RouterMethods<BasicRequestContext>) {
        let presenter = JobPresenter(lists: dependencies.lists, shelf: shelf, now: dependencies.now)
        let intake = JobIntake(queue: dependencies.queue, jobs: dependencies.jobs, now: dependencies.now)
        let answers = JobAnswers(intake: intake, waiter: waiter, presenter: presenter)
        CatalogueRoutes(dependencies.dataset).add(to: router)
        ItemRoutes(shelf: shelf).add(to: router)
        RatingRoutes(answers: answers, profiles: dependencies.profiles, shelf: shelf, clock: clock).add(to: router)
        RecommendationRoutes(answers: answers, lists: dependencies.lists, shelf: shelf).add(to: router)
        JobRoutes(answers: answers, jobs: dependencies.jobs).add(to: router)
        OperationsRoutes(readiness: readiness, metrics: dependencies.metrics).add(to: router)
    }
}
