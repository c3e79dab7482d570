package import Jobs
package import Recommenders
import ServiceRuntime

// A job is a string: two digits of rank, then the record.
extension RedisStorage: JobStore {
    package func advance(to record: JobRecord) async throws(StorageError) -> JobStatus? {
        let value = try Value(of: record)
        // Nothing is behind the first record of all, so that it takes no script, which would cost Redis several times as much.
        if record.rank == 0 {
            let command: RedisCommand = ["SET", RedisArgument(value.key), value.bytes, "PX", value.lifetime, "NX", "GET"]
            return try JobRecord.copying(await cache.send(command))?.status
        }
        return try await advance(to: [value], .advanceJobs)[0]
    }

    package func advance(to records: [JobRecord]) async throws(StorageError) -> [JobStatus?] {
        try await advance(to: Self.values(of: records), .advanceJobs)
    }

    /// What is kept of a record.
    struct Value {
        let key: RedisKey
        let bytes: RedisArgument
        let lifetime: RedisArgument

        init(of record: JobRecord) throws(StorageError) {
            let rank = record.rank
            var writer = CompactWriter(prefix: rank < 10 ? "0\(rank)" : "\(rank)", capacity: 1024)
            record.write(to: &writer)
            guard writer.isValid else { throw StorageError(.rejected, "a score or rating of a job's list is no number") }
            key = .job(record.id)
            bytes = .bytes(writer.bytes)
            lifetime = RedisArgument(record.lifetime.wholeMilliseconds)
        }
    }

    private static func values(of records: [JobRecord]) throws(StorageError) -> [Value] {
        var values: [Value] = []
        for record in records { values.append(try Value(of: record)) }
        return values
    }

    private func advance(
        to values: [Value], _ script: RedisScript, keys: [RedisKey] = [], arguments: [RedisArgument] = []
    ) async throws(StorageError) -> [JobStatus?] {
        guard !values.isEmpty || !keys.isEmpty else { return [] }
        let command = RedisCommand(
            script, keys: keys + values.map(\.key), arguments: arguments + values.flatMap { [$0.bytes, $0.lifetime] })
        guard case .array(let replies) = try await cache.send(command), replies.count == values.count else {
            throw .unexpected("EVALSHA")
        }
        var found: [JobStatus?] = []
        for reply in replies { found.append(try JobRecord.copying(reply)?.status) }
        return found
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
        guard let list, let user else { return try await advance(to: records) }
        return try await advance(
            to: Self.values(of: records), .finishJobs, keys: [.list(of: user)],
            arguments: try Self.arguments(of: list, lifetime: lifetime))
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
