import Hummingbird

/// How good the algorithms' lists are, as far as it was measured.
struct EvaluationRoutes: Sendable {
    let file: EvaluationFile

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/evaluation") { request, _ in
            try request.refuseParameters()
            return Response.json(try file.report(), headers: [.cacheControl: CatalogueRoutes.cacheControl])
        }
    }
}
