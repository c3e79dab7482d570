import Foundation
import FoundationNetworking

/// What a frontend would use: JSON in, JSON out.
struct HTTPClient: Sendable {
    let port: Int

    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: Data

        /// The body as JSON; an empty object when it is none.
        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
        var text: String { String(decoding: body, as: UTF8.self) }

        /// A value in the body by its path: `answer["result.recommendations.items"]`.
        subscript(path: String) -> Any? {
            path.split(separator: ".").reduce(json as Any?) { value, key in (value as? [String: Any])?[String(key)] }
        }
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers: headers)
    }

    func post(_ path: String, _ body: Any? = nil, headers: [String: String] = [:]) async throws -> Answer {
        try await send("POST", path, body: body, headers: headers)
    }

    func put(_ path: String, _ body: Any? = nil, headers: [String: String] = [:]) async throws -> Answer {
        try await send("PUT", path, body: body, headers: headers)
    }

    func delete(_ path: String, body: Any? = nil, headers: [String: String] = [:]) async throws -> Answer {
        try await send("DELETE", path, body: body, headers: headers)
    }

    private func send(
        _ method: String, _ path: String, body: Any? = nil, headers: [String: String]
    ) async throws -> Answer {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        return try await send(method, path, data: data, headers: headers)
    }

    private func send(
        _ method: String, _ path: String, data: Data?, headers: [String: String]
    ) async throws -> Answer {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url, timeoutInterval: 40)
        request.httpMethod = method
        if let data {
            request.httpBody = data
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (body, response) = try await URLSession.shared.data(for: request)
        let http = response as? HTTPURLResponse
        var fields: [String: String] = [:]
        for (name, value) in http?.allHeaderFields ?? [:] { fields["\(name)".lowercased()] = "\(value)" }
        return Answer(status: http?.statusCode ?? 0, headers: fields, body: body)
    }
}
