import Foundation

/// Argon2id on threads of its own: two at once, which bounds the memory (two times 19 MiB) and leaves the rest of the machine to
/// everybody else, and twenty more that wait. Whoever comes then is told that we are busy.
package final class Argon2Hashing: PasswordHashing {
    private let parameters: Argon2Parameters
    private let desk: HashingDesk
    package let decoy: String

    /// - Parameters:
    ///   - threads: how many hashes are computed at once.
    ///   - room: how many may wait for that.
    package init(parameters: Argon2Parameters = Argon2Parameters(), threads: Int = 2, room: Int = 20) {
        self.parameters = parameters
        desk = HashingDesk(threads: threads, room: room)
        // Nothing that has this hash can be found, nor need there be anything.
        let (salt, tag) = (Self.randomBytes(parameters.saltLength), Self.randomBytes(parameters.tagLength))
        decoy =
            "$argon2id$v=19$m=\(parameters.memory),t=\(parameters.passes),p=\(parameters.lanes)$\(Self.base64(salt))$\(Self.base64(tag))"
    }

    package func hash(_ password: Password) async throws(PasswordError) -> String {
        let (parameters, salt) = (parameters, Self.randomBytes(parameters.saltLength))
        return try await desk.compute { () throws(PasswordError) in try Argon2.hash(password, salt: salt, parameters) }
    }

    package func verify(_ password: Password, against hash: String) async throws(PasswordError) -> Bool {
        try await desk.compute { () throws(PasswordError) in try Argon2.verify(password, against: hash) }
    }

    package func needsRehash(_ hash: String) -> Bool { Argon2Parameters(ofHash: hash) != parameters }

    private static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in .random(in: .min ... .max, using: &generator) }
    }

    /// Without padding, as the PHC string format has it.
    private static func base64(_ bytes: [UInt8]) -> String {
        let text = Data(bytes).base64EncodedString()
        return String(text.prefix { $0 != "=" })
    }
}
