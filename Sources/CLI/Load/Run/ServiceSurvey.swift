import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks the service what there is to ask for, before any load.
struct ServiceSurvey {
    /// More words to search for than this are of no use.
    private static let wordCount = 500

    private let target: LoadTarget
    private let timeout: Duration
    private let loop: any EventLoop
    private let pool: NIOLoopBound<ConnectionPool>

    /// - Parameters:
    ///   - itemCount: so many items at most, the most rated ones.
    ///   - userCount: nil for as many as the data set has.
    ///   - needsJob: whether a job is to be made, for status reads to ask for.
    /// - Throws: `CommandFailure` with what to do about it.
    static func run(
        _ target: LoadTarget, itemCount: Int, userCount: Int?, prefix: String, needsJob: Bool, timeout: Duration
    ) async throws -> LoadPopulation {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let pool = try await loop.submit {
            NIOLoopBound(
                ConnectionPool(target, limit: 1, connectTimeout: TimeAmount(timeout), loop: loop), eventLoop: loop)
        }.get()
        let survey = ServiceSurvey(target: target, timeout: timeout, loop: loop, pool: pool)
        let outcome: Result<LoadPopulation, any Error>
        do {
            var population = try await survey.population(itemCount: itemCount, userCount: userCount, prefix: prefix)
            if needsJob {
                population.job = try await survey.answer(.POST, "/v1/users/\("\(prefix)1".percentEncoded)/recommendations").job
            }
            outcome = .success(population)
        } catch {
            outcome = .failure(error)
        }
        try? await loop.submit { pool.value.close() }.get()
        try? await group.shutdownGracefully()
        return try outcome.get()
    }

    private func population(itemCount: Int, userCount: Int?, prefix: String) async throws -> LoadPopulation {
        let catalogue = try await object("/v1/catalogue")
        guard let scale = catalogue["scale"] as? [String: Any], let minimum = scale["minimum"] as? Double,
            let maximum = scale["maximum"] as? Double, let step = scale["step"] as? Double, step > 0
        else { throw unexpected("/v1/catalogue") }

        var items: [String] = []
        var words: Set<String> = []
        var path = "/v1/items?pageSize=100"
        while items.count < itemCount {
            let page = try await object(path)
            guard let found = page["items"] as? [[String: Any]], !found.isEmpty else { break }
            items += found.compactMap { $0["id"] as? String }
            for title in found.compactMap({ $0["title"] as? String }) {
                words.formUnion(title.split { !$0.isLetter }.filter { $0.count > 2 }.map { $0.lowercased() })
            }
            guard let token = page["nextPageToken"] as? String else { break }
            path = "/v1/items?pageSize=100&pageToken=\(token.percentEncoded)"
        }
        guard !items.isEmpty else {
            throw CommandFailure(
                .unusable, "\(target.url) has no items", advice: "Import a data set with ratings; see kindred import --help.")
        }
        return LoadPopulation(
            dataset: catalogue["name"] as? String ?? "", prefix: prefix,
            userCount: max(userCount ?? catalogue["userCount"] as? Int ?? 1000, 1),
            scale: .init(minimum: minimum, step: step, count: max(Int(((maximum - minimum) / step).rounded()) + 1, 1)),
            items: Array(items.prefix(itemCount)), words: Array(words.sorted().prefix(Self.wordCount)))
    }

    private func object(_ path: String) async throws -> [String: Any] {
        let body = try await answer(.GET, path).body
        let value = try? JSONSerialization.jsonObject(with: Data(body.readableBytesView))
        guard let object = value as? [String: Any] else { throw unexpected(path) }
        return object
    }

    private func answer(_ method: HTTPMethod, _ path: String) async throws -> LoadAnswer {
        let answer: LoadAnswer
        do {
            answer = try await send(method, path)
        } catch let failure as LoadFailure {
            throw CommandFailure(
                .failure, "\(target.url) does not answer: \(failure.rawValue)",
                advice: "Is the service running there? ./deploy-local-dev.sh starts one; --url says where it is.")
        }
        switch answer.status {
        case 200, 202: return answer
        case 401, 403:
            throw CommandFailure(
                .unusable, "\(target.url) asks for a key\(target.key == nil ? "" : " other than the one given")",
                advice: "Give it with --key, or in KINDRED_API_KEY, or in a file that KINDRED_API_KEY_FILE names.")
        default:
            throw CommandFailure(
                .failure, "\(target.url)\(path) answers \(answer.status) \(answer.string(named: "code") ?? "")",
                advice: "Is that a Kindred gateway? Its log says more.")
        }
    }

    private func send(_ method: HTTPMethod, _ path: String) async throws -> LoadAnswer {
        let promise = loop.makePromise(of: LoadAnswer.self)
        let head = RequestHeads(target).head(method, path)
        // Nothing sweeps here, so the time-out is a task of its own.
        let timer = loop.scheduleTask(in: TimeAmount(timeout)) { [pool] in pool.value.giveUp() }
        loop.execute { [pool] in
            let request = LoadRequest(head: head, bodyLimit: 1 << 22, deadline: .distantFuture) { _, outcome in
                timer.cancel()
                promise.completeWith(outcome.mapError { $0 as any Error })
            }
            pool.value.send(request)
        }
        return try await promise.futureResult.get()
    }

    private func unexpected(_ path: String) -> CommandFailure {
        CommandFailure(
            .failure, "\(target.url)\(path) answers something unexpected", advice: "Is that a Kindred gateway of this version?")
    }
}
