import Jobs
import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

/// Identifiers are any bytes, so some will be made to reach what belongs to others.
@Suite struct HostileIdentifierTests {
    static let texts = [
        "\u{0}", "a\u{0}b", "\n", "\r\n", "a}:b{", "{a}", "}", "{", ":", "a:ratings", "%", "%7D", "a%3Ab", "a:b", " ", "a b", "😀",
        "é",
        "*3\r\n$3\r\nSET\r\n", "'); redis.call('FLUSHALL') --", "\" .. ARGV[1] .. \"", "]]", "*", "?", "../..", "kindred:job:x",
        "$6\r\nfoobar\r\n", "null", "\"", "\\", String(repeating: "x", count: 100), String(repeating: "😀", count: 25),
        "x}:ratings", "x}:list", "A", "a", "１",
    ]

    @Test(arguments: Backend.available) func neverReachWhatBelongsToOthers(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let prefix = JobID.random().rawValue
            let users = try Self.texts.map { try UserID(prefix + $0) }
            for (place, user) in users.enumerated() {
                _ = try await stores.apply([update("item", Double(place), at: 1)], for: user)
                try await stores.save(list(["\(place)"], seen: .at(1)), for: user, lifetime: .seconds(60))
            }
            for (place, user) in users.enumerated() {
                let (own, ownList) = (try update("item", Double(place), at: 1), try list(["\(place)"], seen: .at(1)))
                #expect(try await stores.profile(of: user) == LiveProfile([own]))
                #expect(try await stores.list(for: user) == ownList)
            }
        }
    }

    @Test(arguments: Backend.available) func areKeptAsItemsByteForByte(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let updates = try Self.texts.enumerated().map { try update($1, Double($0), at: UInt64($0)) }
            let profile = try await stores.apply(updates, for: user)
            #expect(profile == LiveProfile(updates))
            let saved = try list(Self.texts, seen: .at(1))
            try await stores.save(saved, for: user, lifetime: .seconds(60))
            let read = try await stores.list(for: user)
            #expect(read?.list.items.map { Array($0.item.rawValue.utf8) } == Self.texts.map { Array($0.utf8) })
        }
    }

    @Test func giveKeysOfTheirOwnWithOneHashTagPerUser() throws {
        var keys: Set<[UInt8]> = []
        for text in Self.texts + ["e\u{301}", "\u{E9}"] {
            let user = try UserID(text)
            let (profile, list) = (RedisKey.profile(of: user).text, RedisKey.list(of: user).text)
            for key in [profile, list] {
                #expect(key.utf8.allSatisfy { 0x21...0x7E ~= $0 })
                #expect(key.count { $0 == "{" } == 1 && key.count { $0 == "}" } == 1)
                #expect(key.hasPrefix("kindred:user:{"))
                keys.insert(Array(key.utf8))
            }
            #expect(profile.split(separator: "}")[0] == list.split(separator: "}")[0])
        }
        #expect(keys.count == 2 * Set((Self.texts + ["e\u{301}", "\u{E9}"]).map { Array($0.utf8) }).count)
    }
}
