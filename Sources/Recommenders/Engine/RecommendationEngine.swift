/// Answers queries over one data set. Pure: the same profile and query give the same list, on any thread.
package struct RecommendationEngine: Sendable {
    package let dataset: Dataset

    package init(dataset: Dataset) {
        self.dataset = dataset
    }

    /// A list for `profile`, without the items in it.
    package func recommend(for profile: Profile, query: RecommendationQuery) -> RecommendationList {
        fatalError("to be written")
    }
}
