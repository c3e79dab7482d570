import Jobs
import Recommenders
import ServiceRuntime

// 1, fingerprint, job, when it was created, version of its first rating, whether it is confirmed. Equal claims are equal bytes.
extension IdempotencyClaim {
    var bytes: [UInt8] {
        var writer = CompactWriter(prefix: "", capacity: 192)
        writer.array { writer in
            writer.write(1)
            writer.write(fingerprint)
            writer.write(job.rawValue)
            writer.write(createdAt.milliseconds)
            writer.write(firstVersion.description)
            writer.write(isConfirmed)
        }
        return writer.bytes
    }

    init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            try reader.version(1)
            return IdempotencyClaim(
                fingerprint: try reader.string(), job: try reader.jobID(), createdAt: try reader.timestamp(),
                firstVersion: try reader.ratingVersion(), isConfirmed: try reader.bool())
        }
    }
}
