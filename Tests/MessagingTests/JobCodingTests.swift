import Foundation
import Jobs
import Recommenders
import ServiceRuntime
import Testing

@testable import Messaging

@Suite struct JobCodingTests {
    @Test func comesBackAsItWas() throws {
        let user = try UserID("ada \"∀\"\n")
        let version = RatingVersion(clock: .max, origin: .max)
        let tasks: [Job.Task] = [
            .updateRatings(user: user, updates: [], refresh: false),
            .updateRatings(
                user: user,
                updates: [
                    RatingUpdate(item: try ItemID("1"), rating: nil, version: version),
                    RatingUpdate(item: try ItemID("2"), rating: 0.1, version: version),
                    RatingUpdate(item: try ItemID("3"), change: .dismissed, version: version),
                ], refresh: true),
            .removeUser(user),
            .recommend(.user(user), RecommendationQuery()),
            .recommend(.guest([]), RecommendationQuery(count: 100, algorithm: .classic, genres: [])),
            .recommend(.guest([Job.GuestRating(item: try ItemID("3"), rating: 3.5)]), RecommendationQuery(neighbours: 1000)),
        ]
        for task in tasks {
            for (deadline, lane) in [(nil, JobLane.interactive), (Timestamp(milliseconds: 1), .batch)] {
                let job = Job(
                    id: .random(), createdAt: Timestamp(milliseconds: .max), deadlineAt: deadline, lane: lane, task: task)
                #expect(try JobCoding.decode(JobCoding.encode(job)) == job)
            }
        }
    }

    @Test func theWireFormIsWhatItWasInTheFirstVersion() throws {
        let text = """
            {"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1700000000000,"by":1700000030000,"kind":"ratings","user":"ada",\
            "set":[{"i":"2571","r":4.5,"v":"0000018bcfe5680000000007"},{"i":"1","v":"0000018bcfe5680000000007"}],"refresh":true}
            """
        let version = try #require(RatingVersion("0000018bcfe5680000000007"))
        let job = Job(
            id: try #require(JobID("01arz3ndektsv4rrffq69g5fav")), createdAt: Timestamp(milliseconds: 1_700_000_000_000),
            deadlineAt: Timestamp(milliseconds: 1_700_000_030_000),
            task: .updateRatings(
                user: try UserID("ada"),
                updates: [
                    RatingUpdate(item: try ItemID("2571"), rating: 4.5, version: version),
                    RatingUpdate(item: try ItemID("1"), rating: nil, version: version),
                ], refresh: true))
        #expect(try JobCoding.decode(Array(text.utf8)) == job)
        #expect(try self.version(of: job) == 1)
    }

    @Test func onlyJobsThatDismissItemsAreOfTheSecondVersion() throws {
        let text = """
            {"v":2,"id":"01arz3ndektsv4rrffq69g5fav","at":1700000000000,"kind":"ratings","user":"ada",\
            "set":[{"i":"2571","v":"0000018bcfe5680000000007","x":true},{"i":"1","v":"0000018bcfe5680000000007"}],"refresh":true}
            """
        let version = try #require(RatingVersion("0000018bcfe5680000000007"))
        let job = Job(
            id: try #require(JobID("01arz3ndektsv4rrffq69g5fav")), createdAt: Timestamp(milliseconds: 1_700_000_000_000),
            task: .updateRatings(
                user: try UserID("ada"),
                updates: [
                    RatingUpdate(item: try ItemID("2571"), change: .dismissed, version: version),
                    RatingUpdate(item: try ItemID("1"), change: .removed, version: version),
                ], refresh: true))
        #expect(try JobCoding.decode(Array(text.utf8)) == job)
        #expect(try self.version(of: job) == 2)
        #expect(try self.version(of: try TestJobs.rating()) == 1)
        #expect(try self.version(of: try TestJobs.recommendation()) == 1)
        for wrong in [#""r":4,"x":true"#, #""x":"yes""#, #""x":1"#] {
            #expect(refusal(of: Array(text.replacing(#""x":true"#, with: wrong).utf8)) == .malformed)
        }
    }

    @Test func onlyJobsThatRemoveUsersAreOfTheThirdVersion() throws {
        let text = #"{"v":3,"id":"01arz3ndektsv4rrffq69g5fav","at":1700000000000,"kind":"ratings","user":"ada","gone":true}"#
        let job = Job(
            id: try #require(JobID("01arz3ndektsv4rrffq69g5fav")), createdAt: Timestamp(milliseconds: 1_700_000_000_000),
            task: .removeUser(try UserID("ada")))
        #expect(try JobCoding.decode(Array(text.utf8)) == job)
        #expect(try JobCoding.encode(job) == Array(text.utf8))
        #expect(try version(of: job) == 3)
        for wrong in [#""gone":false"#, #""gone":1"#, #""gone":true,"set":[]"#, #""gone":true,"refresh":false"#] {
            #expect(refusal(of: Array(text.replacing(#""gone":true"#, with: wrong).utf8)) == .malformed)
        }
        #expect(refusal(of: Array(text.replacing(#""user":"ada","#, with: "").utf8)) == .malformed)
    }

