import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

/// Backups as files: what is damaged is refused before anything is sent to a server.
@Suite(.timeLimit(.minutes(2))) struct BackupFileTests {
    let folder: BackupFolder

    init() throws { folder = try BackupFolder() }

    private func writeSmallOne() throws {
        try folder.write([
            (try UserID("ada"), [try update("1", 4.5, at: 10), try update("2", nil, at: 11)]),
            (try UserID("}:{%\n"), [try update("é", 0.5, at: 12)]),
        ])
    }

    @Test func aSoundOneIsNotRefused() async throws {
        try writeSmallOne()
        #expect(try await folder.refusal() == nil)
    }

    @Test func anyChangedByteIsFound() async throws {
        try writeSmallOne()
        let sound = try folder.bytes
        for place in sound.indices {
            for mask in [0x01, 0x80, 0xFF] as [UInt8] {
                var bytes = sound
                bytes[place] ^= mask
                try folder.write(bytes)
                let code = try await folder.refusal()
                #expect(code == (place < 12 ? .otherKind : .damaged), "byte \(place), \(mask)")
            }
        }
    }

    @Test func anyMissingOrFurtherByteIsFound() async throws {
        try writeSmallOne()
        let sound = try folder.bytes
        for count in sound.indices {
            try folder.write(Array(sound.prefix(count)))
            let code = try await folder.refusal()
            #expect(code == (count < BackupFormat.headByteCount ? .otherKind : .damaged), "\(count) bytes")
        }
        try folder.write(sound + [0])
        #expect(try await folder.refusal() == .damaged)
        try folder.write(sound + sound)
        #expect(try await folder.refusal() == .damaged)
    }

    @Test func blocksThatAreMissingOrExchangedAreFound() async throws {
        let item = String(repeating: "x", count: 120)
        try folder.write(
            try (0..<6).map { user in (try UserID("\(user)"), try (0..<4000).map { try update("\(item)\($0)", 3, at: 1) }) })
        let sound = try folder.bytes
        let blocks = Self.blocks(of: sound)
        try #require(blocks.count > 2)
        let (first, second) = (blocks[0], blocks[1])
        let without = sound[..<first.lowerBound] + sound[first.upperBound...]
        let exchanged = sound[..<first.lowerBound] + sound[second] + sound[first] + sound[second.upperBound...]
        let twice = sound[..<first.upperBound] + sound[first.lowerBound...]
        for bytes in [without, exchanged, twice] {
            try folder.write(Array(bytes))
            #expect(try await folder.refusal() == .damaged)
        }
        for block in blocks {
            for place in [block.lowerBound, block.lowerBound + 4, block.lowerBound + 500_000, block.upperBound - 1] {
                var bytes = sound
                bytes[place] ^= 0x10
                try folder.write(bytes)
                #expect(try await folder.refusal() == .damaged, "byte \(place)")
            }
        }
    }

    private static func blocks(of file: [UInt8]) -> [Range<Int>] {
        var blocks: [Range<Int>] = []
        var place = BackupFormat.headByteCount
        while true {
            let length = file[place..<place + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length > 0 else { return blocks }
            blocks.append(place..<place + BackupFormat.blockHeadByteCount + length)
            place = blocks[blocks.count - 1].upperBound
        }
    }

    @Test(arguments: ["nan", "inf", "five"]) func whatWeDoNotWriteIsRefusedAlthoughItsChecksumFits(_ rating: String)
        async throws
    {
        let version = RatingVersion.at(1).description
        let entry = BackupRecord.Entry(field: ArraySlice("1".utf8), value: ArraySlice((version + rating).utf8))
        try folder.write(records: [BackupRecord(kind: .profile, key: .profile(of: UserID("ada")), entries: [entry])])
        #expect(try await folder.refusal() == .damaged)
    }

    @Test func keysThatAreNoProfilesAreRefusedAlthoughTheirChecksumFits() async throws {
        let entry = BackupRecord.Entry(field: ArraySlice("1".utf8), value: ArraySlice(RatingVersion.at(1).description.utf8))
        for key in [
            RedisKey.clock, .list(of: try UserID("ada")), RedisKey(text: "kindred:user:{a}b}:ratings"), RedisKey(text: ""),
        ] {
            try folder.write(records: [BackupRecord(kind: .profile, key: key, entries: [entry])])
            #expect(try await folder.refusal() == .damaged, "\(key.text)")
        }
    }

    @Test func whatIsNoFileIsUnreadable() async throws {
        #expect(try await folder.refusal() == .unreadable)
        try folder.write([UInt8]())
        #expect(try await folder.refusal() == .otherKind)
    }

    @Test func aBackupThatFailsLeavesTheEarlierOneAlone() async throws {
        try writeSmallOne()
        let earlier = try folder.bytes
        var nowhere = RedisConfiguration()
        nowhere.port = 1
        let storage = RedisStorage(nowhere, logger: .silent)
        let error = try await storageError { _ = try await storage.backUp(to: folder.file) }
        #expect(error?.code == .connectionFailed)
        await storage.close()
        #expect(try folder.bytes == earlier)
        #expect(try folder.contents == ["ratings.backup"])
    }
}
