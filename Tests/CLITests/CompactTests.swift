import Messaging
import Recommenders
import ServiceRuntime
import Testing

@testable import CLI

@Suite struct CompactTests {
    private func session(from start: Int64?, allowsGap: Bool = false) -> CompactionSession {
        CompactionSession(configuration: RabbitMQConfiguration(), start: start, allowsGap: allowsGap)
    }

    private func entry(_ offset: Int, _ item: String?) throws -> RatingLogEntry {
        let version = RatingVersion(milliseconds: 1000, origin: 1)
        let ratings = try item.map {
            RatingLogEntry.Ratings(
                user: try UserID("ada"), updates: [RatingUpdate(item: try ItemID($0), rating: 4, version: version)])
        }
        return RatingLogEntry(offset: offset, moment: nil, ratings: ratings)
    }

    @Test func looksWhetherThereIsNews() throws {
        #expect(try session(from: nil).hasNews(last: 0))
        #expect(try session(from: 5).hasNews(last: 5))
        #expect(try !session(from: 6).hasNews(last: 5))
        #expect(throws: CommandFailure.self) { try session(from: 7).hasNews(last: 5) }
        #expect(try !session(from: 7, allowsGap: true).hasNews(last: 5))
    }

    @Test func refusesALogThatForgotWhatIsNotInTheFile() throws {
        #expect(try session(from: 5).gap(before: 5) == 0)
        #expect(try session(from: nil).gap(before: 5) == 0)
        #expect(throws: CommandFailure.self) { try session(from: 4).gap(before: 5) }
        #expect(try session(from: 2, allowsGap: true).gap(before: 5) == 3)
    }

    /// Jobs may share a message, and what comes later is for the next time.
    @Test func takesWhatWasThereAtTheBeginning() throws {
        let batch = [try entry(3, "a"), try entry(3, "b"), try entry(4, nil), try entry(6, "c"), try entry(7, "d")]
        var summary = CompactionSession.Summary()
        var items: [String] = []
        let take = { (entry: RatingLogEntry) in items += entry.ratings?.updates.map(\.item.rawValue) ?? [] }
        try CompactionSession.take(batch, through: 6, &summary, take)
        #expect(items == ["a", "b", "c"])
        #expect(summary == .init(entries: 4, undecodable: 1, nextOffset: 7))
        summary = .init()
        try CompactionSession.take(Array(batch.prefix(2)), through: 6, &summary, take)
        #expect(summary.nextOffset == 4)
    }

    @Test(arguments: [("first", LogPlace.first), ("0", .at(0)), ("17", .at(17)), ("-1", nil), ("last", nil)])
    func readsAPlaceInTheLog(text: String, place: LogPlace?) {
        #expect(LogPlace(argument: text) == place)
    }

    @Test(arguments: [
        ("30D", Duration.seconds(2_592_000)), ("12h", .seconds(43_200)), ("1Y", .seconds(31_536_000)), ("5m", .seconds(300)),
        ("2M", .seconds(5_184_000)), ("9s", .seconds(9)), ("D", nil), ("", nil), ("1w", nil), ("-3D", nil),
    ]) func readsHowLongTheLogIsKept(text: String, duration: Duration?) {
        var configuration = RabbitMQConfiguration()
        configuration.logRetention = text
        #expect(configuration.logRetentionTime == duration)
    }

    @Test func warnsBeforeTheLogForgets() {
        let now = Timestamp(milliseconds: 100 * 86_400_000)
        func check(last: Int64, next: Int64?, daysAgo: Int64 = 0, logOffset: Int64?) -> Check {
            let moment = Timestamp(milliseconds: now.milliseconds - daysAgo * 86_400_000)
            return RatingLogCheck.judge(
                .init(last: last, next: next.map { ($0, moment) }), logOffset: logOffset, retention: .seconds(30 * 86_400),
                text: "30D",
                now: now)
        }
        #expect(check(last: 9, next: nil, logOffset: 10).status == .ok)
        #expect(check(last: 9, next: 5, daysAgo: 14, logOffset: 5).status == .ok)
        #expect(check(last: 9, next: 5, daysAgo: 14, logOffset: 5).detail.contains("5 messages"))
        #expect(check(last: 9, next: 5, daysAgo: 16, logOffset: 5).status == .warn)
        #expect(check(last: 9, next: 0, daysAgo: 16, logOffset: nil).status == .warn)
        #expect(check(last: 9, next: 6, logOffset: 5).status == .fail)
        #expect(check(last: 9, next: nil, logOffset: 11).status == .fail)
    }
}
