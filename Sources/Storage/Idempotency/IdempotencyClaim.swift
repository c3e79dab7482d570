package import Jobs
package import Recommenders
package import ServiceRuntime

/// What is kept under a key: which request it was, and all that is needed to make the same job of it again.
package struct IdempotencyClaim: Hashable, Sendable {
    /// Of the request; another one under the same key is a mistake.
    package let fingerprint: String
    package let job: JobID
    package let createdAt: Timestamp
    /// The version of the first rating; the others follow without a gap.
    package let firstVersion: RatingVersion
    /// Whether the broker is known to have the job, or the request to be carried out that leaves none.
    package var isConfirmed: Bool

    package init(
        fingerprint: String, job: JobID, createdAt: Timestamp, firstVersion: RatingVersion, isConfirmed: Bool = false
    ) {
        self.fingerprint = fingerprint
        self.job = job
        self.createdAt = createdAt
        self.firstVersion = firstVersion
        self.isConfirmed = isConfirmed
    }
}
