import Foundation
import Testing

/// What docs/redis.md grants the users of a Redis.
struct AccessRules {
    /// Which Redis they are for, as the documentation has it after ```` ```acl ````.
    enum Part: String, CaseIterable { case data, cache, both }

    /// The lines of its file.
    let lines: [String]

    init(for part: Part) throws {
        let file = URL(filePath: #filePath).appending(path: "../../../../docs/redis.md").standardized
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let fence = try #require(lines.firstIndex(of: "```acl \(part.rawValue)"), "docs/redis.md has no such rules")
        self.lines = lines[(fence + 1)...].prefix { $0 != "```" }.map(String.init)
    }

    var users: [String] { lines.map { String($0.split(separator: " ")[1]) }.filter { $0 != "default" } }

    /// The words of a user's rule.
    func words(of user: String) throws -> [String] {
        let line = try #require(lines.first { $0.hasPrefix("user \(user) on ") }, "docs/redis.md has no such user")
        var words: [String] = []
        for word in line.split(separator: " ").dropFirst(2) {
            // What stands in parentheses is one word.
            if let last = words.last, last.hasPrefix("("), !last.hasSuffix(")") {
                words[words.count - 1] += " \(word)"
            } else {
                words.append(String(word))
            }
        }
        return words
    }

    func password(of user: String) throws -> String {
        let word = try #require(try words(of: user).first { $0.hasPrefix(">") })
        return String(word.dropFirst())
    }
}
