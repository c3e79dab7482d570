import Testing

@testable import Recommenders

@Suite struct RatingsFileDamageTests {
    let bytes: [UInt8]

    init() throws {
        bytes = try RatingsFileTests.file(RandomDataset.make(users: 5, items: 7, density: 0.4, seed: 3))
    }

    @Test func readsTheUndamagedFile() {
        #expect(RatingsFileForgery.failure(bytes) == nil)
    }

    @Test(arguments: 0..<8) func noticesEveryFlippedBit(bit: Int) {
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 1 << bit
            #expect(RatingsFileForgery.failure(damaged) != nil, "byte \(place)")
        }
    }

    @Test func noticesEveryCutAndWhatIsAdded() {
        for length in bytes.indices {
            let code = RatingsFileForgery.failure(Array(bytes[..<length]))?.code
            #expect(code == (length < 8 ? .otherKind : .truncated), "\(length) bytes")
        }
        #expect(RatingsFileForgery.failure(bytes + [0])?.code == .damaged)
    }

    @Test(arguments: 0..<300 as Range<UInt64>) func noticesOverwrittenStretches(seed: UInt64) {
        var generator = SeededGenerator(seed)
        var damaged = bytes
        let start = Int.random(in: bytes.indices, using: &generator)
        for place in start..<min(bytes.count, start + Int.random(in: 1..<200, using: &generator)) {
            damaged[place] = UInt8.random(in: 0...255, using: &generator)
        }
        #expect(damaged == bytes || RatingsFileForgery.failure(damaged) != nil)
    }

    @Test func namesTheDamagedSection() throws {
        for (section, place) in RatingsFileForgery.places(in: bytes) where !place.isEmpty {
            var damaged = bytes
            damaged[place.lowerBound] ^= 1
            #expect(RatingsFileForgery.failure(damaged) == .damaged(section, "its checksum differs"))
        }
    }

    @Test func refusesOtherVersions() {
        var newer = bytes
        newer[8] += 1
        let checksum = XXHash64.checksum(of: Array(newer[..<32]).span.bytes)
        withUnsafeBytes(of: checksum.littleEndian) { newer.replaceSubrange(32..<40, with: $0) }
        #expect(RatingsFileForgery.failure(newer)?.code == .otherVersion)
    }
}
