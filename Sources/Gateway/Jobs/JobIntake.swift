import Jobs
import Messaging
import Metrics
import Recommenders
import ServiceRuntime
import Storage

/// Takes work in: what it returns from has been promised.
struct JobIntake: Sendable {
    /// How long a request is recognized when it comes again.
    static let claimLifetime = Duration.seconds(24 * 3600)

    let queue: any JobQueue
    let jobs: any JobStore
    let claims: any IdempotencyStore
    let clock: RatingClock
    let now: @Sendable () -> Timestamp
    private let unwritten = Counter(label: "kindred_jobs_accepted_without_record_total")
    private let unclaimed = Counter(label: "kindred_jobs_accepted_without_claim_total")
    private let repeated = Counter(label: "kindred_repeated_requests_total")

    init(
        queue: any JobQueue, jobs: any JobStore, claims: any IdempotencyStore, clock: RatingClock,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.queue = queue
        self.jobs = jobs
        self.claims = claims
        self.clock = clock
        self.now = now
    }

    /// What came of an order.
    struct Receipt {
        /// The job as it is now.
        let record: JobRecord
        /// False while Redis is away: a worker writes the record later.
        let isRecorded: Bool
    }

    /// Makes `order` a job, or finds the one that the same request became before.
    ///
    /// While Redis is away ratings are taken all the same: the broker has them on disk, and the worker that applies them later writes
    /// the record. Whether they came before cannot be known then. A recommendation that nobody could read is refused.
    ///
    /// - Parameter identity: what the request is recognized by; nil when each is one of its own.
    func accept(_ order: JobOrder, as identity: RequestIdentity?) async throws -> Receipt {
        guard let identity else { return try await publish(order.job(newClaim(order.versionCount))) }
        let claim = newClaim(order.versionCount, fingerprint: identity.fingerprint)
        let known: IdempotencyClaim?
        do throws(StorageError) {
            known = try await claims.replace(nil, with: claim, under: identity.key, lifetime: Self.claimLifetime)
        } catch {
            guard error.isRetriable, order.kind == .ratings else { throw error }
            unclaimed.increment()
            return try await publish(order.job(claim))
        }
        guard let known else { return try await publish(order, claim, under: identity.key) }
        repeated.increment()
        return try await resume(known, order, identity)
    }
}

// MARK: - Repeated requests

extension JobIntake {
    /// Another request, or an earlier try of this one, holds the key.
    ///
    /// The gateway that claimed it may have died before it published the job, or may be about to publish it: unless it is known to
    /// be with the broker, it is published again. Workers do nothing twice.
    private func resume(_ known: IdempotencyClaim, _ order: JobOrder, _ identity: RequestIdentity) async throws -> Receipt {
        guard known.fingerprint == identity.fingerprint else { throw Problem(.idempotencyKeyReused) }
        let record = try await record(of: known.job, kind: order.kind)
        let state = (record ?? JobRecord(of: order.job(known))).seen(at: now())
        if state.status == .expired { return try await renew(known, order, identity) }
        if let record, known.isConfirmed || record.status != .queued { return Receipt(record: state, isRecorded: true) }
        return try await publish(order, known, under: identity.key)
    }

    /// A recommendation that expired was never computed: the same request may try again, as a new job.
    private func renew(_ known: IdempotencyClaim, _ order: JobOrder, _ identity: RequestIdentity) async throws -> Receipt {
        let claim = newClaim(order.versionCount, fingerprint: identity.fingerprint)
        let other = try await claims.replace(known, with: claim, under: identity.key, lifetime: Self.claimLifetime)
        return try await publish(order, other ?? claim, under: identity.key)
    }

    /// nil when there is none, or for ratings when it cannot be read: what is not known to be with the broker is published again.
    private func record(of id: JobID, kind: JobKind) async throws -> JobRecord? {
        do throws(StorageError) {
            return try await jobs.record(of: id)
        } catch {
            guard error.isRetriable, kind == .ratings else { throw error }
            return nil
        }
    }

