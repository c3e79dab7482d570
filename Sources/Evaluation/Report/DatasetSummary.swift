package import Recommenders

/// Which data set a figure is of.
package struct DatasetSummary: Hashable, Sendable, Codable {
    package var name: String
    package var users: Int
    package var items: Int
    package var ratings: Int

    package init(name: String, users: Int, items: Int, ratings: Int) {
        self.name = name
        self.users = users
        self.items = items
        self.ratings = ratings
    }

    package init(_ dataset: Dataset) {
        self.init(
            name: dataset.name, users: dataset.ratings.userCount, items: dataset.ratings.itemCount,
            ratings: dataset.ratings.ratingCount)
    }
}
