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
        case done([Requeued], StorageError?)
        case refused(MessagingError)
    }

    /// All at once; the broker's confirms come in batches.
    func requeue(_ letters: [DeadLetter]) async -> Outcome {
        var outcome = Outcome()
        outcome.left = letters.filter(\.jobs.isEmpty).map(\.id)
        await withTaskGroup(of: Step.self) { group in
            for letter in letters {
                guard !letter.jobs.isEmpty else { continue }
                group.addTask { await requeue(letter) }
            }
            for await step in group {
                switch step {
                case .done(let requeued, let error):
                    outcome.requeued += requeued
                    outcome.recordFailure = outcome.recordFailure ?? error
                    if error != nil { outcome.unrecorded += requeued.count }
                case .refused(let error): outcome.failure = error
                }
            }
        }
        return outcome
    }

    /// All jobs of the letter, or it stays where it is; what was published of it then is done twice, which changes nothing.
    private func requeue(_ letter: DeadLetter) async -> Step {
        let new = letter.jobs.map { $0.again(at: .now) }
        for job in new {
            do throws(MessagingError) { try await queue.enqueue(job) } catch { return .refused(error) }
        }
        let requeued = zip(letter.jobs, new).map { Requeued(tag: letter.tag, id: $0.id, newID: $1.id) }
        // After the confirm, so that there is no record of a job that nobody has; a worker that was faster is not overwritten.
        do throws(StorageError) {
            _ = try await records.advance(to: new.map { JobRecord(of: $0) })
            return .done(requeued, nil)
        } catch {
            return .done(requeued, error)
        }
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
