package import Recommenders

// A hash: item → what it is; and beside it a string that is another one after every change.
extension RedisStorage: AddedItemStore {
    package func describe(_ item: ItemID, as entry: CatalogueEntry) async throws(StorageError) {
        let version = String(UInt64.random(in: .min ... .max), radix: 36)
        let replies = try await connection(of: .data).send([
            ["HSET", RedisArgument(.items), .text(item.rawValue), .bytes(entry.bytes)],
            // After the item: whoever sees the new version sees the item.
            ["SET", RedisArgument(.itemsVersion), .text(version)],
        ])
        for case .error(let error) in replies { throw error.storageError }
    }

    package func addedItems(unlessAt known: String?) async throws(StorageError) -> AddedItems? {
        let data = connection(of: .data)
        let reply = try await data.send(["GET", RedisArgument(.itemsVersion)])
        let version = reply.text
        guard version != nil || reply == .null else { throw .corrupted("the version of items") }
        if version == known { return nil }
        guard case .array(let fields) = try await data.send(["HGETALL", RedisArgument(.items)]), fields.count.isMultiple(of: 2)
        else { throw .corrupted("items") }
        var entries: [ItemID: CatalogueEntry] = [:]
        for place in stride(from: 0, to: fields.count, by: 2) {
            guard let item = fields[place].text.flatMap({ try? ItemID($0) }), case .string(let bytes) = fields[place + 1],
                let entry = CatalogueEntry(bytes: bytes)
            else { throw .corrupted("an item") }
            entries[item] = entry
        }
        return AddedItems(version: version, entries: entries)
    }
}

// 1, title, year, genres.
extension CatalogueEntry {
    var bytes: [UInt8] {
        var writer = CompactWriter(prefix: "", capacity: 64 + title.utf8.count)
        writer.array { writer in
            writer.write(1)
            writer.write(title)
            writer.optional(year)
            writer.array { writer in
                for genre in genres { writer.write(genre) }
            }
        }
        return writer.bytes
    }

    init?(bytes: ArraySlice<UInt8>) {
        var reader = CompactReader(bytes, from: 0)
        let entry = try? reader.array { reader in
            try reader.version(1)
            return CatalogueEntry(
                title: try reader.string(), year: try reader.optional { try $0.integer() },
                genres: try reader.list { try $0.string() })
        }
        guard let entry, reader.isAtEnd else { return nil }
        self = entry
    }
}
