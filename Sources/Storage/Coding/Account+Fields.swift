import Recommenders
import ServiceRuntime

// An account is a hash: user, name, role, password (its hash), genres (a JSON array), created and changed (milliseconds), seal.
extension Account {
    /// Fields and values by turns.
    func fields(changedAt moment: Timestamp) -> [RedisArgument] {
        [
            "user", .text(user.rawValue), "name", .text(name.text), "role", .text(role.rawValue), "password", .text(passwordHash),
            "genres", .bytes(Self.bytes(ofGenres: genres)), "created", RedisArgument(createdAt.milliseconds),
            "seal", .text(seal.text), "changed", RedisArgument(moment.milliseconds),
        ]
    }

    static func bytes(ofGenres genres: [String]) -> [UInt8] {
        var writer = CompactWriter(prefix: "", capacity: 64)
        writer.array { writer in
            for genre in genres { writer.write(genre) }
        }
        return writer.bytes
    }

    /// From what HGETALL answers; nil for an empty hash.
    static func read(_ reply: RedisReply) throws(StorageError) -> Account? {
        guard let fields = RedisFields(reply) else { throw .corrupted("an account") }
        if fields.isEmpty { return nil }
        guard let account = Account(fields) else { throw .corrupted("an account") }
        return account
    }

    init?(_ fields: RedisFields) {
        guard let user = fields["user"].flatMap({ try? UserID($0) }), let name = fields["name"].flatMap({ try? AccountName($0) }),
            let role = fields["role"].flatMap({ AccountRole(rawValue: $0) }), let hash = fields["password"],
            let createdAt = fields.moment("created"), let seal = fields["seal"], let genres = fields.texts("genres")
        else { return nil }
        self.init(
            user: user, name: name, role: role, passwordHash: hash, genres: genres, createdAt: createdAt,
            seal: SessionSeal(text: seal))
    }
}

extension Session {
    init?(_ fields: RedisFields) {
        guard let user = fields["user"].flatMap({ try? UserID($0) }), let createdAt = fields.moment("created"),
            let expiresAt = fields.moment("expires"), let idleExpiresAt = fields.moment("idle")
        else { return nil }
        self.init(user: user, createdAt: createdAt, expiresAt: expiresAt, idleExpiresAt: idleExpiresAt)
    }
}

/// The fields of a hash and their values.
struct RedisFields {
    private var values: [String: ArraySlice<UInt8>] = [:]

    /// From what HGETALL answers.
    init?(_ reply: RedisReply) {
        guard case .array(let words) = reply, words.count.isMultiple(of: 2) else { return nil }
        for place in stride(from: 0, to: words.count, by: 2) {
            guard let field = words[place].text, case .string(let value) = words[place + 1] else { return nil }
            values[field] = value
        }
    }

    init?(_ entries: [BackupRecord.Entry]) {
        for entry in entries {
            guard let field = String(validating: entry.field, as: UTF8.self) else { return nil }
            values[field] = entry.value
        }
    }

    var isEmpty: Bool { values.isEmpty }

    subscript(field: String) -> String? { values[field].flatMap { String(validating: $0, as: UTF8.self) } }

    func moment(_ field: String) -> Timestamp? { self[field].flatMap { Int64($0) }.map { Timestamp(milliseconds: $0) } }

    func texts(_ field: String) -> [String]? {
        guard let bytes = values[field] else { return nil }
        var reader = CompactReader(bytes, from: 0)
        guard let texts = try? reader.list({ reader in try reader.string() }), reader.isAtEnd else { return nil }
        return texts
    }
}
