import Recommenders
package import ServiceRuntime

/// What is in a backup.
package struct BackupSummary: Sendable, Hashable {
    /// When it was begun: whatever Redis had acknowledged before is in it.
    package var createdAt: Timestamp
    /// Keys by kind.
    package var keys: [DataKind: Int] = [:]
    /// Ratings.
    package var entries = 0
    /// Keys that were left out because they hold what we do not write.
    package var unreadable = 0
}

/// What came of restoring one.
package struct RestoreSummary: Sendable, Hashable {
    package var backup: BackupSummary
    /// Ratings that were newer than what was kept (and were written, unless it was only tried).
    package var newer = 0
    /// The same of everything else, by key.
    package var newerKeys = 0
    /// Profiles that would have grown beyond their bound, and stayed as they were.
    package var full = 0
}

extension RedisStorage {
    /// How many entries are in memory at once, about.
    private static let groupSize = 50_000
    /// What a key costs by itself, in entries: so no group has more commands than may wait.
    private static let recordWeight = 10

    /// Writes everything that the data role holds for good to a file, which is there when this returns and not before.
    ///
    /// The service may go on meanwhile: each key is as it was at some moment after the beginning.
    ///
    /// - Parameter progress: is told the share of the keys that was looked at, 0 to 1.
    /// - Throws: `StorageError`, `BackupError`, or `CancellationError`; there is no file then.
    package func backUp(
        to path: String, now: Timestamp = .now, progress: (Double) -> Void = { _ in }
    ) async throws -> BackupSummary {
        var summary = BackupSummary(createdAt: now)
        var writer = try BackupWriter(path: path, createdAt: now)
        guard case .integer(let total) = try await data.send(["DBSIZE"]) else { throw StorageError.unexpected("DBSIZE") }
        for (place, kind) in DataKind.allCases.enumerated() {
            var cursor = "0"
            var looked = 0
            repeat {
                let page = try await keys(of: kind, from: cursor)
                cursor = page.cursor
                for group in try await groups(of: page.keys) {
                    try Task.checkCancellation()
                    for record in try await records(of: kind, group) {
                        guard let record else {
                            summary.unreadable += 1
                            continue
                        }
                        guard !record.entries.isEmpty else { continue }  // gone meanwhile
                        try writer.append(record)
                        summary.count(record)
                    }
                }
                looked += Self.scanCount
                let share = min(1, Double(looked) / Double(max(total, 1)))
                progress((Double(place) + share) / Double(DataKind.allCases.count))
            } while cursor != "0"
        }
        try writer.commit()
        return summary
    }

    /// Merges a backup into what is kept: of every entry the later version stays, so that restoring an old backup, or one twice, changes
    /// nothing that is newer. The whole file is looked at before anything is written.
    ///
    /// - Parameter writes: false to count only.
    /// - Parameter progress: is told the share of the file that was restored, 0 to 1.
    /// - Throws: `BackupError` when nothing was written, `StorageError` or `CancellationError` when some may have been; doing it again
    ///   is safe.
    package func restore(
        from path: String, writes: Bool = true, progress: (Double) -> Void = { _ in }
    ) async throws -> RestoreSummary {
        var reader = try BackupReader(path: path)
        var summary = RestoreSummary(backup: BackupSummary(createdAt: reader.createdAt))
        var latest: RatingVersion?
        var removals: [BackupRecord] = []
        while let records = try reader.next() {
            try Task.checkCancellation()
            for record in records {
                summary.backup.count(record)
                latest = [latest, record.latestVersion].compactMap(\.self).max()
                if record.kind == .removal { removals.append(record) }
            }
        }
        // Before the ratings, so that none is given an earlier version meanwhile than what it replaces.
        if writes, let latest { _ = try await self.latest(raisedTo: latest) }
        // Before everything else: a user may have been removed while the backup was made, and be in it nevertheless.
        for group in stride(from: 0, to: removals.count, by: Self.scanCount) {
            try await merge(removals[group..<min(group + Self.scanCount, removals.count)], writes: writes, into: &summary)
        }
        let removed = Set(removals.map(\.key))
        reader.rewind()
        while let records = try reader.next() {
            var rest = records.filter { !removed.contains($0.key.removalOfSameUser) }[...]
            while !rest.isEmpty {
                try Task.checkCancellation()
                let group = rest.prefix(fitting: Self.groupSize) { $0.entries.count + Self.recordWeight }
                rest = rest.dropFirst(group.count)
                try await merge(group, writes: writes, into: &summary)
            }
            progress(Double(reader.place) / Double(max(reader.byteCount, 1)))
        }
        return summary
    }

