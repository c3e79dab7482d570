/// What Redis answers, copied out of the C library.
indirect enum RedisReply: Sendable, Equatable {
    case null
    case integer(Int64)
    case status(String)
    /// The strings of one array share the memory that holds them.
    case string(ArraySlice<UInt8>)
    case array([RedisReply])
    case error(RedisErrorReply)

    /// The text of a status or a string; nil for everything else, and for bytes that are no UTF-8.
    var text: String? {
        switch self {
        case .status(let text): text
        case .string(let bytes): String(validating: bytes, as: UTF8.self)
        default: nil
        }
    }
}

/// An error that Redis answered: the connection is as good as before.
struct RedisErrorReply: Sendable, Hashable {
    /// "WRONGTYPE Operation against a key …"
    let message: String

    /// Its first word.
    var word: String { String(message.prefix { $0 != " " }) }

    /// What it means to a caller. The message is left out beyond its first word, since Redis quotes keys and arguments in some.
    var storageError: StorageError {
        switch word {
        case "LOADING", "OOM", "READONLY", "MISCONF", "BUSY", "MASTERDOWN", "NOREPLICAS", "TRYAGAIN", "CLUSTERDOWN":
            StorageError(.unavailable, "Redis cannot do it now (\(word))", reply: word)
        case RedisScript.fullProfileWord:
            .profileIsFull
        case RedisScript.removedUserWord:
            .userIsRemoved
        default:
            StorageError(.rejected, "Redis refuses it (\(word))", reply: word)
        }
    }
}
