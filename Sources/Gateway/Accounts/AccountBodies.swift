import Jobs
import Passwords
import Recommenders
import Storage

/// `{"name": "ann", "password": "…", "ratings": [{"item": "1", "rating": 4.5}]}`: whoever signs up, and what was rated as a guest.
struct SignUpBody {
    let name: AccountName
    let password: Password
    let ratings: [Job.GuestRating]

    init(reading value: JSONValue, shelf: ItemShelf) throws(Problem) {
        let fields = try JSONFields(value, known: ["name", "password", "ratings"])
        name = try fields.accountName("name")
        password = try fields.newPassword("password", name: name.text)
        let elements = try fields.optional("ratings", as: .array) ?? []
        ratings = try fields.guestRatings(elements, at: "ratings", counts: GuestBody.counts, shelf: shelf)
    }

    /// What a repeated sign-up is compared by: everything but the password, of which nothing but its slow hash may be kept.
    var fingerprint: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("name", name.text)
            for rating in ratings { json.field(rating.item.rawValue, rating.rating) }
        }
        return json.bytes
    }
}

/// `{"name": "ann", "password": "…"}`
struct LoginBody {
    let name: String
    let password: Password

    init(reading value: JSONValue) throws(Problem) {
        let fields = try JSONFields(value, known: ["name", "password"])
        name = try fields.required("name", as: .string)
        password = try fields.offeredPassword("password")
    }
}

/// `{"genres": ["Comedy", "Drama"]}`
struct AccountChangeBody {
    static let maximumCount = 20

    let genres: [String]

    init(reading value: JSONValue, shelf: ItemShelf) throws(Problem) {
        let fields = try JSONFields(value, known: ["genres"])
        let genres = try fields.required("genres", as: .strings)
        guard genres.count <= Self.maximumCount else {
            throw .invalidValue("at most \(Self.maximumCount) genres are expected", at: fields.pointer(to: "genres"))
        }
        for (place, genre) in genres.enumerated() where !shelf.dataset.catalogue.genres.contains(genre) {
            throw .invalidValue("no item has this genre", at: "\(fields.pointer(to: "genres"))/\(place)")
        }
        var seen: Set<String> = []
        self.genres = genres.filter { seen.insert($0).inserted }
    }
}

/// `{"currentPassword": "…", "newPassword": "…"}`
struct PasswordChangeBody {
    let current: Password
    let new: Password

    /// - Parameter name: of the account.
    init(reading value: JSONValue, name: AccountName) throws(Problem) {
        let fields = try JSONFields(value, known: ["currentPassword", "newPassword"])
        current = try fields.offeredPassword("currentPassword")
        new = try fields.newPassword("newPassword", name: name.text)
    }
}

/// `{"password": "…"}`
struct PasswordBody {
    let password: Password

    init(reading value: JSONValue) throws(Problem) {
        password = try JSONFields(value, known: ["password"]).offeredPassword("password")
    }
}

extension JSONFields {
    fileprivate func accountName(_ name: String) throws(Problem) -> AccountName {
        let text = try required(name, as: .string)
        do throws(InvalidAccountName) {
            return try AccountName(text)
        } catch {
            throw Problem(
                .invalidName, "Choose another one.", errors: [.init(pointer: pointer(to: name), detail: "\(error)")])
        }
    }

    /// - Parameter account: the name of whose password it is to be.
    fileprivate func newPassword(_ name: String, name account: String) throws(Problem) -> Password {
        let password = Password(try required(name, as: .string))
        do throws(WeakPassword) {
            try PasswordPolicy.check(password, name: account)
        } catch {
            throw Problem(
                .weakPassword, "Choose another one.", errors: [.init(pointer: pointer(to: name), detail: error.rawValue)])
        }
        return password
    }

    /// One to be checked: whatever it is, it is only wrong.
    fileprivate func offeredPassword(_ name: String) throws(Problem) -> Password {
        Password(try required(name, as: .string))
    }
}
