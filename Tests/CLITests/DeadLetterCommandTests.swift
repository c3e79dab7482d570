import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import CLI

@Suite struct DeadLetterCommandTests {
    @Test func whatIsDoneAgainIsANewJobWithAsLongToLive() throws {
        let now = Timestamp(milliseconds: 1_000_000)
        let job = Job(
            id: .random(), createdAt: Timestamp(milliseconds: 1000), deadlineAt: Timestamp(milliseconds: 31_000), lane: .batch,
            task: .recommend(.user(try UserID("ada")), RecommendationQuery(count: 3)))
        let again = job.again(at: now)
        #expect(again.id != job.id && again.createdAt == now && again.deadlineAt == Timestamp(milliseconds: 1_030_000))
        #expect(again.task == job.task && again.lane == job.lane)
    }

    @Test func showsBytesThatATerminalWouldObey() {
        #expect(DeadLetterView.escaped(Array("a\u{1B}[2J\\é".utf8)) == #"a\x1b[2J\\\xc3\xa9"#)
    }
}
