import Jobs
import Recommenders
import ServiceRuntime

extension CompactReader {
    /// The number that every value of ours begins with, by which a later form can be told from this one.
    mutating func version(_ expected: Int) throws {
        guard try integer(Int.self) == expected else { throw Mismatch() }
    }

    mutating func word<Word: RawRepresentable<String>>(_ type: Word.Type = Word.self) throws -> Word {
        guard let word = Word(rawValue: try string()) else { throw Mismatch() }
        return word
    }

    mutating func timestamp() throws -> Timestamp { Timestamp(milliseconds: try integer()) }

    mutating func ratingVersion() throws -> RatingVersion {
        guard let version = RatingVersion(try string()) else { throw Mismatch() }
        return version
    }

    mutating func jobID() throws -> JobID {
        guard let id = JobID(try string()) else { throw Mismatch() }
        return id
    }

    mutating func itemID() throws -> ItemID {
        let text = try string()
        do { return try ItemID(text) } catch { throw Mismatch() }
    }

    mutating func userID() throws -> UserID {
        let text = try string()
        do { return try UserID(text) } catch { throw Mismatch() }
    }
}
