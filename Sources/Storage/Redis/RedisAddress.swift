/// Where a server listens.
package struct RedisAddress: Sendable, Hashable, CustomStringConvertible {
    package var host: String
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// - Parameter text: `host`, `host:port` or, for an address of IPv6, `[host]:port`.
    init?(_ text: some StringProtocol, defaultPort: Int) {
        var host = text[...]
        var port: Int? = defaultPort
        if let bracket = text.lastIndex(of: "]"), text.first == "[" {
            host = text[text.index(after: text.startIndex)..<bracket]
            let rest = text[text.index(after: bracket)...]
            if !rest.isEmpty { port = rest.first == ":" ? Int(rest.dropFirst()) : nil }
        } else if let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            port = Int(text[text.index(after: colon)...])
        }
        guard let port, 1...65535 ~= port, !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
        self.init(host: String(host), port: port)
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
