import Testing

@testable import Passwords

@Suite struct PasswordPolicyTests {
    @Test(arguments: ["correct horse", "12 Zeichen ü", "🦄🦄🦄🦄🦄🦄🦄🦄", String(repeating: "ab ", count: 42)])
    func takesWhateverIsLongEnough(_ text: String) throws {
        try PasswordPolicy.check(Password(text), name: "anna")
    }

    @Test(arguments: [
        ("", WeakPassword.tooShort), ("seven c", .tooShort), ("u\u{308}u\u{308}u\u{308}u\u{308}", .tooShort),
        (String(repeating: "x", count: 129), .tooLong), (String(repeating: "\u{301}\u{316}", count: 4096), .tooLong),
        ("Anna.Maria", .isName), ("anna.maria", .isName),
        ("password", .isCommon), ("PassWord1", .isCommon), ("qwertyuiop", .isCommon),
    ])
    func refuses(_ text: String, _ reason: WeakPassword) {
        #expect(throws: reason) { try PasswordPolicy.check(Password(text), name: "anna.Maria") }
    }

    /// Its normal form is never made, which would cost a second of computing for 64 KB.
    @Test func whatIsMuchTooLongIsNotRead() {
        let password = Password("a" + String(repeating: "\u{301}", count: 1024))
        #expect(password.bytes.isEmpty && password.length == .max)
        #expect(Password("a" + String(repeating: "\u{301}", count: 1023)).length == 1023)
    }

    @Test func everyCommonPasswordIsLongEnoughToBeOne() {
        #expect(CommonPasswords.all.count > 150)
        for word in CommonPasswords.all {
            #expect(throws: WeakPassword.isCommon) { try PasswordPolicy.check(Password(word), name: "anna") }
        }
    }
}
