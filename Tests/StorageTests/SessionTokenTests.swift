import Foundation
import Testing

@testable import Storage

@Suite struct SessionTokenTests {
    @Test func is256RandomBitsInBase64() throws {
        var tokens: Set<String> = []
        var bits = Set<UInt8>()
        for _ in 0..<200 {
            let token = SessionToken.random()
            tokens.insert(token.text)
            let base64 = token.text.replacing("-", with: "+").replacing("_", with: "/") + "="
            let bytes = [UInt8](try #require(Data(base64Encoded: base64)))
            #expect(bytes.count == 32)
            bits.formUnion(bytes)
            #expect(SessionToken(token.text)?.digest == token.digest)
        }
        #expect(tokens.count == 200 && bits.count == 256)
    }

    @Test func isWrittenAsEverybodyWritesIt() {
        struct Zeros: RandomNumberGenerator { mutating func next() -> UInt64 { 0 } }
        struct Ones: RandomNumberGenerator { mutating func next() -> UInt64 { .max } }
        var (zeros, ones) = (Zeros(), Ones())
        #expect(SessionToken.random(using: &zeros).text == String(repeating: "A", count: 43))
        #expect(SessionToken.random(using: &ones).text == String(repeating: "_", count: 42) + "8")
    }

    @Test func isKeptByNothingButItsDigest() {
        let token = SessionToken.random()
        #expect(!"\(token)".contains(token.text) && !token.digest.hexadecimal.contains(token.text))
        // As sha256sum has it.
        let digest = "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a"
        #expect(SessionToken(String(repeating: "A", count: 43))?.digest.hexadecimal == digest)
    }

    @Test(arguments: [
        "", "A", String(repeating: "A", count: 42), String(repeating: "A", count: 44), String(repeating: "=", count: 43),
        String(repeating: "+", count: 43), String(repeating: "A", count: 42) + "\n", String(repeating: "é", count: 21) + "A",
    ])
    func isNothingElse(_ text: String) { #expect(SessionToken(text) == nil) }
}
