import Hummingbird
import Jobs
import ServiceRuntime
import Storage

/// The states of one job as server-sent events, until it ends: `id` is the state's rank, `event` the status, `data` the job.
///
/// Should its record vanish, the last event is `vanished` with a problem for data, and without an id: whoever comes again is told
/// that there is no such job.
struct JobEvents: Sendable {
    let first: JobRecord
    /// The rank of the last event that the client has seen.
    let after: Int
    let waiter: JobWaiter
    let presenter: JobPresenter
    let viewer: Identity
    /// nil where there is no network.
    let presence: ClientPresence?
    let heartbeat: Duration

    /// Ends with the job, when the client leaves, or when the process shuts down; a client that lost its connection without a word is
    /// noticed at a heartbeat.
    @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
        var rank = after
        if first.rank > rank {
            try await write(first, to: &writer)
            rank = first.rank
        }
        while rank < JobRecord.endRank {
            switch await sight(of: rank + 1) {
            case .reached(let record):
                try await write(record, to: &writer)
                rank = record.rank
            case .missing:
                try await writeVanished(to: &writer)
                return try await writer.finish(nil)
            case .nothing:
                if await waiter.isClosed || Task.isCancelled || presence?.isGone == true { return try await writer.finish(nil) }
                try await writer.write(ByteBuffer(string: ": still there\n\n"))
            }
        }
        try await writer.finish(nil)
    }

    private func sight(of rank: Int) async -> JobWaiter.Sight {
        let wait: @Sendable () async -> JobWaiter.Sight = { [waiter, id = first.id, heartbeat] in
            await waiter.record(of: id, reaching: rank, within: heartbeat)
        }
        guard let presence else { return await wait() }
        return await presence.run(wait)
    }

    @concurrent private func writeVanished(to writer: inout any ResponseBodyWriter) async throws {
        let problem = Problem(.unknownJob, "The job is no longer known: its record expired, or was lost.")
        let data = String(decoding: problem.json(at: "\(JobView.path(of: first.id))/events"), as: UTF8.self)
        try await writer.write(ByteBuffer(string: "event: vanished\ndata: \(data)\n\n"))
    }

    @concurrent private func write(_ record: JobRecord, to writer: inout any ResponseBodyWriter) async throws {
        var event = Array("id: \(record.rank)\nevent: \(record.status.rawValue)\ndata: ".utf8)
        event += try await presenter.json(of: record, for: viewer)
        event += Array("\n\n".utf8)
        try await writer.write(ByteBuffer(bytes: event))
    }
}
