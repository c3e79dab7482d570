import Experiments
import Jobs
import Recommenders
import ServiceRuntime

/// Every key that we write, and nobody else spells one.
///
/// | key | kind | lives |
/// | --- | --- | --- |
/// | `kindred:user:{…}:ratings` | hash: item → version and rating | for good |
/// | `kindred:user:{…}:list` | string: ratings version and list | as long as its writer says |
/// | `kindred:user:{…}:shown` | sorted set: item, by when it was last shown | as long as it counts as shown |
/// | `kindred:user:{…}:removed` | hash: when the user was removed | for good |
/// | `kindred:items` | hash: item that the ratings file did not know → what it is | for good |
/// | `kindred:items:version` | string: another one after every change of those | for good |
/// | `kindred:visible` | hash: a user who agreed to be found by others → since when | until it is taken back |
/// | `kindred:account:{…}` | hash: an account, under its user's id | until it is deleted |
/// | `kindred:name:…` | string: the key of the account that has the name, in lower case | until it is deleted |
/// | `kindred:session:…` | hash: a session and the key of its account, under the digest of its token | until it ends |
/// | `kindred:login:name:…` | string: attempts to log in, and when the next one may be made | a day |
/// | `kindred:login:address:…` | string: when the limit of an address is as good as new | until then |
/// | `kindred:job:…` | string: rank and record | an hour from its end; a week while it has none |
/// | `kindred:idempotency:…` | string: a claim, under the digest of its key | a day |
/// | `kindred:user:{…}:experiments` | hash: the user's part in experiments | until the last of them is over |
/// | `kindred:user:{…}:exposures` | hash: item → when it was handed out, and what was counted of it | while the user is observed |
/// | `kindred:experiment:…` | hash: what was counted, under name and phase | 90 days from its end |
/// | `kindred:clock` | string: the latest version that was given | for good |
/// | `kindred:rate:key:…`, `kindred:rate:user:…` | string: when a bucket is as good as new | until then |
///
/// A user's id stands in braces, the hash tag by which a cluster keeps all keys of one user on one node. Every byte of it outside
/// `A-Z a-z 0-9 _ . -` is written `%XX`, so no id can close the brace, reach another key or be taken for another id.
struct RedisKey: Hashable {
    let text: String

    static func profile(of user: UserID) -> RedisKey { RedisKey(text: "kindred:user:{\(escaped(user.rawValue))}:ratings") }
    static func list(of user: UserID) -> RedisKey { RedisKey(text: "kindred:user:{\(escaped(user.rawValue))}:list") }
    static func impressions(of user: UserID) -> RedisKey { RedisKey(text: "kindred:user:{\(escaped(user.rawValue))}:shown") }
    static func removal(of user: UserID) -> RedisKey { RedisKey(text: "kindred:user:{\(escaped(user.rawValue))}:removed") }
    static func participation(of user: UserID) -> RedisKey {
        RedisKey(text: "kindred:user:{\(escaped(user.rawValue))}:experiments")
    }
    static func exposures(of user: UserID) -> RedisKey {
        RedisKey(text: "kindred:user:{\(escaped(user.rawValue))}:exposures")
    }
    static func counts(of experiment: Experiment) -> RedisKey {
        RedisKey(text: "kindred:experiment:\(experiment.name):\(experiment.phase)")
    }
    static func account(of user: UserID) -> RedisKey { RedisKey(text: "kindred:account:{\(escaped(user.rawValue))}") }
    static func name(_ name: AccountName) -> RedisKey { RedisKey(text: "kindred:name:\(name.folded)") }
    static func session(_ token: TokenDigest) -> RedisKey { RedisKey(text: "kindred:session:\(token.hexadecimal)") }
    static func attempts(for name: AccountName) -> RedisKey { RedisKey(text: "kindred:login:name:\(name.folded)") }
    static func attempts(from address: ClientAddress) -> RedisKey { RedisKey(text: "kindred:login:address:\(address.text)") }
    static func job(_ id: JobID) -> RedisKey { RedisKey(text: "kindred:job:\(id.rawValue)") }
    static let items = RedisKey(text: "kindred:items")
    static let itemsVersion = RedisKey(text: "kindred:items:version")
    static let visible = RedisKey(text: "kindred:visible")
    static let clock = RedisKey(text: "kindred:clock")
    static func idempotency(_ key: IdempotencyKey) -> RedisKey { RedisKey(text: "kindred:idempotency:\(key.digest)") }

    static func rateLimit(ofScope digest: String) -> RedisKey { RedisKey(text: "kindred:rate:key:\(digest)") }
    static func rateLimit(of user: UserID) -> RedisKey { RedisKey(text: "kindred:rate:user:\(escaped(user.rawValue))") }

    /// What `SCAN` finds all profiles by.
    static let everyProfile = "kindred:user:{*}:ratings"
    static let everyRemoval = "kindred:user:{*}:removed"
    static let everyAccount = "kindred:account:{*}"

    /// A key that was read; nil when it is no profile's.
    static func profile(named text: String) -> RedisKey? { key(text, from: "kindred:user:{", to: "}:ratings") }
    static func removal(named text: String) -> RedisKey? { key(text, from: "kindred:user:{", to: "}:removed") }
    static func account(named text: String) -> RedisKey? { key(text, from: "kindred:account:{", to: "}") }

    var profileOfSameUser: RedisKey { RedisKey(text: "kindred:user:\(tag):ratings") }
    var removalOfSameUser: RedisKey { RedisKey(text: "kindred:user:\(tag):removed") }
    var accountOfSameUser: RedisKey { RedisKey(text: "kindred:account:\(tag)") }

    /// The user whose key this is, braces included.
    private var tag: Substring { text.drop { $0 != "{" }.prefix { $0 != ":" } }

    private static func key(_ text: String, from start: String, to end: String) -> RedisKey? {
        guard text.hasPrefix(start), text.hasSuffix(end), text.utf8.count > start.utf8.count + end.utf8.count else { return nil }
        let user = text.utf8.dropFirst(start.utf8.count).dropLast(end.utf8.count)
        guard user.allSatisfy({ isPlain($0) || $0 == UInt8(ascii: "%") }) else { return nil }
        return RedisKey(text: text)
    }

    private static func escaped(_ identifier: String) -> String {
        if identifier.utf8.allSatisfy(isPlain) { return identifier }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 * identifier.utf8.count)
        for byte in identifier.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
