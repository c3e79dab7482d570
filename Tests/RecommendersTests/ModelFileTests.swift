import Testing

@testable import Recommenders

@Suite struct ModelFileTests {
    let dataset: Dataset
    let models: [TrainedModel]

    init() throws {
        dataset = try RandomDataset.make(users: 8, items: 12, density: 0.4, seed: 5)
        let weights = ItemWeights(
            starts: FlatArray([0, 2] + [Int](repeating: 3, count: 11)), items: [1, 5, 0], weights: [0.5, -0.25, 0.125],
            covered: FlatArray([UInt8](repeating: 1, count: 12)))
        let factors = FactorSample(seed: 3, items: 12, dimensions: 8, unrated: [4]).factors
        let fingerprint = dataset.items.fingerprint
        models = [
            TrainedModel(parameters: .ease(.init()), content: .itemWeights(weights), itemsFingerprint: fingerprint),
            TrainedModel(
                parameters: .implicitALS(.init(dimensions: 8)), content: .itemFactors(factors), itemsFingerprint: fingerprint),
            TrainedModel(
                parameters: .popularity(.init(halfLifeDays: 3)), content: .parametersOnly, itemsFingerprint: fingerprint),
        ]
    }

    private func bytes(_ model: TrainedModel) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try ModelFileWriter.write(model, to: folder.file("a.model"))
        return try folder.bytes(of: "a.model")
    }

    private func failure(_ bytes: [UInt8]) -> StoredFileError? {
        do throws(StoredFileError) {
            _ = try ModelFileReader.read(SectionFile(FlatArray(bytes)), itemCount: dataset.items.count)
            return nil
        } catch {
            return error
        }
    }

    @Test func comesBackAsItWasWritten() throws {
        let folder = try TemporaryFolder()
        for model in models {
            let path = folder.file("\(model.algorithm.rawValue).model")
            try ModelFileWriter.write(model, to: path)
            let read = try ModelFileReader.read(path, of: model.algorithm, for: dataset)
            #expect(read.parameters == model.parameters)
            switch (read.content, model.content) {
            case (.itemWeights(let left), .itemWeights(let right)): #expect(left == right)
            case (.itemFactors(let left), .itemFactors(let right)): #expect(left == right)
            case (.parametersOnly, .parametersOnly): break
            default: Issue.record("another content")
            }
        }
        let found = ModelFolder(folder.path).models(for: dataset)
        #expect(Set(found.models.map(\.algorithm)) == Set(models.map(\.algorithm)))
        #expect(found.errors.isEmpty)
    }

    @Test func refusesModelsOfOtherItemsAndOtherAlgorithms() throws {
        let folder = try TemporaryFolder()
        try ModelFileWriter.write(models[0], to: folder.file("ease.model"))
        let others = try RandomDataset.make(users: 8, items: 11, density: 0.4, seed: 5)
        #expect { try ModelFileReader.read(folder.file("ease.model"), of: .ease, for: others) } throws: {
            ($0 as? StoredFileError)?.code == .otherRatings
        }
        #expect { try ModelFileReader.read(folder.file("ease.model"), of: .graphFilter, for: dataset) } throws: {
            ($0 as? StoredFileError)?.code == .otherKind
        }
        // The same number of items with other ids.
        var forged = models[0]
        forged = TrainedModel(parameters: forged.parameters, content: forged.content, itemsFingerprint: 1)
        try ModelFileWriter.write(forged, to: folder.file("ease.model"))
        let found = ModelFolder(folder.path).models(for: dataset)
        #expect(found.models.isEmpty)
        #expect(found.errors.map(\.error.code) == [.otherRatings])
    }

    @Test func noticesEveryFlippedBitAndEveryCut() throws {
        for model in models {
            let bytes = try bytes(model)
            for place in stride(from: 0, to: bytes.count, by: 7) {
                var damaged = bytes
                damaged[place] ^= 1 << UInt8(place % 8)
                let message = failure(damaged)?.message
                #expect(message?.hasSuffix("; train it again") == true, "byte \(place): \(message ?? "no error")")
            }
            for length in stride(from: 0, to: bytes.count, by: 61) {
                #expect(failure(Array(bytes[..<length])) != nil, "\(length) bytes")
            }
        }
        #expect(failure([]) != nil)
    }

    /// With checksums that fit.
    @Test func believesNoNumber() throws {
        func forged(_ change: (inout SectionFileWriter<ModelFileSection>) -> Void) throws -> StoredFileError? {
            let folder = try TemporaryFolder()
            guard case .itemWeights(let weights) = models[0].content else { return nil }
            var file = SectionFileWriter<ModelFileSection>()
            file.set(.texts, to: TextTable([models[0].parameters.json]))
            file.set(
                .properties,
                to: [
                    ModelFileProperties(itemCount: 12, itemsFingerprint: dataset.items.fingerprint, content: 1, dimensions: 0)
                ])
            file.set(.weightStarts, to: weights.starts)
            file.set(.weightItems, to: weights.items)
            file.set(.weights, to: weights.weights)
            file.set(.weightCovered, to: weights.covered)
            change(&file)
            try file.write(to: folder.file("a.model"))
            return failure(try folder.bytes(of: "a.model"))
        }
        #expect(try forged { _ in } == nil)
        let starts = [0, 2] + [Int](repeating: 3, count: 11)
        #expect(try forged { $0.set(.weightItems, to: [UInt32(1), 12, 0]) } != nil)
        #expect(try forged { $0.set(.weightItems, to: [UInt32(1), .max, 0]) } != nil)
        #expect(try forged { $0.set(.weights, to: [Float.nan, 1, 1]) } != nil)
        #expect(try forged { $0.set(.weights, to: [Float.infinity, 1, 1]) } != nil)
        #expect(try forged { $0.set(.weights, to: [Float(1), 1]) } != nil)
        #expect(try forged { $0.set(.weightStarts, to: starts.dropLast() + [4]) } != nil)
        #expect(try forged { $0.set(.weightStarts, to: [0, 3, 2] + starts.dropFirst(3)) } != nil)
        #expect(try forged { $0.set(.weightCovered, to: [UInt8](repeating: 2, count: 12)) } != nil)
        #expect(try forged { $0.set(.weightCovered, to: [UInt8](repeating: 1, count: 11)) } != nil)
        #expect(try forged { $0.set(.texts, to: TextTable(["{}"])) } != nil)
        #expect(try forged { $0.set(.texts, to: TextTable([#"{"algorithm":"implicit-als","parameters":{}}"#])) } != nil)
        let broken = try ModelParameters.ease(.init()).setting("recency.halfLife", to: "-3").json
        #expect(try forged { $0.set(.texts, to: TextTable([broken])) } != nil)
        for (content, itemCount) in [(1, 13), (2, 12), (3, 12), (UInt64.max, 12), (1, .max)] as [(UInt64, UInt64)] {
            let properties = ModelFileProperties(itemCount: itemCount, itemsFingerprint: 0, content: content, dimensions: .max)
            #expect(try forged { $0.set(.properties, to: [properties]) } != nil, "\(content), \(itemCount)")
        }
    }
}
