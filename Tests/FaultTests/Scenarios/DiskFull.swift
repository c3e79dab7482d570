import Glibc

// Disks without room. Each is a small file system in memory, in a mount namespace that ends with its process, so nothing stays
// behind; that takes root.
extension Scenario {
    static let redisDiskFull = Scenario(
        name: "redis-disk-full", summary: "the disk of Redis has no room left for 10 s", isInShortRun: false,
        needs: SmallDisk.needs
    ) { stage in
        let disk = try SmallDisk(stage, name: "redis-disk", megabytes: 32)
        let redis = try RedisServer(
            folder: disk.folder, port: FreePorts.take(1)[0], prefix: disk.prefix, logFile: stage.folder + "/redis-disk.log")
        let kindred = try Kindred(stage, .init(redis: redis))
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 100), on: kindred, seed: stage.seed)
        pause(.seconds(1))
        try disk.fill(leaving: 0)
        // Whoever watches over Redis starts it again whenever it ends.
        var exits = 0
        _ = eventually(within: .seconds(stage.isShort ? 4 : 10), every: .milliseconds(500)) {
            if !redis.process.isRunning {
                exits += 1
                try? redis.restart()
            }
            return false
        }
        disk.empty()
        let healed = millisecondsNow()
        if !redis.process.isRunning { try redis.restart() }
        try redis.waitUntilReady()
        pause(.seconds(2))
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        verdict.add("redis_exits", exits)
        verdict.expectNothingLost()
        return verdict
    }

    static let brokerDiskFull = Scenario(
        name: "broker-disk-full", summary: "the disk of RabbitMQ runs low, then full", isInShortRun: false,
        needs: SmallDisk.needs
    ) { stage in
        let disk = try SmallDisk(stage, name: "broker-disk", megabytes: 400)
        let broker = try RabbitMQServer(
            folder: disk.folder, prefix: disk.prefix, logFolder: stage.folder, diskFreeLimit: 50_000_000)
        try broker.waitUntilReady()
        let kindred = try Kindred(stage, .init(broker: broker))
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 100), on: kindred, seed: stage.seed)
        kindred.waitUntilQueuesAreSafe()
        try disk.fill(leaving: 30)
        pause(.seconds(15))
        let low = load.ledger.content.refusals(503).count
        try disk.fill(leaving: 0)
        pause(.seconds(5))
        disk.empty()
        let healed = millisecondsNow()
        try broker.restart()
        try broker.waitUntilReady()
        pause(.seconds(2))
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        verdict.add("low_503", low)
        verdict.expectNothingLost()
        verdict.expect(low > 0, "a disk that runs low is a 503")
        verdict.expect(load.ledger.content.slowestRequest < .seconds(5), "every request is answered within 5 s")
        return verdict
    }
}

/// A file system of a few megabytes that only its own programs see.
final class SmallDisk {
    let folder: String
    /// Stands before a command that is to see the disk.
    let prefix: [String]
    private let holder: ServerProcess
    private let ballast: String

    @Sendable static func needs() -> String? { geteuid() == 0 ? nil : "only root can mount a small disk" }

    init(_ stage: Stage, name: String, megabytes: Int) throws {
        folder = stage.folder + "/" + name
        try FileText.makeFolder(folder)
        holder = try ServerProcess(
            name,
            [
                "/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-c",
                "mount -t tmpfs -o size=\(megabytes)m tmpfs '\(folder)' && touch '\(folder)/ready' && exec sleep infinity",
            ], logFile: stage.folder + "/\(name)-holder.log")
        prefix = ["/usr/bin/nsenter", "--mount=/proc/\(holder.pid)/ns/mnt", "--"]
        let seen = "/proc/\(holder.pid)/root\(folder)"
        ballast = seen + "/ballast"
        guard eventually(within: .seconds(5), { FileText.exists(seen + "/ready") }) else {
            throw HarnessError("no small disk: \(holder.log)")
        }
    }

    /// - Parameter megabytes: about how much stays free.
    func fill(leaving megabytes: Int) throws {
        let descriptor = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw HarnessError("no ballast in \(ballast)") }
        defer { Glibc.close(descriptor) }
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            var space = statvfs()
            fstatvfs(descriptor, &space)
            if Int(space.f_bavail * space.f_bsize) <= megabytes << 20 { return }
            if write(descriptor, &chunk, chunk.count) <= 0 { return }
        }
    }

    func empty() { unlink(ballast) }
}
