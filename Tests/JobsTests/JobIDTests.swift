import Foundation
import Jobs
import ServiceRuntime
import Testing

@testable import Jobs

@Suite struct JobIDTests {
    @Test func readsWhatItWrites() throws {
        for _ in 0..<100 {
            let id = JobID.random()
            #expect(JobID(id.rawValue) == id)
            let data = try JSONEncoder().encode([id])
            #expect(try JSONDecoder().decode([JobID].self, from: data) == [id])
        }
    }

    @Test func usesCrockfordsAlphabet() {
        let alphabet = Set("0123456789abcdefghjkmnpqrstvwxyz")
        for _ in 0..<1000 {
            let text = JobID.random().rawValue
            #expect(text.count == 26 && text.allSatisfy { alphabet.contains($0) })
        }
    }

    @Test func knowsWhenItWasMade() {
        for milliseconds: Int64 in [0, 1, 31, 1_769_860_800_123, 0xFFFF_FFFF_FFFF] {
            let moment = Timestamp(milliseconds: milliseconds)
            #expect(JobID.random(at: moment).createdAt == moment)
        }
    }

    @Test func sortsByTimeOfCreation() {
        let moments: [Int64] = [0, 1, 31, 32, 1023, 1_769_860_800_123, 1_769_860_800_124, 0xFFFF_FFFF_FFFF]
        let texts = moments.map { JobID.random(at: Timestamp(milliseconds: $0)).rawValue }
        #expect(texts == texts.sorted())
        #expect(texts[0].hasPrefix("0000000000") && texts[7].hasPrefix("7zzzzzzzzz"))
    }

    @Test func writesTheLayoutOfULID() {
        var ones = AllOnes()
        #expect(
            JobID.random(at: Timestamp(milliseconds: 1_469_918_176_385), using: &ones).rawValue == "01aryz6s41zzzzzzzzzzzzzzzz")
    }

    @Test func isUnlikeAnyOther() {
        let moment = Timestamp.now
        #expect(Set((0..<10_000).map { _ in JobID.random(at: moment) }).count == 10_000)
    }

    @Test(arguments: [
        "", "01arykzf41zzzzzzzzzzzzzzz", "01arykzf41zzzzzzzzzzzzzzzzz", "01ARYKZF41ZZZZZZZZZZZZZZZZ",
        "01arykzf41zzzzzzzzzzzzzzzi",
        "01arykzf41zzzzzzzzzzzzzzz ", "01arykzf41zzzzzzzzzzzzzz\n0", "01arykzf41zzzzzzzzzzzzzé", "../../etc/passwd0123456789",
        "*",
    ])
    func refuses(text: String) {
        #expect(JobID(text) == nil)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([JobID].self, from: JSONEncoder().encode([text])) }
    }
}

private struct AllOnes: RandomNumberGenerator {
    mutating func next() -> UInt64 { .max }
}
