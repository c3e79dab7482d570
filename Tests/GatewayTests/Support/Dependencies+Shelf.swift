import Recommenders

@testable import Gateway

/// What tests want otherwise on the shelf.
extension Dependencies {
    var similarItems: ItemWeights? {
        get { shelf().similarItems }
        set { put(ItemShelf(dataset: shelf().dataset, algorithms: algorithms, similarItems: newValue)) }
    }

    var algorithms: [Algorithm] {
        get { shelf().algorithms }
        set { put(ItemShelf(dataset: shelf().dataset, algorithms: newValue, similarItems: similarItems)) }
    }

    private mutating func put(_ new: ItemShelf) { shelf = { new } }
}