    private func merge(
        _ records: ArraySlice<BackupRecord>, writes: Bool, into summary: inout RestoreSummary
    ) async throws(StorageError) {
        for (record, reply) in zip(records, try await writes ? merge(records) : compare(records)) {
            switch reply {
            case .success(let count) where record.kind == .profile: summary.newer += count
            case .success(let count): summary.newerKeys += count
            case .failure(let error) where error.code == .profileFull: summary.full += 1
            case .failure(let error) where error.code == .userRemoved: break
            case .failure(let error): throw error
            }
        }
    }

    /// Writes what is newer, and says of each how much was.
    private func merge(_ records: ArraySlice<BackupRecord>) async throws(StorageError) -> [Result<Int, StorageError>] {
        var commands: [RedisCommand] = []
        for record in records { commands.append(try record.merging()) }
        return try await data.send(commands).map { reply in
            switch reply {
            case .integer(let count): .success(Int(count))
            case .error(let error): .failure(error.storageError)
            default: .failure(.unexpected("a script"))
            }
        }
    }

    /// Says of each how much would be written.
    private func compare(_ records: ArraySlice<BackupRecord>) async throws(StorageError) -> [Result<Int, StorageError>] {
        let kept = try await data.send(records.map { ["HGETALL", RedisArgument($0.key)] })
        let removals = try await data.send(records.map { ["EXISTS", RedisArgument($0.key.removalOfSameUser)] })
        return zip(records, zip(kept, removals)).map { record, replies in
            if case .error(let error) = replies.0 { return .failure(error.storageError) }
            if record.kind != .removal, replies.1 == .integer(1) { return .success(0) }
            return Result { () throws(StorageError) in try record.newerEntries(than: replies.0) }
        }
    }

    // MARK: - Reading all keys

    private static let scanCount = 1000

    private func keys(
        of kind: DataKind, from cursor: String
    ) async throws(StorageError) -> (cursor: String, keys: [RedisKey]) {
        let reply = try await data.send([
            "SCAN", .text(cursor), "MATCH", .text(kind.pattern), "COUNT", RedisArgument(Self.scanCount),
        ])
        guard case .array(let parts) = reply, parts.count == 2, let cursor = parts[0].text, case .array(let names) = parts[1]
        else {
            throw .unexpected("SCAN")
        }
        return (cursor, names.compactMap { $0.text.flatMap { kind.key($0) } })
    }

    /// `keys` in groups whose entries fit into memory together.
    private func groups(of keys: [RedisKey]) async throws(StorageError) -> [ArraySlice<RedisKey>] {
        let replies = try await data.send(keys.map { ["HLEN", RedisArgument($0)] })
        var sizes: [RedisKey: Int] = [:]
        for (key, reply) in zip(keys, replies) {
            if case .integer(let size) = reply { sizes[key] = Int(size) }
        }
        var groups: [ArraySlice<RedisKey>] = []
        var rest = keys[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(fitting: Self.groupSize) { sizes[$0] ?? 0 })
            rest = rest.dropFirst(groups[groups.count - 1].count)
        }
        return groups
    }

    /// - Returns: nil for each key that holds what we do not write.
    private func records(of kind: DataKind, _ keys: ArraySlice<RedisKey>) async throws(StorageError) -> [BackupRecord?] {
        let replies = try await data.send(keys.map { ["HGETALL", RedisArgument($0)] })
        return zip(keys, replies).map { key, reply in
            guard case .array(let words) = reply, words.count.isMultiple(of: 2) else { return nil }
            var entries: [BackupRecord.Entry] = []
            entries.reserveCapacity(words.count / 2)
            for place in stride(from: 0, to: words.count, by: 2) {
                guard case .string(let field) = words[place], case .string(let value) = words[place + 1] else { return nil }
                entries.append(BackupRecord.Entry(field: field, value: value))
            }
            let record = BackupRecord(kind: kind, key: key, entries: entries)
            return entries.isEmpty || record.isSound ? record : nil
        }
    }
}

extension BackupSummary {
    fileprivate mutating func count(_ record: BackupRecord) {
        keys[record.kind, default: 0] += 1
        if record.kind == .profile { entries += record.entries.count }
    }
}

extension ArraySlice {
    /// As many from the front as weigh no more than `limit` together; at least one.
    fileprivate func prefix(fitting limit: Int, weight: (Element) -> Int) -> ArraySlice {
        var sum = 0
        var end = startIndex
        while end < endIndex {
            sum += weight(self[end])
            guard sum <= limit || end == startIndex else { break }
            end += 1
        }
        return self[startIndex..<end]
    }
}
