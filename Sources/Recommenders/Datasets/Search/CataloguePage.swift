/// A stretch of what a search found.
package struct CataloguePage: Sendable, Hashable {
    /// Item indices, the most rated first.
    package let items: [UInt32]
    /// How many were found, on this page or not.
    package let total: Int
}
