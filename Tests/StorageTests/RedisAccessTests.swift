import Experiments
import Foundation
import Jobs
import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

/// Whether docs/redis.md grants each program what it needs, and no more.
@Suite(
    .enabled(if: RedisProcess.executable != nil, "redis-server is not installed, so nothing is tested against it"),
    .timeLimit(.minutes(2)))
struct RedisAccessTests {
    @Test(arguments: AccessRules.Part.allCases) func eachProgramHasTheCommandsThatItNeedsAndNoMore(_ part: AccessRules.Part)
        async throws
    {
        let rules = try AccessRules(for: part)
        #expect(rules.users == ["gateway", "worker", "kindred"])
        let server = try await GuardedRedis(rules)
        for user in rules.users {
            let denied = try await server.denials(of: user, doing: try work(of: user, with: part))
            #expect(denied == [], "the rule of \(user) lacks something")
            let words = try rules.words(of: user)
            for word in words where "+~%(".contains(word.prefix(1)) {
                try await server.setRule(of: user, to: words.filter { $0 != word })
                let denied = try await server.denials(of: user, doing: try work(of: user, with: part))
                #expect(denied != [], "\(user) does not need \(word)")
            }
        }
        await server.close()
    }

    @Test func aGatewayCannotWriteRatings() async throws {
        let server = try await GuardedRedis(AccessRules(for: .both))
        var denied = try await server.denials(
            of: "gateway", doing: [{ _ = try await $0.apply([update("1", 1, at: 1)], for: someUser()) }])
        #expect(!denied.isEmpty)
        // It has the command for other keys, and may empty a profile, but not fill one.
        let writing: RedisCommand = ["HSET", RedisArgument(.profile(of: try someUser())), "1", "x"]
        denied = try await server.denials(of: "gateway", doing: [{ _ = try await $0.data.send(writing) }])
        #expect(!denied.isEmpty)
        await server.close()
    }

    /// Everything that a program does to a Redis, by way of its stores.
    private func work(of program: String, with part: AccessRules.Part) throws -> [Step] {
        var steps: [Step] = []
        if part != .cache { steps += try data(of: program) }
        if part != .data { steps += try cache(of: program) }
        return steps
    }

    private func data(of program: String) throws -> [Step] {
        let user = try someUser()
        var sentinels = RedisConfiguration()
        sentinels.sentinels = [RedisAddress(host: "unused", port: 1)]
        let login = RedisLogin(sentinels).steps.map(\.command)
        let common: [Step] = [{ _ = try await $0.data.send(login) }, { _ = try await $0.profile(of: user) }]
        let writing: Step = { _ = try await $0.apply([update("1", 4, at: 1)], for: user) }
        switch program {
        case "gateway":
            let key = IdempotencyKey(JobID.random().rawValue, in: "test")
            let claim = IdempotencyClaim(fingerprint: "a", job: .random(), createdAt: .now, firstVersion: .at(1))
            let claiming: Step = { _ = try await $0.replace(nil, with: claim, under: key, lifetime: .seconds(60)) }
            let items: [Step] = [
                { try await $0.describe(ItemID("1"), as: CatalogueEntry(title: "One")) },
                { _ = try await $0.addedItems(unlessAt: nil) },
            ]
            return common + items + visibility + [claiming, claiming, { _ = try await $0.latest(raisedTo: .at(1)) }]
                + (try accounts()) + (try experiments(of: program))
        case "worker":
            return common + (try experiments(of: program)) + [
                writing, { _ = try await $0.visible(among: [user]) }, { _ = try await $0.removeProfile(of: user) },
            ]
        default:
            return common + (try experiments(of: program)) + [
                writing, { _ = try await $0.serverInfo(of: .data) },
                { storage in
                    let folder = try BackupFolder()
                    _ = try await storage.backUp(to: folder.file)
                    _ = try await storage.restore(from: folder.file)
                    try folder.write(records: [.test(Account(name: someName(), passwordHash: "a")), .test(removalOf: someUser())])
                    _ = try await storage.restore(from: folder.file)
                },
                { _ = try await $0.removeProfile(of: user) }, { _ = try await $0.deleteAccount(of: user) },
                { _ = try await $0.addedItems(unlessAt: "other") },
            ]
        }
    }

    private func experiments(of program: String) throws -> [Step] {
        let user = try someUser()
        let experiment = Experiment(
            name: "a", start: .now, end: .now + .seconds(60), window: .seconds(60),
            variants: [ExperimentVariant(name: "v", share: 1)])
        let assignment = VariantAssignment(experiment: "a", variant: "v", phase: experiment.phase)
        let item = ItemID(checked: "1")
        let reporting: Step = { _ = try await $0.counts(of: experiment) }
        let observing: Step = {
            try await $0.countOutcomes([ObservedOutcome(.ratings, item, at: .now)], of: user, in: [experiment])
        }
        switch program {
        case "gateway":
            let showing: Step = {
                try await $0.countExposure(of: [item], to: user, in: [(experiment, assignment)], at: .now)
            }
            return [showing, observing, reporting]
        case "worker":
            // As a gateway leaves it.
            let now = Timestamp.now.milliseconds
            let shown: [RedisCommand] = [
                ["HSET", RedisArgument(.participation(of: user)), .text(experiment.phase), "\(now) 0 v"],
                ["HSET", RedisArgument(.exposures(of: user)), "1", "\(now)"],
            ]
            return [{ _ = try await $0.data.send(shown) }, observing]
        default:
            return [reporting]
        }
    }

