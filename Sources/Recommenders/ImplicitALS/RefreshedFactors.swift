/// Factors of the items that were rated since a model was trained, which go before the trained ones.
package struct RefreshedFactors: Sendable {
    /// Their Gram matrix is that of all items, those included that are not here.
    let factors: ItemFactors
    let bounds: FactorBounds
    let places: FactorPlaces
    /// How many of them had no factors before.
    let addedItemCount: Int

    package var itemCount: Int { factors.items.count }

    init(_ factors: ItemFactors, addedItemCount: Int) {
        self.factors = factors
        self.addedItemCount = addedItemCount
        bounds = FactorBounds(factors)
        places = FactorPlaces(of: factors)
    }
}
