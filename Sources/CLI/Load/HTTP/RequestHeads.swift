import NIOCore
import NIOHTTP1

/// The first lines of requests, of which most are always the same.
struct RequestHeads {
    private let basePath: String
    private let common: HTTPHeaders

    init(_ target: LoadTarget) {
        basePath = target.basePath
        var headers: HTTPHeaders = ["Host": target.authority, "User-Agent": "kindred-load"]
        if let key = target.key { headers.add(name: "Authorization", value: "Bearer \(key)") }
        common = headers
    }

    /// - Parameter wait: seconds for `Prefer: wait`.
    func head(_ method: HTTPMethod, _ path: String, body: ByteBuffer? = nil, wait: Int? = nil) -> HTTPRequestHead {
        var headers = common
        if let body {
            headers.add(name: "Content-Type", value: "application/json")
            headers.add(name: "Content-Length", value: "\(body.readableBytes)")
        } else if method != .GET {
            headers.add(name: "Content-Length", value: "0")
        }
        if let wait { headers.add(name: "Prefer", value: "wait=\(wait)") }
        return HTTPRequestHead(
            version: .http1_1, method: method, uri: basePath.isEmpty ? path : basePath + path, headers: headers)
    }
}
