import Testing

@testable import Passwords

@Suite struct PasswordCheckTests {
    @Test func acceptsTheRightPasswordOnly() async throws {
        let hashing = PlainPasswordHashing()
        let check = PasswordCheck(hashing)
        let hash = try await hashing.hash(Password("correct horse"))
        #expect(try await check.accepts(Password("correct horse"), for: hash))
        #expect(try await !check.accepts(Password("Correct horse"), for: hash))
        #expect(try await !check.accepts(Password(""), for: hash))
    }

    /// The same letter, in one character and in two.
    @Test func aPasswordIsTheSameOnEveryKeyboard() async throws {
        let hashing = PlainPasswordHashing()
        let hash = try await hashing.hash(Password("gr\u{FC}ne Wiese"))
        #expect(try await PasswordCheck(hashing).accepts(Password("gru\u{308}ne Wiese"), for: hash))
    }

    @Test func nobodyHasNoPassword() async throws {
        let hashing = CountingHashing()
        let check = PasswordCheck(hashing)
        #expect(try await !check.accepts(Password("whatever"), for: nil))
        #expect(hashing.verified == [hashing.decoy])  // as much work as for anybody
    }

    @Test func makesABetterHashWhenTheParametersHaveChanged() async throws {
        let old = try await PlainPasswordHashing(parameters: "p=0").hash(Password("correct horse"))
        let check = PasswordCheck(PlainPasswordHashing())
        let better = try #require(await check.betterHash(of: Password("correct horse"), than: old))
        #expect(try await check.accepts(Password("correct horse"), for: better))
        #expect(await check.betterHash(of: Password("correct horse"), than: better) == nil)
    }
}
