/// What a file of sections is for, and by which bytes it is known.
package struct SectionFileKind: Hashable, Sendable {
    /// For people: "ratings file".
    let name: String
    /// The first eight bytes, in the machine's own order.
    let magic: UInt64
    let version: UInt32
    /// What to do about a file that cannot be read: "import the data set again".
    let cure: String
}

/// The parts of a kind of file, in the order in which they stand in it.
package protocol FileSection: RawRepresentable<UInt32>, CaseIterable, Hashable, Sendable {
    static var kind: SectionFileKind { get }
    /// So many sections at the end may be missing, as from files that were written before there were such; they are read as empty.
    static var optionalCount: Int { get }
}

extension FileSection {
    package static var optionalCount: Int { 0 }

    /// For people.
    var name: String { "section \(rawValue) (\(self))" }
}
