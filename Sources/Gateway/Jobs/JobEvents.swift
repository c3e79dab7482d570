import Hummingbird
import Jobs
import ServiceRuntime
import Storage

/// The states of one job as server-sent events, until it ends: `id` is the state's rank, `event` the status, `data` the job.
struct JobEvents: Sendable {
    let first: JobRecord
    /// The rank of the last event that the client has seen.
    let after: Int
    let waiter: JobWaiter
    let presenter: JobPresenter
    let heartbeat: Duration

    /// Ends with the job, or when the process shuts down; a client that lost its connection is noticed at the next heartbeat.
    @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
        var rank = after
        if first.rank > rank {
            try await write(first, to: &writer)
            rank = first.rank
        }
        while rank < JobRecord.endRank {
            if let record = await waiter.record(of: first.id, reaching: rank + 1, within: heartbeat) {
                try await write(record, to: &writer)
                rank = record.rank
            } else if await waiter.isClosed || Task.isCancelled {
                break
            } else {
                try await writer.write(ByteBuffer(string: ": still there\n\n"))
            }
        }
        try await writer.finish(nil)
    }

    @concurrent private func write(_ record: JobRecord, to writer: inout any ResponseBodyWriter) async throws {
        var event = Array("id: \(record.rank)\nevent: \(record.status.rawValue)\ndata: ".utf8)
        event += try await presenter.json(of: record)
        event += Array("\n\n".utf8)
        try await writer.write(ByteBuffer(bytes: event))
    }
}
