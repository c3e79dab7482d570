extension RecommendationEngine {
    /// The places of a list as they are kept, with what their scores are made of.
    func recommendations(_ draft: ListDraft, for profile: Profile, in view: EngineView) -> [Recommendation] {
        // Where there is but one rating to give, nothing is to be predicted.
        let isPredictable = dataset.scale.maximum > dataset.scale.minimum
        let generosity = view.baseline.generosity(of: profile)
        return zip(draft.items, draft.choices.places).map { ranked, choice in
            var place = Recommendation(item: view.id(of: ranked.item), score: 0, placement: choice.placement)
            var parts = ScoreParts(others: ranked.others, base: ranked.base, boost: choice.boost)
            if let popularity = choice.popularity {
                parts.base = Double(popularity)
                place.score = parts.base
            } else if choice.score > -.infinity {
                place.score = choice.boostedScore
            }
            place.parts = parts
            if isPredictable {
                // Algorithms that rank without predicting ratings are helped out, so that stars can be shown for every list.
                place.predictedRating = ranked.predictedRating ?? view.baseline.rating(of: ranked.item, generosity: generosity)
            }
            place.matchPercent = ranked.matchPercent
            place.because = zip(ranked.because, ranked.contributions).map { place, contribution in
                Because(
                    item: view.id(of: profile.items[place]), rating: dataset.scale.value(of: profile.codes[place]),
                    contribution: contribution)
            }
            return place
        }
    }
}
