import Foundation

/// One client with users of its own, which says one thing after another and repeats what was not acknowledged.
struct Client {
    private let number: Int
    private let plan: LoadPlan
    private let items: [String]
    private let ledger: Ledger
    private var gateways: [HTTPClient]
    private var current: Int
    private var generator: SeededGenerator
    private var said = 0

    init(_ number: Int, _ plan: LoadPlan, gateways: [Int], items: [String], ledger: Ledger, seed: UInt64) {
        self.number = number
        self.plan = plan
        self.items = items
        self.ledger = ledger
        self.gateways = gateways.map { HTTPClient(port: $0, timeout: plan.timeout) }
        current = number % gateways.count
        generator = SeededGenerator(seed: seed, part: number)
    }

    static func user(_ plan: LoadPlan, client: Int, place: Int) -> String { "\(plan.name)-\(client)-\(place)" }

    /// - Parameter isOver: whether to give up trying again.
    mutating func performNext(isOver: () -> Bool) {
        let user = Self.user(plan, client: number, place: Int.random(in: 0..<plan.usersPerClient, using: &generator))
        let isRecommendation = Double.random(in: 0..<1, using: &generator) < plan.recommendationShare
        let item = items[Int.random(in: 0..<min(plan.itemsPerUser, items.count), using: &generator)]
        said += 1
        perform(
            isRecommendation ? .recommendation : .rating(item: item, value: Double(1 + said % 10) / 2), of: user,
            isOver: isOver)
    }

    mutating func perform(_ kind: Operation.Kind, of user: String, isOver: () -> Bool = { false }) {
        var operation = Operation(user: user, kind: kind, began: millisecondsNow())
        let key = (0..<2).map { _ in String(generator.next(), radix: 16) }.joined()
        let start = ContinuousClock.now
        repeat {
            if plan.alternatesGateways { current += 1 }
            let (outcome, delay) = request(kind, of: user, key: key)
            operation.outcome = outcome
            if operation.job != nil || plan.patience == .zero { break }
            pause(min(delay, plan.patience - (.now - start)))
        } while .now - start < plan.patience && !isOver()
        operation.ended = millisecondsNow()
        operation.latency = .now - start
        ledger.add(operation)
    }

    /// - Returns: what came of it, and how long to wait before the next try.
    private mutating func request(_ kind: Operation.Kind, of user: String, key: String) -> (Operation.Outcome, Duration) {
        let place = current % gateways.count
        let began = millisecondsNow()
        let start = ContinuousClock.now
        let answer: HTTPAnswer
        do {
            answer =
                switch kind {
                case .rating(let item, let value):
                    try gateways[place].send(
                        "PUT", "/v1/users/\(user)/ratings/\(item)", body: ["rating": value], headers: ["Idempotency-Key": key])
                case .recommendation:
                    try gateways[place].send(
                        "POST", "/v1/users/\(user)/recommendations", body: ["count": 10], headers: ["Idempotency-Key": key])
                }
        } catch {
            ledger.add(RequestRecord(began: began, duration: .now - start, status: 0, hasRetryAfter: false))
            current += 1
            return (.unknown, .milliseconds(Int.random(in: 20...200, using: &generator)))
        }
        let retryAfter = answer.headers["retry-after"].flatMap { Double($0) }
        ledger.add(
            RequestRecord(
                began: began, duration: .now - start, status: answer.status, hasRetryAfter: retryAfter != nil))
        return (outcome(of: answer), .seconds(min(retryAfter ?? 1, 5)))
    }

    private func outcome(of answer: HTTPAnswer) -> Operation.Outcome {
        switch answer.status {
        case 200, 202:
            let json = answer.json
            guard let job = json["id"] as? String else { break }
            return .acknowledged(job: job, version: (json["request"] as? [String: Any])?["version"] as? String ?? "")
        case 429, 503: return .unknown
        default: break
        }
        ledger.addUnexpected("\(answer.status) \(answer.text)")
        return .unknown
    }
}
