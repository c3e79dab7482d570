import Hummingbird
import Jobs
import Recommenders
import ServiceRuntime

/// What stands in the path, percent-decoded exactly once; since the router looks at the path as it was sent, `%2F` is part of an id.
extension GatewayRequestContext {
    func user() throws(Problem) -> UserID {
        guard let name = PercentEncoding.decoded(parameters["user"] ?? ""), !name.isDots, let user = try? UserID(name) else {
            throw Problem(.invalidUserID, "A user id is 1 to 128 bytes of percent-encoded UTF-8, neither \".\" nor \"..\".")
        }
        guard name == "me" else { return user }
        guard let user = identity.user else {
            throw Problem(.sessionRequired, "\"me\" is whoever logged in, and nobody did. Name the user instead.")
        }
        return user
    }

    func item() throws(Problem) -> ItemID {
        guard let name = PercentEncoding.decoded(parameters["item"] ?? ""), let item = try? ItemID(name) else {
            throw Problem(.invalidItemID, "An item id is 1 to 128 bytes of percent-encoded UTF-8.")
        }
        return item
    }

    func job() throws(Problem) -> JobID {
        guard let id = parameters.get("job").flatMap({ JobID($0) }) else { throw Problem(.unknownJob) }
        return id
    }
}

extension String {
    /// Clients and proxies take these, however escaped, for steps in the path.
    fileprivate var isDots: Bool { self == "." || self == ".." }
}
