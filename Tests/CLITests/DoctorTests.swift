import Testing

@testable import CLI
@testable import Storage

@Suite struct DoctorTests {
    @Test func warnsOfARedisThatForgets() {
        #expect(RedisChecks.durability(isLogged: false, policy: nil).status == .warn)
        #expect(RedisChecks.durability(isLogged: true, policy: "no").status == .warn)
        #expect(RedisChecks.durability(isLogged: true, policy: "everysec").status == .warn)
        #expect(RedisChecks.durability(isLogged: true, policy: "always").status == .ok)
        #expect(RedisChecks.durability(isLogged: true, policy: nil).status == .ok)
        #expect(RedisChecks.memory(used: 1, limit: 100, policy: "allkeys-lru").status == .warn)
        #expect(RedisChecks.memory(used: 95, limit: 100, policy: "noeviction").status == .warn)
        #expect(RedisChecks.memory(used: 5, limit: 100, policy: "noeviction").status == .ok)
        #expect(RedisChecks.memory(used: 1 << 20, limit: 0, policy: "").detail == "1.0 MiB used, no limit")
    }

    @Test func asksOfACacheOnlyThatWhatEndsSoonestGoesFirst() {
        for (policy, status) in [("volatile-ttl", Check.Status.ok), ("noeviction", .ok), ("allkeys-lru", .warn)] {
            #expect(RedisChecks.memory(used: 5, limit: 100, policy: policy, role: .cache).status == status)
        }
        #expect(RedisChecks.memory(used: 5, limit: 100, policy: "volatile-ttl", role: .data).status == .warn)
        #expect(RedisChecks.memory(used: 99, limit: 100, policy: "volatile-ttl", role: .cache).status == .ok)
        let info = RedisServerInfo(
            version: "7.0.15", role: "master", isAppendOnly: false, appendFsync: "everysec", maximumMemoryPolicy: "volatile-ttl",
            maximumMemory: 100, usedMemory: 1)
        #expect(RedisChecks.judge(info, of: .cache, name: "Redis cache", address: "a:1").allSatisfy { $0.status == .ok })
        #expect(RedisChecks.judge(info, of: .data, name: "Redis data", address: "a:1").filter { $0.status == .warn }.count == 2)
    }

    @Test func namesTheSettingsOfTheRoleThatIsAway() {
        let away = StorageError(.connectionFailed, "refused")
        let check = RedisChecks.unreachable(away, .cache, name: "Redis cache", address: "a:1")
        #expect(check.status == .fail && check.advice?.contains("REDIS_CACHE_HOST") == true)
        let wrong = StorageError(.connectionFailed, "refused", reply: "WRONGPASS")
        #expect(RedisChecks.unreachable(wrong, .data, name: "Redis", address: "a:1").advice?.contains("REDIS_USER") == true)
    }

    @Test func refusesAReplica() {
        #expect(RedisChecks.server(version: "7.0.15", role: "slave", address: "a:1").status == .fail)
        #expect(RedisChecks.server(version: "7.0.15", role: "master", address: "a:1").status == .ok)
    }

    @Test(arguments: [("3.8.9", Check.Status.fail), ("3.9.0", .ok), ("3.10.8", .ok), ("4.1.0", .ok), ("unknown", .ok)])
    func wantsABrokerWithStreams(version: String, status: Check.Status) {
        #expect(RabbitMQChecks.broker(product: "RabbitMQ", version: version, address: "a:1").status == status)
    }

    @Test func looksWhetherSomebodyWorks() {
        let log = RabbitMQChecks.Queue(name: "ratings.log", messageCount: 9, consumerCount: 0)
        let busy = RabbitMQChecks.Queue(name: "ratings.apply", messageCount: 1200, consumerCount: 1)
        let idle = RabbitMQChecks.Queue(name: "recommend.interactive", messageCount: 3, consumerCount: 0)
        let dead = RabbitMQChecks.Queue(name: "jobs.dead", messageCount: 2, consumerCount: 0)
        #expect(RabbitMQChecks.work(queues: [log, dead]) == nil)
        #expect(RabbitMQChecks.work(queues: [log, busy]) == .ok("jobs", "ratings.apply 1,200 waiting"))
        #expect(RabbitMQChecks.work(queues: [busy, idle])?.detail.contains("no worker") == true)
        #expect(RabbitMQChecks.work(queues: [busy, dead])?.status == .warn)
        #expect(RabbitMQChecks.topology(missing: ["queue ratings.apply"]).status == .warn)
        #expect(RabbitMQChecks.topology(missing: []).status == .ok)
    }

    @Test func onlyFailuresCount() {
        #expect(Diagnosis(checks: [.ok("a", "b"), .warn("c", "d", advice: "e")]).isSound)
        #expect(!Diagnosis(checks: [.ok("a", "b"), .fail("c", "d", advice: "e")]).isSound)
        #expect(
            Diagnosis(checks: [.ok("a", "b"), .fail("long", "d", advice: "Do e.")]).text
                == "ok    a     b\nfail  long  d\n            Do e.")
    }
}
