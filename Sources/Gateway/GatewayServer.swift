import Generations
import Hummingbird
import Storage

/// The parts that answer requests, whether they come over the network or from a test.
struct GatewayServer: Sendable {
    let configuration: GatewayConfiguration
    let dependencies: Dependencies
    let readiness: Readiness
    let waiter: JobWaiter
    let room: WaitingRoom
    let newItems: NewItems
    private let shelf: ShelfSource
    let clock = RatingClock()

    init(_ configuration: GatewayConfiguration, _ dependencies: Dependencies) {
        self.configuration = configuration
        self.dependencies = dependencies
        self.readiness = Readiness(hasReachedQueue: dependencies.hasReachedQueue)
        self.waiter = JobWaiter(jobs: dependencies.jobs, now: dependencies.now)
        self.room = WaitingRoom(configuration.waits, retryDelay: dependencies.retryDelay)
        let (shelf, newItems) = (dependencies.shelf, NewItems(dependencies.addedItems))
        self.newItems = newItems
        self.shelf = { shelf().with(newItems.entries) }
    }

    /// The routes with everything that stands before them.
    func router() -> Router<GatewayRequestContext> {
        let bare = Router(context: GatewayRequestContext.self)
        addRoutes(to: bare)
        let router = Router(context: GatewayRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            UnreadBodies()
            RequestMetrics()
            SecurityHeaders()
            ErrorResponses(routes: RouteTable(bare.routes), retryDelay: dependencies.retryDelay)
            if configuration.apiKey == nil { HostCheck() }
            AccessCheck(
                authentication: Authentication(
                    serviceKey: SecretKey(configuration.apiKey), operatorKey: SecretKey(configuration.operatorKey),
                    sessions: dependencies.accounts?.sessions, now: dependencies.now),
                proxies: TrustedProxies(blocks: configuration.trustedProxies))
            if let limits = RateLimits(configuration, dependencies) { limits }
        }
        addRoutes(to: router)
        return router
    }

    func addRoutes(to router: some RouterMethods<GatewayRequestContext>) {
        let experiments = ExperimentRecorder(configuration.experiments, in: dependencies.experiments, now: dependencies.now)
        let presenter = JobPresenter(
            lists: dependencies.lists, shelf: shelf, now: dependencies.now, experiments: experiments)
        let intake = JobIntake(
            queue: dependencies.queue, jobs: dependencies.jobs, claims: dependencies.claims, clock: clock, now: dependencies.now)
        let answers = JobAnswers(intake: intake, waiter: waiter, room: room, presenter: presenter)
        CatalogueRoutes(shelf: shelf).add(to: router)
        EvaluationRoutes(file: EvaluationFile(inModelsFolder: configuration.data.modelsFolder)).add(to: router)
        ItemRoutes(shelf: shelf, newItems: newItems).add(to: router)
        QuestionnaireRoutes(shelf: shelf).add(to: router)
        let changes = RatingChanges(answers: answers, shelf: shelf)
        RatingRoutes(changes: changes, profiles: dependencies.profiles, shelf: shelf).add(to: router)
        NotInterestedRoutes(changes: changes, profiles: dependencies.profiles, shelf: shelf).add(to: router)
        RecommendationRoutes(answers: answers, lists: dependencies.lists, shelf: shelf).add(to: router)
        ListRoutes(jobs: dependencies.jobs, shelf: shelf, now: dependencies.now).add(to: router)
        ImpressionRoutes(
            impressions: dependencies.impressions, policy: configuration.impressionPolicy, shelf: shelf, now: dependencies.now
        ).add(to: router)
        SimilarUserRoutes(answers: answers, visibility: dependencies.visibility, shelf: shelf).add(to: router)
        let logins = SessionRoutes(dependencies.accounts, now: dependencies.now)
        logins.add(to: router)
        AccountRoutes(
            answers: answers, profiles: dependencies.profiles, shelf: shelf, logins: logins
        ).add(to: router)
        JobRoutes(answers: answers, jobs: dependencies.jobs, claims: dependencies.claims).add(to: router)
        ExperimentRoutes(
            plan: configuration.experiments, store: dependencies.experiments, recorder: experiments, shelf: shelf,
            now: dependencies.now
        ).add(to: router)
        DeadLetterRoutes(
            box: dependencies.deadLetters, queue: dependencies.queue, jobs: dependencies.jobs, now: dependencies.now
        ).add(to: router)
        OperationsRoutes(readiness: readiness, stalledLoops: dependencies.stalledLoops, metrics: dependencies.metrics)
            .add(to: router)
    }
}
