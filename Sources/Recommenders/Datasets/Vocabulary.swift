/// External ids and their dense indices, which is all that the algorithms see (after LensKit's class of that name).
package struct Vocabulary<ID: Hashable & Sendable>: Sendable {
    /// By index.
    package let ids: [ID]
    private let indices: [ID: UInt32]

    /// - Precondition: no id occurs twice.
    package init(_ ids: [ID]) {
        self.ids = ids
        self.indices = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, UInt32($0)) })
    }

    package var count: Int { ids.count }

    package func index(of id: ID) -> UInt32? { indices[id] }

    package subscript(index: UInt32) -> ID { ids[Int(index)] }
}
