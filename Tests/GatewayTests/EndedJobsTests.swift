import Jobs
import NIOCore
import Recommenders
import ServiceRuntime
import Testing

@testable import Gateway

@Suite struct EndedJobsTests {
    private func record(_ status: JobStatus, result: JobRecord.Result? = nil) throws -> JobRecord {
        var record = JobRecord(
            id: .random(), kind: .ratings, status: status, user: try UserID("ada"), createdAt: Timestamp(milliseconds: 0),
            request: .ratings(count: 1, version: RatingVersion(clock: 1, origin: 1), refresh: false))
        record.result = result
        if status.isEnd { record.finishedAt = Timestamp(milliseconds: 1000) }
        return record
    }

    private let body = ByteBuffer(string: String(repeating: "x", count: 100))
    private let soon = Timestamp(milliseconds: 2000)

    @Test(arguments: JobStatus.allCases) func keepsWhatStaysAsItIs(status: JobStatus) throws {
        let jobs = EndedJobs()
        let record = try record(status, result: .ratings(applied: 1, refreshed: false))
        jobs.add(body, for: record)
        #expect(jobs.answer(about: record.id, at: soon)?.body == (status.isEnd ? body : nil))
        #expect(jobs.answer(about: .random(), at: soon) == nil)
    }

    @Test func aListThatMayBeReplacedIsReadAnew() throws {
        let jobs = EndedJobs()
        let record = try record(.succeeded, result: .ratings(applied: 1, refreshed: true))
        jobs.add(body, for: record)
        #expect(jobs.answer(about: record.id, at: soon) == nil)
    }

    @Test func whatTheStoreForgetsIsForgotten() throws {
        let jobs = EndedJobs()
        let record = try record(.failed)
        jobs.add(body, for: record)
        let end = Timestamp(milliseconds: 1000 + 3_600_000)
        let last = Timestamp(milliseconds: end.milliseconds - 1)
        #expect(jobs.answer(about: record.id, at: last)?.body == body)
        #expect(jobs.answer(about: record.id, at: end) == nil)
    }

    @Test func keepsOnlySoMuchAndWhatIsAskedForStays() throws {
        let jobs = EndedJobs(byteCount: 2_000)
        let wanted = try record(.failed)
        jobs.add(body, for: wanted)
        var others: [JobRecord] = []
        for _ in 0..<100 {
            others.append(try record(.failed))
            jobs.add(body, for: try #require(others.last))
            #expect(jobs.answer(about: wanted.id, at: soon)?.body == body)
        }
        #expect(others.count { jobs.answer(about: $0.id, at: soon) != nil } <= 20)
    }
}
