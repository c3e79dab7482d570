import Foundation

/// The service that is to be put under load.
struct LoadTarget: Sendable, Equatable {
    let host: String
    let port: Int
    /// In front of every path; empty, or begins with `/` and does not end so.
    let basePath: String
    let key: String?

    enum Problem: Error, Equatable {
        case notURL
        case encrypted
    }

    /// - Parameter url: such as `http://127.0.0.1:8080`.
    init(url: String, key: String? = nil) throws(Problem) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(), var host = parts.host,
            !host.isEmpty, parts.query == nil, parts.fragment == nil, parts.user == nil
        else { throw .notURL }
        guard scheme != "https" else { throw .encrypted }
        guard scheme == "http" else { throw .notURL }
        if host.hasPrefix("[") && host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard 1...65535 ~= parts.port ?? 80 else { throw .notURL }
        self.host = host
        port = parts.port ?? 80
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        basePath = path
        self.key = key
    }

    /// As the `Host` header has it.
    var authority: String { (host.contains(":") ? "[\(host)]" : host) + (port == 80 ? "" : ":\(port)") }

    var url: String { "http://\(authority)\(basePath)" }
}
