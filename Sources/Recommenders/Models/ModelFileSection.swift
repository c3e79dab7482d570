/// What a part of a model file holds. An algorithm leaves empty what it does not have.
package enum ModelFileSection: UInt32, FileSection {
    /// `ModelFileProperties`.
    case properties = 1
    /// The parameters, as JSON.
    case texts
    /// `ItemWeights`.
    case weightStarts, weightItems, weights, weightCovered
    /// `ItemFactors`.
    case factorItems, factors, factorGram

    package static let kind = SectionFileKind(
        name: "model", magic: UInt64(littleEndian: 0x0A0D_4C44_4D4B_4BE7), version: 1, cure: "train it again")
}
