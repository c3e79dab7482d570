package import Recommenders

// A profile is a hash: item → 24 digits of version, then the rating, or nothing when it was taken back, or `x` when the item was
// dismissed.
extension RedisStorage: ProfileStore {
    package func apply(_ updates: [RatingUpdate], for user: UserID) async throws(StorageError) -> LiveProfile {
        guard !updates.isEmpty else { return try await profile(of: user) }
        let read: RedisCommand = ["HGETALL", RedisArgument(.profile(of: user))]
        // Reading by a command of its own costs Redis a quarter of what the same costs in a script.
        let replies = try await data.send([try Self.applying(updates, to: .profile(of: user)), read])
        for case .error(let error) in replies { throw error.storageError }
        let profile = try LiveProfile(copying: replies[1])
        // Not there when the script had to be loaded first, and so ran after the reading.
        if profile.contains(updates) { return profile }
        return try LiveProfile(copying: await data.send(read))
    }

    static func applying(_ updates: [RatingUpdate], to profile: RedisKey) throws(StorageError) -> RedisCommand {
        var arguments = [RedisArgument(ProfileLimits.maximumItems)]
        arguments.reserveCapacity(1 + 3 * updates.count)
        for update in updates {
            arguments.append(.text(update.item.rawValue))
            arguments.append(.text(update.version.description))
            switch update.change {
            case .rated(let rating):
                guard rating.isFinite else { throw StorageError(.rejected, "a rating is no number") }
                arguments.append(.text(rating.description))
            case .removed: arguments.append(.text(""))
            case .dismissed: arguments.append(.text(String(decoding: RatingUpdate.dismissal, as: UTF8.self)))
            }
        }
        return RedisCommand(.applyRatings, keys: [profile, profile.removalOfSameUser], arguments: arguments)
    }

    package func profile(of user: UserID) async throws(StorageError) -> LiveProfile {
        try LiveProfile(copying: await data.send(["HGETALL", RedisArgument(.profile(of: user))]))
    }
}

extension LiveProfile {
    /// The key's fields and values by turns, as HGETALL answers them.
    init(copying reply: RedisReply) throws(StorageError) {
        guard case .array(let entries) = reply, entries.count.isMultiple(of: 2) else { throw .corrupted("a profile") }
        var updates: [RatingUpdate] = []
        updates.reserveCapacity(entries.count / 2)
        for place in stride(from: 0, to: entries.count, by: 2) {
            guard case .string(let item) = entries[place], case .string(let value) = entries[place + 1],
                let update = RatingUpdate(item: item, value: value)
            else { throw .corrupted("a profile") }
            updates.append(update)
        }
        self.init(updates)
    }

    /// Whether of every item in `updates` it has that version or a later one.
    fileprivate func contains(_ updates: [RatingUpdate]) -> Bool {
        updates.allSatisfy { update in self.updates[update.item].map { $0.version >= update.version } ?? false }
    }
}

extension RatingUpdate {
    /// Stands where a rating would. A program from before there were dismissals takes the profile for damaged and leaves it alone.
    fileprivate static let dismissal = Array("x".utf8)

    /// A field of a profile and its value.
    init?(item: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
        guard let text = String(validating: item, as: UTF8.self), let item = try? ItemID(text),
            let version = RatingVersion(bytes: value.prefix(RatingVersion.textByteCount))
        else { return nil }
        let rating = value.dropFirst(RatingVersion.textByteCount)
        if rating.isEmpty {
            self.init(item: item, change: .removed, version: version)
        } else if rating.elementsEqual(Self.dismissal) {
            self.init(item: item, change: .dismissed, version: version)
        } else {
            guard let rating = Double(String(decoding: rating, as: UTF8.self)), rating.isFinite else { return nil }
            self.init(item: item, change: .rated(rating), version: version)
        }
    }
}
