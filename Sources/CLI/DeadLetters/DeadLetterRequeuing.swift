import Jobs
import Messaging
import ServiceRuntime
import Storage

/// Publishes dead letters as new jobs.
struct DeadLetterRequeuing {
    let queue: any JobQueue
    let records: any JobStore

    struct Requeued {
        let tag: UInt64
        let id: JobID
        let newID: JobID
    }

    struct Outcome {
        var requeued: [Requeued] = []
        /// What is no job.
        var left: [String] = []
        /// Why the broker refused one; the others may have been taken.
        var failure: MessagingError?
        /// Why the record of a new job could not be written, and of how many.
        var recordFailure: StorageError?
        var unrecorded = 0

        mutating func add(_ other: Outcome) {
            requeued += other.requeued
            left += other.left
            failure = failure ?? other.failure
            recordFailure = recordFailure ?? other.recordFailure
            unrecorded += other.unrecorded
        }
    }

    private enum Step {
        case done(Requeued, StorageError?)
        case refused(MessagingError)
    }

    /// All at once; the broker's confirms come in batches.
    func requeue(_ letters: [DeadLetter]) async -> Outcome {
        var outcome = Outcome()
        outcome.left = letters.filter { $0.job == nil }.map(\.id)
        await withTaskGroup(of: Step.self) { group in
            for letter in letters {
                guard let job = letter.job else { continue }
                group.addTask { await requeue(job, tag: letter.tag) }
            }
            for await step in group {
                switch step {
                case .done(let requeued, let error):
                    outcome.requeued.append(requeued)
                    outcome.recordFailure = outcome.recordFailure ?? error
                    if error != nil { outcome.unrecorded += 1 }
                case .refused(let error): outcome.failure = error
                }
            }
        }
        return outcome
    }

    private func requeue(_ job: Job, tag: UInt64) async -> Step {
        let new = Self.again(job)
        do throws(MessagingError) { try await queue.enqueue(new) } catch { return .refused(error) }
        let requeued = Requeued(tag: tag, id: job.id, newID: new.id)
        // After the confirm, so that there is no record of a job that nobody has; a worker that was faster is not overwritten.
        do throws(StorageError) {
            _ = try await records.advance(to: JobRecord(of: new))
            return .done(requeued, nil)
        } catch {
            return .done(requeued, error)
        }
    }

    /// The same work as a job that has not ended yet: the first end of a job is its end.
    static func again(_ job: Job, at now: Timestamp = .now) -> Job {
        Job(
            id: .random(at: now), createdAt: now, deadlineAt: job.deadlineAt.map { now + $0.since(job.createdAt) },
            lane: job.lane, task: job.task)
    }
}

extension DeadLetterRequeuing.Outcome {
    var text: String {
        var lines = requeued.map { "\($0.id) → \($0.newID)" }
        lines.append("Requeued \(requeued.count.grouped) dead \(requeued.count == 1 ? "letter" : "letters").")
        if !left.isEmpty { lines.append("\(left.count.grouped) of those chosen are no jobs and stay.") }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        [
            "requeued": .array(requeued.map { ["id": .string($0.id.rawValue), "newID": .string($0.newID.rawValue)] }),
            "left": .strings(left),
        ]
    }
}
