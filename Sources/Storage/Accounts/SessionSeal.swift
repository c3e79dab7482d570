import ServiceRuntime

/// What ties sessions to an account as it was when they were opened. No secret: who knows it gains nothing.
package struct SessionSeal: Hashable, Sendable {
    /// 16 hexadecimal digits.
    let text: String

    package static func random() -> SessionSeal {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return SessionSeal(text: String(repeating: "0", count: 16 - digits.utf8.count) + digits)
    }
}
