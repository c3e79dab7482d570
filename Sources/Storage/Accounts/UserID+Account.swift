package import Recommenders

extension UserID {
    /// What ids of accounts begin with. Data sets number or hash their users, so none of theirs does.
    package static let accountPrefix = "account-"

    /// 128 random bits after the prefix: nobody guesses one, and no two are alike. Only characters that keys are written with.
    static func ofNewAccount() -> UserID {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        var bits = UInt128.random(in: .min ... .max)
        var characters: [UInt8] = []
        for _ in 0..<26 {
            characters.append(alphabet[Int(bits & 31)])
            bits >>= 5
        }
        return UserID(checked: accountPrefix + String(decoding: characters, as: UTF8.self))
    }
}
