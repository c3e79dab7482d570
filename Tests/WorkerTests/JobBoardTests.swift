import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Worker

@Suite struct JobBoardTests {
    let fixture: WorkerFixture

    init() throws { fixture = try WorkerFixture() }

    private func rating(of user: String) throws -> HeldJob {
        HeldJob(try fixture.ratingJob([("a1", 5)], of: try UserID(user)))
    }

    private func recommendation(
        for user: String, count: Int? = nil, lane: JobLane = .interactive
    ) throws -> HeldJob {
        HeldJob(fixture.recommendationJob(RecommendationQuery(count: count), audience: .user(try UserID(user)), lane: lane))
    }

    @Test func takesTogetherAllThatAUserRated() throws {
        let board = Board()
        let jobs = try ["ada", "bob", "ada", "ada"].map { try rating(of: $0) }
        for job in jobs { board.add(job) }
        #expect(board.next()?.jobs.map(\.job.id) == [0, 2, 3].map { jobs[$0].job.id })
        #expect(board.next()?.jobs.map(\.job.id) == [jobs[1].job.id])
        #expect(board.next() == nil)
    }

    @Test func identicalQuestionsAreOneAndOthersWaitForTheirTurn() throws {
        let board = Board()
        for count in [3, 4, 3] { board.add(try recommendation(for: "ada", count: count)) }
        board.add(try recommendation(for: "bob"))
        let first = try #require(board.next())
        #expect(first.jobs.count == 2)
        let second = try #require(board.next())
        #expect(second.key == .user(try UserID("bob")))
        #expect(board.next() == nil)
        board.end(first)
        #expect(board.next()?.jobs.count == 1)
    }

    @Test func guestsShareWhatTheyAskAlike() throws {
        let board = Board()
        let ratings = [Job.GuestRating(item: try ItemID("a1"), rating: 5)]
        for _ in 0..<3 { board.add(HeldJob(fixture.recommendationJob(audience: .guest(ratings)))) }
        board.add(HeldJob(fixture.recommendationJob(audience: .guest([]))))
        #expect(board.next()?.jobs.count == 3)
        #expect(board.next()?.jobs.count == 1)
    }

    @Test func aUserHasOneTurnAtATimeHoweverMuchComes() throws {
        let board = Board()
        board.add(try rating(of: "ada"))
        let first = try #require(board.next())
        for _ in 0..<100 { board.add(try rating(of: "ada")) }
        board.add(try rating(of: "bob"))
        #expect(board.next()?.key == .user(try UserID("bob")))
        #expect(board.next() == nil)
        board.end(first)
        #expect(board.next()?.jobs.count == 100)
    }

    @Test func lanesTakeTurnsByWeight() throws {
        let board = Board(LaneWeights(ratings: 3, interactive: 2, batch: 1))
        for number in 0..<60 {
            board.add(try rating(of: "r\(number)"))
            board.add(try recommendation(for: "i\(number)"))
            board.add(try recommendation(for: "b\(number)", lane: .batch))
        }
        var turns: [Character: Int] = [:]
        for _ in 0..<60 {
            guard case .user(let user)? = board.next()?.key else { break }
            turns[user.rawValue.first ?? "?", default: 0] += 1
        }
        #expect(turns == ["r": 30, "i": 20, "b": 10])
    }