    @Test func onlyListsThatSayMoreAreOfTheFourthVersion() throws {
        let text = """
            {"v":4,"id":"01arz3ndektsv4rrffq69g5fav","at":1700000000000,"kind":"recommendations","user":"ada","q":{"n":200,\
            "alg":"trending","g":["Drama"],"xg":["Horror"],"y":{"f":1990,"t":1999},"a":{"imdb":["tt1","tt2"],"year":["1999"]},\
            "i":["1","2"],"xi":["3"],"xs":true,"b":[{"g":"Drama","s":1.5},{"i":"1","s":-2.0},{"a":"year","v":"1999","s":0.5}],\
            "p":[{"i":"4","n":3}],"d":0.25,"e":{"s":0.125,"z":7},"rows":{"n":2,"l":5,"g":["Drama"]},"agg":"least-misery"}}
            """
        let job = Job(
            id: try #require(JobID("01arz3ndektsv4rrffq69g5fav")), createdAt: Timestamp(milliseconds: 1_700_000_000_000),
            task: .recommend(.user(try UserID("ada")), try TestJobs.everyWish()))
        #expect(try JobCoding.decode(Array(text.utf8)) == job)
        #expect(String(decoding: try JobCoding.encode(job), as: UTF8.self) == text)
        let group = #"{"v":4,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","group":["ada","bob"]}"#
        let users = [try UserID("ada"), try UserID("bob")]
        #expect(try JobCoding.decode(Array(group.utf8)).task == .recommend(.group(users), RecommendationQuery()))
        #expect(String(decoding: try JobCoding.encode(JobCoding.decode(Array(group.utf8))), as: UTF8.self) == group)
        for wrong in [
            #""group":["ada"]"#, #""group":["ada",""]"#, #""group":["ada","bob"],"user":"ada""#,
            #""group":["ada","bob"],"guest":[]"#,
        ] {
            #expect(refusal(of: Array(group.replacing(#""group":["ada","bob"]"#, with: wrong).utf8)) == .malformed, "\(wrong)")
        }
        let search =
            #"{"v":4,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"ada","find":true,"q":{"n":5}}"#
        let found = try JobCoding.decode(Array(search.utf8))
        #expect(found.task == .findSimilarUsers(users[0], RecommendationQuery(count: 5)))
        #expect(String(decoding: try JobCoding.encode(found), as: UTF8.self) == search)
        for (part, wrong) in [
            (#""n":200"#, #""n":501"#), (#""xg":["Horror"]"#, #""xg":"Horror""#), (#"{"f":1990"#, #"{"f":"1990""#),
            (#""year":["1999"]}"#, #""imdb":[]}"#), (#""s":1.5"#, #""s":11"#), (#"{"g":"Drama","s":1.5}"#, #"{"g":"Drama"}"#),
            (#"{"g":"Drama","s":1.5}"#, #"{"s":1.5}"#), (#"{"g":"Drama","s":1.5}"#, #"{"g":"Drama","i":"1","s":1.5}"#),
            (#""v":"1999","#, ""), (#""n":3}"#, #""n":0}"#), (#""d":0.25"#, #""d":1.25"#), (#""s":0.125"#, #""s":-0.1"#),
            (#""z":7"#, #""z":-7"#), (#""rows":{"n":2"#, #""rows":{"n":21"#), (#""agg":"least-misery""#, #""agg":"most""#),
            (#""i":["1","2"]"#, #""i":["1",""]"#),
        ] {
            #expect(text.contains(part), "\(part)")
            #expect(refusal(of: Array(text.replacing(part, with: wrong).utf8)) == .malformed, "\(wrong)")
        }
    }

    /// Whatever it is that is asked for, a worker from before must not overlook it.
    @Test func eachWishByItselfIsOfTheFourthVersion() throws {
        let everything = try TestJobs.everyWish()
        var wishes = [RecommendationQuery](repeating: RecommendationQuery(), count: 14)
        wishes[0].excludedGenres = everything.excludedGenres
        wishes[1].years = everything.years
        wishes[2].attributes = everything.attributes
        wishes[3].items = everything.items
        wishes[4].excludedItems = everything.excludedItems
        wishes[5].excludesShown = false
        wishes[6].boosts = everything.boosts
        wishes[7].pinned = everything.pinned
        wishes[8].diversity = 0
        wishes[9].exploration = everything.exploration
        wishes[10].rows = RowRequest()
        wishes[11].aggregation = .average
        wishes[12].count = 101
        wishes[13].algorithm = .trending
        for wish in wishes {
            let job = Job(id: .random(), createdAt: .now, task: .recommend(.guest([]), wish))
            #expect(try version(of: job) == 4, "\(wish)")
            #expect(try JobCoding.decode(JobCoding.encode(job)) == job)
        }
        let plain = RecommendationQuery(count: 100, algorithm: .blend, similarity: .cosine, neighbours: 3, genres: ["a"])
        #expect(try version(of: Job(id: .random(), createdAt: .now, task: .recommend(.guest([]), plain))) == 1)
    }

    /// What workers look at before anything else.
    private func version(of job: Job) throws -> Int? {
        let object = try JSONSerialization.jsonObject(with: Data(try JobCoding.encode(job))) as? [String: Any]
        return object?["v"] as? Int
    }

    /// Workers and gateways of the first version write and read by `Codable`.
    @Test func agreesWithWhatTheFirstVersionWritesAndReads() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let job = try TestJobs.random(using: &generator)
            #expect(try JobCoding.decode(CodableWireJob.encode(job)) == job)
            #expect(try CodableWireJob.decode(JobCoding.encode(job)) == job)
        }
    }

    /// A newer gateway may say more.
    @Test func passesOverKeysThatItDoesNotKnow() throws {
        let text =
            #"{"new":{"a":[1,{"v":2}]},"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"a","#
        let job = try JobCoding.decode(Array((text + #""q":{"n":3,"later":true},"by":null,"new":2}"#).utf8))
        #expect(job.task == .recommend(.user(try UserID("a")), RecommendationQuery(count: 3)))
        #expect(job.deadlineAt == nil)
    }

    @Test(arguments: [
        "", "null", "[]", "{}", #"{"v":2}"#, #"{"v":0}"#, #"{"v":5}"#, #"{"v":"1"}"#, #"{"v":1}"#,
        #"{"v":5,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"a"}"#,
        #"{"v":1,"id":"x","at":1,"kind":"ratings","user":"a","set":[],"refresh":true}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","kind":"ratings","user":"a","set":[],"refresh":true}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"ratings","user":"","set":[],"refresh":true}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"ratings","user":"a","refresh":true}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"ratings","set":[],"refresh":true}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations"}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"a","guest":[]}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"a","q":{"n":501}}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"a","q":{"k":0}}"#,
        #"{"v":1,"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"a"}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"a","user":"b"}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1.5,"kind":"recommendations","user":"a"}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"a"} x"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"lane":"fast","kind":"recommendations","user":"a"}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","user":"a","q":{"n":1,"n":2}}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"recommendations","guest":[{"i":"1"}]}"#,
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1,"kind":"ratings","user":"a","set":[{"i":"1"}],"refresh":true}"#,
        "{\"v\":1,\"deep\":" + String(repeating: "[", count: 100_000),
        #"{"v":1,"id":"01arz3ndektsv4rrffq69g5fav","at":1e400,"kind":"recommendations","user":"a"}"#,
    ])
    func refusesWhatIsNoJob(_ text: String) {
        #expect(refusal(of: Array(text.utf8)) == .malformed)
    }

    @Test func refusesWhatIsTooLong() throws {
        let bytes = try JobCoding.encode(try TestJobs.rating())
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: JobCoding.maximumByteCount)
        #expect(refusal(of: bytes + padding.dropFirst(bytes.count)) == nil)
        #expect(refusal(of: bytes + padding) == .malformed)
        let ratings = try (0..<50_000).map { Job.GuestRating(item: try ItemID("item number \($0)"), rating: 1) }
        let job = Job(id: .random(), createdAt: .now, task: .recommend(.guest(ratings), RecommendationQuery()))
        #expect { try JobCoding.encode(job) } throws: { ($0 as? MessagingError)?.code == .malformed }
    }

    @Test func refusesToWriteWhatJSONCannotExpress() throws {
        let rating = Job.GuestRating(item: try ItemID("1"), rating: .nan)
        let job = Job(id: .random(), createdAt: .now, task: .recommend(.guest([rating]), RecommendationQuery()))
        #expect { try JobCoding.encode(job) } throws: { ($0 as? MessagingError)?.code == .malformed }
    }

    @Test func survivesEveryTruncationAndFlippedBit() throws {
        for job in [
            try TestJobs.rating(), try TestJobs.dismissal(), try TestJobs.removal(), try TestJobs.recommendation(),
            try TestJobs.shaped(),
        ] {
            let bytes = try JobCoding.encode(job)
            for count in 0..<bytes.count { #expect(refusal(of: Array(bytes[..<count])) == .malformed) }
            for bit in 0..<(bytes.count * 8) {
                var flipped = bytes
                flipped[bit / 8] ^= 1 << (bit % 8)
                let refusal = refusal(of: flipped)
                #expect(refusal == nil || refusal == .malformed)
            }
        }
    }

    @Test func saysNothingOfTheContentItRefuses() {
        #expect { try JobCoding.decode(Array(#"{"v":1,"user":"secret"}"#.utf8)) } throws: { !"\($0)".contains("secret") }
    }

    private func refusal(of bytes: [UInt8]) -> MessagingError.Code? {
        do throws(MessagingError) {
            _ = try JobCoding.decode(bytes)
            return nil
        } catch {
            return error.code
        }
    }
}
