/// Keeps passwords as they are: for tests, which then take no time. Nothing that runs for people may use it.
package struct PlainPasswordHashing: PasswordHashing {
    /// Goes into each hash; whatever was made with another one is to be made again.
    private let parameters: String

    package init(parameters: String = "p=1") {
        self.parameters = parameters
    }

    package func hash(_ password: Password) async throws(PasswordError) -> String { prefix + hexadecimal(password) }

    package func verify(_ password: Password, against hash: String) async throws(PasswordError) -> Bool {
        hash.hasPrefix("$plain$") && hash.split(separator: "$").last.map(String.init) == hexadecimal(password)
    }

    package func needsRehash(_ hash: String) -> Bool { !hash.hasPrefix(prefix) }

    package var decoy: String { prefix + "none" }

    private var prefix: String { "$plain$\(parameters)$" }

    private func hexadecimal(_ password: Password) -> String {
        // Never empty, so that there is a last part.
        "0x" + password.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