    @Test func aLaneWithoutRivalsGetsAllTurns() throws {
        let board = Board()
        for number in 0..<10 { board.add(try recommendation(for: "b\(number)", lane: .batch)) }
        for _ in 0..<10 { #expect(board.next() != nil) }
    }

    @Test func whoeverWaitsTakesABatchAlong() throws {
        let board = Board(LaneWeights(ratings: 1, interactive: 1000, batch: 1))
        for user in ["x", "y", "ada"] { board.add(try recommendation(for: user, lane: .batch)) }
        board.add(try recommendation(for: "ada"))
        #expect(board.next()?.jobs.count == 2)
        #expect(board.next()?.key == .user(try UserID("x")))
        #expect(board.next()?.key == .user(try UserID("y")))
        #expect(board.next() == nil)
    }

    @Test func suspectsRunAloneAndLastTheLeastStartedFirst() throws {
        let board = Board()
        let often = HeldJob(try fixture.ratingJob([("a1", 5)]), redeliveries: 2, starts: 2)
        let never = HeldJob(try fixture.ratingJob([("a2", 5)]), redeliveries: 2)
        board.add(often)
        board.add(never)
        board.add(try rating(of: "ada"))
        board.add(try rating(of: "bob"))
        let ada = try #require(board.next())
        let bob = try #require(board.next())
        #expect(ada.key == .user(try UserID("ada")))
        board.end(ada)
        #expect(board.next() == nil)
        board.end(bob)
        let first = try #require(board.next())
        #expect(first.jobs.map(\.job.id) == [never.job.id])
        board.add(try rating(of: "eve"))
        #expect(board.next() == nil)
        board.end(first)
        let second = try #require(board.next())
        #expect(second.key == .user(try UserID("eve")))
        board.end(second)
        #expect(board.next()?.jobs.map(\.job.id) == [often.job.id])
    }

    @Test func aSuspectDoesNotWaitForEver() throws {
        let board = Board()
        let suspect = HeldJob(try fixture.ratingJob([("a1", 5)]), redeliveries: 2)
        board.add(suspect)
        for number in 0..<4 { board.add(try rating(of: "\(number)")) }
        let running = try #require(board.next(at: suspect.readyAt))
        let later = suspect.readyAt + JobBoard.patience
        #expect(board.next(at: later) == nil)
        board.end(running)
        #expect(board.next(at: later)?.jobs.map(\.job.id) == [suspect.job.id])
        #expect(board.next(at: later) == nil)
    }

    @Test func aSuspectWaitsForThoseThatComeWithIt() throws {
        let board = Board()
        let killer = HeldJob(try fixture.ratingJob([("a1", 5)]), redeliveries: 2, starts: 2)
        board.add(killer)
        #expect(board.next(at: killer.readyAt) == nil)
        let neighbour = HeldJob(try fixture.ratingJob([("a2", 5)]), redeliveries: 2)
        board.add(neighbour)
        #expect(board.next(at: neighbour.readyAt + JobBoard.settling)?.jobs.map(\.job.id) == [neighbour.job.id])
    }

    @Test func aSuspectDeliveredAgainIsThereOnce() throws {
        let board = Board()
        let job = try fixture.ratingJob([("a1", 5)])
        board.add(HeldJob(job, redeliveries: 2))
        board.add(HeldJob(job, redeliveries: 3))
        let work = try #require(board.next())
        #expect(work.jobs.map(\.delivery.redeliveries) == [3])
        board.end(work)
        #expect(board.isEmpty)
    }

    @Test(arguments: 0..<40) func everyJobIsTakenOnceAndNobodyTwiceAtATime(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let board = Board()
        var running: [Work] = []
        var waiting: Set<JobID> = []
        var taken: Set<JobID> = []
        for _ in 0..<400 {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0, 1:
                let user = "u\(Int.random(in: 0..<6, using: &generator))"
                var held =
                    Bool.random(using: &generator)
                    ? try rating(of: user)
                    : try recommendation(
                        for: user, count: Int.random(in: 1...3, using: &generator),
                        lane: Bool.random(using: &generator) ? .batch : .interactive)
                if Int.random(in: 0..<10, using: &generator) == 0 { held = HeldJob(held.job, redeliveries: 2) }
                waiting.insert(held.job.id)
                board.add(held)
            case 2:
                guard let work = board.next() else { continue }
                #expect(!running.contains { $0.key == work.key })
                if case .alone = work.key { #expect(running.isEmpty) }
                for held in work.jobs { #expect(taken.insert(held.job.id).inserted) }
                running.append(work)
            default:
                guard let place = running.indices.randomElement(using: &generator) else { continue }
                board.end(running.remove(at: place))
            }
        }
        while !board.isEmpty {
            while let work = board.next() {
                for held in work.jobs { #expect(taken.insert(held.job.id).inserted) }
                running.append(work)
            }
            guard let work = running.popLast() else { break }
            board.end(work)
        }
        #expect(board.isEmpty)
        #expect(taken == waiting)
    }
}

/// The board as something that expectations can look into.
private final class Board {
    private var board: JobBoard

    init(_ weights: LaneWeights = LaneWeights()) { board = JobBoard(weights: weights) }

    var isEmpty: Bool { board.isEmpty }
    func add(_ held: HeldJob) { board.add(held) }
    /// - Parameter now: by default late enough for suspects to start.
    func next(at now: ContinuousClock.Instant = .now + JobBoard.settling) -> Work? { board.next(at: now) }
    func end(_ work: Work) { board.end(work) }
}
