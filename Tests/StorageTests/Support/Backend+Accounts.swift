import Jobs
import ServiceRuntime
import Testing

@testable import Storage

typealias Accounts = AccountStore & SessionStore & LoginAttemptStore

extension Backend {
    func withAccounts(_ body: (any Accounts) async throws -> Void) async throws {
        switch self {
        case .inMemory: try await body(InMemoryAccounts())
        case .redis, .twoRedis: try await withStores { try await body(try #require($0 as? any Accounts)) }
        }
    }
}

/// A name that no other test knows.
func someName() throws -> AccountName { try AccountName("T." + JobID.random().rawValue) }

/// An address that no other test counts by.
func someAddress() -> ClientAddress {
    let bytes = (0..<4).map { _ in String(UInt16.random(in: 1 ... .max), radix: 16) }
    return ClientAddress("\(bytes.joined(separator: ":"))::1")
}

let someMoment = Timestamp(milliseconds: 1_700_000_000_000)
