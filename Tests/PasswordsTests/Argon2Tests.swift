import Testing

@testable import Passwords

@Suite struct Argon2Tests {
    /// As little work as there can be.
    static let cheap = {
        var parameters = Argon2Parameters()
        (parameters.memory, parameters.passes) = (8, 1)
        return parameters
    }()

    /// From the tests of the reference implementation (github.com/P-H-C/phc-winner-argon2, src/test.c).
    @Test func isWhatEverybodyElseMeansByIt() throws {
        var parameters = Argon2Parameters()
        parameters.memory = 256
        let hash = try Argon2.hash(Password("password"), salt: Array("somesalt".utf8), parameters)
        #expect(hash == "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
        #expect(try Argon2.verify(Password("password"), against: hash))
        #expect(try !Argon2.verify(Password("passwort"), against: hash))
    }

    @Test func hashesAsOWASPAsks() async throws {
        let hashing = Argon2Hashing()
        let hash = try await hashing.hash(Password("correct horse"))
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        let parts = hash.split(separator: "$")
        #expect(parts[3].count == 22 && parts[4].count == 43)  // 16 and 32 bytes in base 64
        #expect(try await hashing.verify(Password("correct horse"), against: hash))
        #expect(try await !hashing.verify(Password("correct horsf"), against: hash))
        #expect(!hashing.needsRehash(hash))
    }

    @Test func noTwoHashesAreAlike() async throws {
        let hashing = Argon2Hashing(parameters: Self.cheap)
        let hashes = [try await hashing.hash(Password("a")), try await hashing.hash(Password("a"))]
        #expect(hashes[0] != hashes[1])
        for hash in hashes { #expect(try await hashing.verify(Password("a"), against: hash)) }
    }

    /// Else a name that nobody has would be found out by the time that it takes.
    @Test func theDecoyIsAsMuchWorkAsAnyHash() async throws {
        let hashing = Argon2Hashing(parameters: Self.cheap)
        #expect(Argon2Parameters(ofHash: hashing.decoy) == Self.cheap)
        #expect(try await !hashing.verify(Password(""), against: hashing.decoy))
        let (decoy, hash) = (hashing.decoy, try await hashing.hash(Password("a")))
        #expect(decoy.utf8.count == hash.utf8.count && decoy != Argon2Hashing(parameters: Self.cheap).decoy)
    }

    @Test func aHashOfOtherParametersIsToBeMadeAgain() async throws {
        let old = try await Argon2Hashing(parameters: Self.cheap).hash(Password("correct horse"))
        var better = Self.cheap
        better.memory = 16
        let check = PasswordCheck(Argon2Hashing(parameters: better))
        #expect(try await check.accepts(Password("correct horse"), for: old))
        let new = try #require(await check.betterHash(of: Password("correct horse"), than: old))
        #expect(Argon2Parameters(ofHash: new) == better)
        #expect(try await check.accepts(Password("correct horse"), for: new))
        #expect(await check.betterHash(of: Password("correct horse"), than: new) == nil)
    }

    @Test(arguments: [
        "", "$", "plain", "$argon2i$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=16$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=8,t=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=8,t=1,p=1$!!!!!!!!!!!!!!!!!!!!!!$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=-8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        // So much work that nobody who logs in could be served meanwhile.
        "$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=8,t=4294967295,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ])
    func noPasswordFitsWhatIsNoHashOfOurs(_ hash: String) throws {
        #expect(try !Argon2.verify(Password(""), against: hash))
    }
}
