import Hummingbird
import Jobs
import Recommenders
import ServiceRuntime
import Storage

/// Lists page by page. A list is the job that computed it, has its id, and is kept as long: all its pages are parts of the same list,
/// whatever is rated meanwhile.
struct ListRoutes: Sendable {
    let jobs: any JobStore
    let shelf: ShelfSource
    let now: @Sendable () -> Timestamp

    static func path(of id: JobID) -> String { "/v1/lists/\(id.rawValue)" }

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/lists/{list}", use: page)
    }

    @Sendable private func page(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let parameters = try QueryParameters(of: request, known: ["pageSize", "pageToken"])
        guard let id = context.parameters.get("list").flatMap({ JobID($0) }) else { throw Problem(.unknownList) }
        let page = try Page(reading: parameters, of: Self.fingerprint(of: id))
        let record = try await jobs.record(of: id)
        guard let record, case .recommendations = record.request, context.identity.maySee(record) else { throw missing(id) }
        let stored = try Self.list(of: record.seen(at: now()))
        try page.check(total: stored.list.items.count)
        var view = RecommendationListView(stored: stored, shelf: shelf(), id: id)
        view.turn(to: page)
        return .json(JSONWriter.bytes(of: view, capacity: view.capacity), headers: [.cacheControl: "private, max-age=3600"])
    }

    /// What is somebody else's is missing like what was never there; the id itself tells whether it can still be there.
    private func missing(_ id: JobID) -> Problem {
        guard now().since(id.createdAt) > JobRecord.listLifetime else { return Problem(.unknownList) }
        return Problem(.listGone, "A list is kept for an hour. Ask for a new one.")
    }

    /// What a job came to.
    static func list(of record: JobRecord, headers: HTTPFields = [:]) throws(Problem) -> StoredList {
        switch (record.status, record.result) {
        case (.succeeded, .recommendations(let stored)): return stored
        case (.queued, _), (.running, _), (.retrying, _):
            throw Problem(.listNotReady, "Its job is \(record.status.rawValue).", headers: [.retryAfter: "1"])
        case (.cancelled, _): throw Problem(.jobCancelled, headers: headers)
        case (.expired, _): throw Problem(.jobExpired, "Ask again a little later.", headers: headers)
        default: throw Problem(.jobFailed, record.failure?.detail, headers: headers)
        }
    }

    static func fingerprint(of id: JobID) -> Fingerprint { Fingerprint("list", id.rawValue) }

    /// How much of a list to show at once, where that is asked for along with the list.
    static func pageSize(in request: Request) throws(Problem) -> Int? {
        let parameters = try QueryParameters(of: request, known: ["pageSize"])
        guard parameters.text("pageSize") != nil else { return nil }
        return try parameters.integer("pageSize", default: Page.defaultSize, in: Page.sizes)
    }
}

extension RecommendationListView {
    /// Shows one page instead of all.
    ///
    /// - Parameter page: within the list, or the first one.
    mutating func turn(to page: Page) {
        let total = stored.list.items.count
        range = min(page.offset, total)..<min(page.offset + page.size, total)
        nextPageToken = page.nextToken(of: total)
    }
}