    private var visibility: [Step] {
        [{ try await $0.setVisible(true, someUser()) }, { try await $0.setVisible(false, someUser()) }]
    }

    private func accounts() throws -> [Step] {
        let (account, token) = (Account(name: try someName(), passwordHash: "a"), SessionToken.random().digest)
        let creating: Step = { _ = try await $0.create(account) }
        return [
            creating, creating, { _ = try await $0.account(named: account.name) }, { _ = try await $0.account(of: account.user) },
            { _ = try await $0.open(Session(of: account), of: account, under: token) },
            { _ = try await $0.session(under: token, at: .now + .seconds(60)) },
            { _ = try await $0.changePassword(of: account.user, from: "a", to: "b", keeping: token) },
            { _ = try await $0.endSession(under: token) },
            { _ = try await $0.count(name: account.name, address: ClientAddress("::1"), at: .now) },
            { _ = try await $0.forgive(name: account.name) },
            { _ = try await $0.removeProfile(of: account.user) }, { _ = try await $0.deleteAccount(of: account.user) },
        ]
    }

    private func cache(of program: String) throws -> [Step] {
        let (user, id) = (try someUser(), JobID.random())
        let advancing: Step = {
            _ = try await $0.advance(to: job(id))
            _ = try await $0.advance(to: job(id, .cancelled))
        }
        let reading: Step = { _ = try await $0.record(of: id) }
        switch program {
        case "gateway":
            let bucket = RateLimitBucket(user: user, limit: RateLimit(requestsPerMinute: 60, burst: 60))
            return [
                advancing, advancing, reading, { _ = try await $0.records(of: [id]) }, { _ = try await $0.list(for: user) },
                { try await $0.note([ItemID("1")], shownTo: user, at: .now, policy: ImpressionPolicy()) },
                { _ = try await $0.removeList(of: user) },
                { _ = try await $0.count(in: [bucket]) },
            ]
        case "worker":
            let saving: Step = {
                _ = try await $0.advance(
                    to: [job(id, .succeeded, attempt: 1)], saving: list(seen: .at(1)), for: user, lifetime: .seconds(60))
            }
            return [
                advancing, advancing, saving, { _ = try await $0.items(shownTo: user, since: .now) },
                { _ = try await $0.removeList(of: user) }, { _ = try await $0.records(of: [id]) },
            ]
        default:
            return [advancing, advancing, reading, { _ = try await $0.serverInfo(of: .cache) }]
        }
    }
}

private typealias Step = @Sendable (RedisStorage) async throws -> Void

/// A Redis that lets in whom the rules name, and somebody who may do everything.
private final class GuardedRedis {
    private static let password = "admin's secret"

    private let rules: AccessRules
    private let file = FileManager.default.temporaryDirectory.appending(path: "kindred-\(UUID().uuidString).acl")
    private let server: RedisProcess
    private let admin: RedisConnection

    init(_ rules: AccessRules) async throws {
        self.rules = rules
        let lines = rules.lines + ["user admin on #\(SHA256.hexadecimalDigest(of: Array(Self.password.utf8))) ~* &* +@all"]
        try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
        server = try await RedisProcess(["--aclfile", file.path])
        var configuration = RedisConfiguration.test(port: server.port)
        (configuration.user, configuration.password) = ("admin", Self.password)
        admin = RedisConnection(configuration, logger: .silent)
    }

    deinit { try? FileManager.default.removeItem(at: file) }

    func close() async { await admin.close() }

    func setRule(of user: String, to words: [String]) async throws {
        let reply = try await admin.send(RedisCommand(["ACL", "SETUSER", .text(user), "reset"] + words.map { .text($0) }))
        #expect(reply == .status("OK"))
    }

    /// What was refused to `user` meanwhile: also what a program gets over in silence.
    func denials(of user: String, doing steps: [Step]) async throws -> [String] {
        _ = try await admin.send([["FLUSHALL"], ["ACL", "LOG", "RESET"]])
        var configuration = RedisConfiguration.test(port: server.port)
        (configuration.user, configuration.password) = (user, try rules.password(of: user))
        let storage = RedisStorage(configuration, logger: .silent)
        for step in steps { _ = try await storageErrorIfAny { try await step(storage) } }
        await storage.close()
        guard case .array(let entries) = try await admin.send(["ACL", "LOG"]) else {
            Issue.record("no log of what was denied")
            return []
        }
        return entries.map { entry in
            guard case .array(let fields) = entry else { return "" }
            let texts = fields.map { $0.text ?? "" }
            return texts.firstIndex(of: "object").map { texts[$0 + 1] } ?? ""
        }
    }
}
