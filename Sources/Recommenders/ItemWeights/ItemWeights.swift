/// What every item says for or against every other: a sparse item × item matrix by which a linear model scores, the form in which
/// `EASE`, `GraphFilter` and `ItemNeighbors` all are served.
///
/// Row `j` lists what item `j` says: having rated it adds `weights[p]` to the score of `items[p]`, for p in
/// `starts[j] ..< starts[j + 1]`. No row names its own item, nor any item twice. Rows may be in any order; that of `ItemNeighbors` is
/// strongest first.
package struct ItemWeights: Sendable, Equatable {
    /// `itemCount + 1` ascending elements, from 0 to `items.count`.
    package let starts: FlatArray<Int>
    package let items: FlatArray<UInt32>
    /// Finite.
    package let weights: FlatArray<Float>
    /// 1 for the items that the model knows, 0 for those of which it can say nothing, whatever the profile.
    package let covered: FlatArray<UInt8>

    /// - Precondition: the parts fit each other as their comments say.
    package init(starts: FlatArray<Int>, items: FlatArray<UInt32>, weights: FlatArray<Float>, covered: FlatArray<UInt8>) {
        precondition(starts.count == covered.count + 1 && starts.first == 0)
        precondition(starts.last == items.count && weights.count == items.count)
        self.starts = starts
        self.items = items
        self.weights = weights
        self.covered = covered
    }

    package var itemCount: Int { covered.count }

    /// Where what item `item` says stands in `items` and `weights`.
    package func row(_ item: Int) -> Range<Int> { starts[item]..<starts[item + 1] }
}
