package import Jobs
package import Recommenders
import ServiceRuntime

// A job is a string: two digits of rank, then the record.
extension RedisStorage: JobStore {
    package func advance(to record: JobRecord) async throws(StorageError) -> JobStatus? {
        try JobRecord.copying(await cache.send(try Self.advancing(to: record)))?.status
    }

    package func advance(to records: [JobRecord]) async throws(StorageError) -> [JobStatus?] {
        try await advance(to: records, after: [])
    }

    /// Sends `commands` first, of which none may fail.
    private func advance(
        to records: [JobRecord], after commands: [RedisCommand]
    ) async throws(StorageError) -> [JobStatus?] {
        var all = commands
        all.reserveCapacity(commands.count + records.count)
        for record in records { all.append(try Self.advancing(to: record)) }
        let replies = try await cache.send(all)
        for case .error(let error) in replies { throw error.storageError }
        var found: [JobStatus?] = []
        for reply in replies.dropFirst(commands.count) { found.append(try JobRecord.copying(reply)?.status) }
        return found
    }

    static func advancing(to record: JobRecord) throws(StorageError) -> RedisCommand {
        let rank = record.rank
        var writer = CompactWriter(prefix: rank < 10 ? "0\(rank)" : "\(rank)", capacity: 1024)
        record.write(to: &writer)
        guard writer.isValid else { throw StorageError(.rejected, "a score or rating of a job's list is no number") }
        let lifetime = RedisArgument(record.lifetime.wholeMilliseconds)
        return RedisCommand(.advanceJob, key: .job(record.id), arguments: [.bytes(writer.bytes), lifetime])
    }

    package func record(of id: JobID) async throws(StorageError) -> JobRecord? {
        try JobRecord.copying(await cache.send(["GET", RedisArgument(.job(id))]))
    }

    package func records(of ids: [JobID]) async throws(StorageError) -> [JobRecord?] {
        guard !ids.isEmpty else { return [] }
        let reply = try await cache.send(RedisCommand(["MGET"] + ids.map { RedisArgument(.job($0)) }))
        guard case .array(let values) = reply, values.count == ids.count else { throw .unexpected("MGET") }
        var records: [JobRecord?] = []
        // One that cannot be read must not cost the others their answer.
        for value in values { records.append(try? JobRecord.copying(value)) }
        return records
    }
}

extension RedisStorage: JobResultStore {
    package func advance(
        to records: [JobRecord], saving list: StoredList?, for user: UserID?, lifetime: Duration
    ) async throws(StorageError) -> [JobStatus?] {
        var commands: [RedisCommand] = []
        if let list, let user { commands.append(try Self.saving(list, for: user, lifetime: lifetime)) }
        return try await advance(to: records, after: commands)
    }
}

extension JobRecord {
    fileprivate static func copying(_ reply: RedisReply) throws(StorageError) -> JobRecord? {
        switch reply {
        case .null: return nil
        case .string(let bytes):
            var reader = CompactReader(bytes, from: 2)
            guard let record = try? JobRecord(reading: &reader), reader.isAtEnd else { throw .corrupted("a job") }
            return record
        default: throw .corrupted("a job")
        }
    }
}
