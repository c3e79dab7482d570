import Experiments
import Foundation
import Hummingbird
import Recommenders
import ServiceRuntime
import Storage

/// What users do with what they were recommended, and which variant they do it for.
struct ExperimentRoutes: Sendable {
    let plan: ExperimentPlan
    let store: any ExperimentStore
    /// nil without experiments.
    let recorder: ExperimentRecorder?
    let shelf: ShelfSource
    let now: @Sendable () -> Timestamp

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.post("/v1/users/{user}/events", use: observe)
        router.get("/v1/experiments", use: list)
        router.get("/v1/experiments/{experiment}", use: report)
    }

    /// Without experiments there is nobody to count for, and the answer is the same: clients need not know.
    @Sendable private func observe(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        try request.refuseParameters()
        let body = try await ReceivedBody(of: request)
        let events = try EventsBody(reading: body.json(), shelf: shelf(), at: now())
        try await recorder?.count(events.outcomes, of: user)
        return Response(status: .noContent)
    }

    @Sendable private func list(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        let moment = now()
        let views = plan.experiments.map { ExperimentView(experiment: $0, state: $0.state(at: moment)) }
        return .json { $0.field("experiments", views) }
    }

    @Sendable private func report(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        guard let experiment = plan[context.parameters.get("experiment") ?? ""] else { throw Problem(.unknownExperiment) }
        let report = ExperimentReport(on: experiment, try await store.counts(of: experiment), at: now())
        return .json([UInt8](try report.json()))
    }
}
