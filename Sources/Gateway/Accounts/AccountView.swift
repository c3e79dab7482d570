import Recommenders
import ServiceRuntime
import Storage

extension Account {
    /// As its owner sees it.
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("name", name.text)
            json.field("user", user.rawValue)
            json.field("role", role.rawValue)
            json.field("genres", genres)
            json.field("createdAt", createdAt)
        }
    }
}

extension Session {
    /// - Parameter token: only for who has just opened it: nobody else can know it.
    func write(to json: inout JSONWriter, token: SessionToken? = nil) {
        json.object { json in
            if let token { json.field("token", token.text) }
            json.field("expiresAt", expiresAt)
            json.field("idleExpiresAt", idleExpiresAt)
        }
    }
}
