/// What `kindred train` makes of a data set and the worker answers from.
package struct TrainedModel: Sendable {
    package let parameters: ModelParameters
    package let content: Content
    /// Of the ids of the items it was trained on, which are known to it by their indices only.
    package let itemsFingerprint: UInt64

    package enum Content: Sendable {
        /// Nothing was learned: the algorithm works on the ratings themselves.
        case parametersOnly
        case itemWeights(ItemWeights)
        case itemFactors(ItemFactors)
    }

    package init(parameters: ModelParameters, content: Content, itemsFingerprint: UInt64) {
        self.parameters = parameters
        self.content = content
        self.itemsFingerprint = itemsFingerprint
    }

    package var algorithm: Algorithm { parameters.algorithm }
}
