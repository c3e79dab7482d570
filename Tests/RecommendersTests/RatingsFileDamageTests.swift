import Testing

@testable import Recommenders

/// Files that were written well and then cut or changed by accident.
@Suite struct RatingsFileDamageTests {
    let bytes: [UInt8]
    let places: [(section: RatingsFileSection, place: Range<Int>)]

    init() throws {
        bytes = try RatingsFileTests.file(RandomDataset.make(users: 5, items: 7, density: 0.4, seed: 3))
        places = RatingsFileForgery.places(in: bytes)
    }

    /// What an error has to call the part in which byte `place` lies; the padding belongs to the section before it.
    private func part(of place: Int) -> String {
        if place < 8 { return "no ratings file" }
        if place < SectionFileHeader.byteCount { return "header" }
        return places.last { $0.place.lowerBound <= place }?.section.name ?? "section table"
    }

    @Test func readsTheUndamagedFile() {
        #expect(RatingsFileForgery.failure(bytes) == nil)
    }

    @Test(arguments: 0..<8 as Range<UInt64>) func namesThePartOfAFlippedBit(seed: UInt64) {
        var generator = SeededGenerator(seed)
        // Every byte of header and table, and some of each section and of the padding behind it.
        var damages = Array(stride(from: Int(seed), to: places[0].place.lowerBound, by: 8))
        for (_, place) in places {
            let end = place.lowerBound + SectionFileEntry.padded(place.count)
            damages += (0..<9).compactMap { _ in (place.lowerBound..<end).randomElement(using: &generator) }
        }
        for place in damages {
            var damaged = bytes
            damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            let message = RatingsFileForgery.failure(damaged)?.message
            #expect(message?.contains(part(of: place)) == true, "byte \(place): \(message ?? "no error")")
            #expect(message?.hasSuffix("; import the data set again") == true)
        }
    }

    @Test func noticesWhereItIsCutAndWhatIsAdded() {
        var generator = SeededGenerator(7)
        var lengths = Set((0..<100).map { _ in Int.random(in: bytes.indices, using: &generator) })
        lengths.formUnion([0, 1, 7, 8, 9, 39, 40, 41])
        for boundary in places.flatMap({ [$0.place.lowerBound, $0.place.upperBound] }) {
            lengths.formUnion([boundary - 1, boundary, boundary + 1])
        }
        lengths.formUnion([bytes.count - 64, bytes.count - 1])
        for length in lengths where length < bytes.count {
            let error = RatingsFileForgery.failure(Array(bytes[..<length]))
            #expect(error?.code == (length < 8 ? .otherKind : .truncated), "\(length) bytes")
            #expect(error?.message.hasSuffix("; import the data set again") == true)
        }
        for count in [1, 8, 63, 64, 4096] {
            let longer = bytes + [UInt8](repeating: 0, count: count)
            #expect(
                RatingsFileForgery.failure(longer)
                    == .damaged(RatingsFileSection.kind, "header", "the file is longer than it says"))
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>) func noticesOverwrittenStretches(seed: UInt64) {
        var generator = SeededGenerator(seed)
        var damaged = bytes
        let start = Int.random(in: bytes.indices, using: &generator)
        for place in start..<min(bytes.count, start + Int.random(in: 1..<200, using: &generator)) {
            damaged[place] = UInt8.random(in: 0...255, using: &generator)
        }
        #expect(damaged == bytes || RatingsFileForgery.failure(damaged) != nil)
    }

    @Test func refusesOtherVersions() {
        var newer = bytes
        newer[8] += 1
        let checksum = XXHash64.checksum(of: Array(newer[..<32]).span.bytes)
        withUnsafeBytes(of: checksum) { newer.replaceSubrange(32..<40, with: $0) }
        #expect(RatingsFileForgery.failure(newer)?.code == .otherVersion)
    }

    @Test(arguments: [
        "", "userId", "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n", String(repeating: "\u{E7}KNDRS\r\n", count: 99),
        String(repeating: "\0", count: 4096),
    ]) func refusesWhatIsNoRatingsFile(text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "a.ratings")
        let expected = StoredFileError(
            .otherKind, "this is no ratings file, or its first bytes are damaged", cure: "import the data set again")
        #expect(throws: expected) { try RatingsFileReader.read(folder.file("a.ratings")) }
    }
}