    private func newClaim(_ versionCount: Int, fingerprint: String = "") -> IdempotencyClaim {
        let moment = now()
        return IdempotencyClaim(
            fingerprint: fingerprint, job: .random(at: moment), createdAt: moment,
            firstVersion: clock.next(versionCount, at: moment))
    }
}

// MARK: - Requests that do more than leave a job

extension JobIntake {
    /// A claim made before there is a job.
    struct Claimed {
        let claim: IdempotencyClaim
        /// Whether the same request came before.
        let isRepeated: Bool
    }

    /// Claims the key of a request that has something else to do before its job can be made. Nothing is claimed without a key.
    func claim(_ identity: RequestIdentity?, versionCount: Int) async throws -> Claimed {
        guard let identity else { return Claimed(claim: newClaim(versionCount), isRepeated: false) }
        let claim = newClaim(versionCount, fingerprint: identity.fingerprint)
        let known = try await claims.replace(nil, with: claim, under: identity.key, lifetime: Self.claimLifetime)
        guard let known else { return Claimed(claim: claim, isRepeated: false) }
        guard known.fingerprint == identity.fingerprint else { throw Problem(.idempotencyKeyReused) }
        repeated.increment()
        return Claimed(claim: known, isRepeated: true)
    }

    /// Whether the request of a claim has been carried out, be it by another gateway.
    func isDone(_ claimed: Claimed) async throws -> Bool {
        guard claimed.isRepeated else { return false }
        if claimed.claim.isConfirmed { return true }
        return try await jobs.record(of: claimed.claim.job) != nil
    }

    /// Notes that a request has been carried out which leaves no job.
    func confirm(_ claimed: Claimed, as identity: RequestIdentity?) async {
        guard let identity else { return }
        await confirm(claimed.claim, under: identity.key)
    }

    /// Claims the key of a request anew of which nothing is left, as if it had not been sent before.
    func renew(_ claimed: Claimed, as identity: RequestIdentity, versionCount: Int) async throws -> Claimed {
        let claim = newClaim(versionCount, fingerprint: identity.fingerprint)
        let other = try await claims.replace(claimed.claim, with: claim, under: identity.key, lifetime: Self.claimLifetime)
        return Claimed(claim: other ?? claim, isRepeated: other != nil)
    }

    /// Makes `order` the job of a claim, or finds that it was made before.
    func accept(_ order: JobOrder, _ claimed: Claimed, as identity: RequestIdentity?) async throws -> Receipt {
        guard let identity else { return try await publish(order.job(claimed.claim)) }
        if claimed.isRepeated { return try await resume(claimed.claim, order, identity) }
        return try await publish(order, claimed.claim, under: identity.key)
    }
}

// MARK: - Publishing

extension JobIntake {
    /// Publishes the job of a claim that is kept, and notes that the broker has it.
    private func publish(_ order: JobOrder, _ claim: IdempotencyClaim, under key: IdempotencyKey) async throws -> Receipt {
        let receipt = try await publish(order.job(claim))
        // Should this fail, a repeat publishes the job once more.
        await confirm(claim, under: key)
        return receipt
    }

    private func confirm(_ claim: IdempotencyClaim, under key: IdempotencyKey) async {
        guard !claim.isConfirmed else { return }
        var confirmed = claim
        confirmed.isConfirmed = true
        _ = try? await claims.replace(claim, with: confirmed, under: key, lifetime: Self.claimLifetime)
    }

    /// Writes the job down and hands it to the broker, both at once: a worker that is faster than the record leaves it behind, as
    /// records only move forward.
    private func publish(_ job: Job) async throws -> Receipt {
        let record = JobRecord(of: job)
        async let written = jobs.advance(to: record)
        try await queue.enqueue(job)
        do {
            _ = try await written
        } catch let error as StorageError where error.isRetriable && job.kind == .ratings {
            unwritten.increment()
            return Receipt(record: record, isRecorded: false)
        }
        return Receipt(record: record, isRecorded: true)
    }
}
