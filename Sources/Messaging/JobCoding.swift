import JSON
package import Jobs

/// The wire form of a job: one JSON object with short keys that never change their meaning (`WireKey` spells them). A message holds
/// one job, or several on a line each.
///
/// A worker may be older or newer than the gateway that wrote the message. It passes over keys that it does not know; whatever it must
/// not pass over gets a new `formatVersion`, which older workers refuse.
package enum JobCoding {
    package static let formatVersion = 1
    /// Of jobs that dismiss items, which a worker from before would take for ratings that are taken back.
    package static let dismissalFormatVersion = 2
    /// Of jobs that remove a user.
    package static let removalFormatVersion = 3
    /// Of jobs for lists that say more than how many, how and of which genres, or that are for a group, and of those that find users: a worker from before would pass
    /// over what it does not know.
    package static let shapedListFormatVersion = 4
    package static let contentType = "application/json"
    /// The longest message, either way.
    package static let maximumByteCount = 1 << 20

    package static func encode(_ job: Job) throws(MessagingError) -> [UInt8] {
        var wire = WireWriter(capacity: 256)
        wire.write(job)
        guard wire.isValid else { throw MessagingError(.malformed, "the job holds a number that JSON cannot express") }
        try check(byteCount: wire.bytes.count)
        return wire.bytes
    }

    /// Takes bytes from anybody. What it throws says nothing of their content.
    package static func decode(_ bytes: [UInt8]) throws(MessagingError) -> Job {
        try check(byteCount: bytes.count)
        let version: Int
        do throws(JSONReader.Malformed) {
            version = try WireJobReader.version(in: bytes)
            if formatVersion...shapedListFormatVersion ~= version { return try WireJobReader.job(in: bytes) }
        } catch {
            throw MessagingError(.malformed, "no job in the wire form: at byte \(error.offset) \(error.reason)")
        }
        throw MessagingError(.malformed, "format version \(version) where \(shapedListFormatVersion) is the latest known")
    }

    /// Jobs that travel in one message: one a line.
    package static func join(_ jobs: [[UInt8]]) -> [UInt8] {
        Array(jobs.joined(separator: CollectionOfOne(lineEnd)))
    }

    /// The jobs of one message, at least one.
    package static func decodeAll(_ bytes: [UInt8]) throws(MessagingError) -> [Job] {
        try check(byteCount: bytes.count)
        guard bytes.contains(lineEnd) else { return [try decode(bytes)] }
        var jobs: [Job] = []
        for line in bytes.split(separator: lineEnd, omittingEmptySubsequences: false) { jobs.append(try decode(Array(line))) }
        return jobs
    }

    /// Stands in no JSON text of ours.
    private static let lineEnd = UInt8(ascii: "\n")

    private static func check(byteCount: Int) throws(MessagingError) {
        guard byteCount <= maximumByteCount else {
            throw MessagingError(.malformed, "\(byteCount) bytes where \(maximumByteCount) are allowed")
        }
    }
}
