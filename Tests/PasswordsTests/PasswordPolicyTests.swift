import Testing

@testable import Passwords

@Suite struct PasswordPolicyTests {
    @Test(arguments: ["correct horse", "12 Zeichen ü", "🦄🦄🦄🦄🦄🦄🦄🦄", String(repeating: "ab ", count: 42)])
    func takesWhateverIsLongEnough(_ text: String) throws {
        try PasswordPolicy.check(Password(text), name: "anna")
    }

    @Test(arguments: [
        ("", WeakPassword.tooShort), ("seven c", .tooShort), ("u\u{308}u\u{308}u\u{308}u\u{308}", .tooShort),
        (String(repeating: "x", count: 129), .tooLong), ("Anna.Maria", .isName), ("anna.maria", .isName),
        ("password", .isCommon), ("PassWord1", .isCommon), ("qwertyuiop", .isCommon),
    ])
    func refuses(_ text: String, _ reason: WeakPassword) {
        #expect(throws: reason) { try PasswordPolicy.check(Password(text), name: "anna.Maria") }
    }

    @Test func everyCommonPasswordIsLongEnoughToBeOne() {
        #expect(CommonPasswords.all.count > 150)
        for word in CommonPasswords.all {
            #expect(throws: WeakPassword.isCommon) { try PasswordPolicy.check(Password(word), name: "anna") }
        }
    }
}
