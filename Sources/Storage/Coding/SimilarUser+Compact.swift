import Recommenders

// Similarity, number of shared items, items that both like, and the other's best.
extension SimilarUser {
    func write(to writer: inout CompactWriter) {
        writer.array { writer in
            writer.write(similarity)
            writer.write(sharedItems)
            writer.write(likedByBoth.map(\.rawValue))
            writer.write(best.map(\.rawValue))
        }
    }

    init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            SimilarUser(
                similarity: try reader.double(), sharedItems: try reader.integer(),
                likedByBoth: try reader.list { try $0.itemID() },
                best: try reader.list { try $0.itemID() })
        }
    }
}
