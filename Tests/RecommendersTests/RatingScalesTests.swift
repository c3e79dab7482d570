import Testing

@testable import Recommenders

/// How the numbers of a rating column become codes.
@Suite struct RatingScalesTests {
    private func chunks(_ values: [Float], perChunk: Int = 3) -> [RatingChunk] {
        stride(from: 0, to: values.count, by: perChunk).map { start in
            let own = values[start..<min(values.count, start + perChunk)]
            let chunk = RatingChunk(capacity: own.count, keepsValues: true)
            for (place, value) in own.enumerated() {
                chunk.values?[place] = value
                chunk.add(user: 0, item: 0, code: 1, time: 0)
            }
            return chunk
        }
    }

    private func codes(_ values: [Float], by choice: ScaleChoice = .detected) throws -> (
        RatingScale, codes: [UInt8], note: String?
    ) {
        let chunks = chunks(values)
        let (scale, note) = try RatingChunk.setCodes(of: chunks, by: choice, name: "file", threads: 2)
        return (scale, chunks.flatMap { chunk in (0..<chunk.count).map { chunk.codes[$0] } }, note)
    }

    @Test(
        arguments: [
            ([5, 1, 3, 3], 1, 5, 2), ([1, 2, 5], 1, 5, 1), ([0.5, 4, 5], 0.5, 5, 0.5), ([3.3, 3.4, 4], 3.3, 4, 0.1),
            ([-1, 1], -1, 1, 2), ([0, 0.25, 1], 0, 1, 0.25), ([7], 7, 7, 1), ([0, 10, 254], 0, 254, 2), ([1, 255], 1, 255, 254),
        ] as [([Float], Double, Double, Double)])
    func findsTheScaleThatNumbersMake(values: [Float], minimum: Double, maximum: Double, step: Double) throws {
        let expected = try #require(RatingScale(minimum: minimum, maximum: maximum, step: step))
        let (scale, codes, note) = try codes(values)
        #expect(scale == expected && note == nil)
        for (value, code) in zip(values, codes) { #expect(abs(scale.value(of: code) - Double(value)) < 1e-6) }
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func givesEachCountThePlaceOfItsOrderOfMagnitude(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let values =
            (0..<Int.random(in: 10...99, using: &generator)).map { _ in
                Float(sign: .plus, exponent: Int.random(in: 0..<18, using: &generator), significand: 1).rounded()
                    + Float(Int.random(in: 0..<3, using: &generator))
            } + [1, 500_000]
        let usual = values.sorted()[(values.count - 1) / 2]
        let (scale, codes, note) = try codes(values)
        #expect(scale == RatingScale(minimum: 1, maximum: 10, step: 1))
        #expect(note?.contains("\(Int(usual))") == true)
        for (value, code) in zip(values, codes) {
            // As near as the logarithm knows.
            let exact = min(max(6 + Float.log2Slowly(value / usual), 1), 10)
            #expect(abs(Float(code) - exact) < 0.5001, "\(value) of \(usual)")
        }
        #expect(try self.codes(values, by: .counts).codes == codes)
    }

    @Test func takesCountsForWhatTheyAreWhenAskedTo() throws {
        #expect(try codes([1, 2, 4, 8, 16], by: .counts).codes == [4, 5, 6, 7, 8])
        #expect(try codes([0, 3, 3, 3, 1000], by: .counts).codes == [1, 6, 6, 6, 10])
    }

    @Test(arguments: [[0.5, 300.25, 7], [-1, 0, 1000], [0, 0.00001]] as [[Float]])
    func refusesNumbersThatMakeNoScale(values: [Float]) {
        #expect {
            try codes(values)
        } throws: { error in
            (error as? ImportError)?.code == .noScale && "\(error)".contains("file")
        }
    }

    @Test(
        arguments: [(1, 1), (1.4, 1), (1.5, 2), (2.6, 3), (5, 5), (0.9, nil), (5.1, nil)] as [(Double, UInt8?)])
    func roundsToTheNearestPlace(value: Double, code: UInt8?) throws {
        let scale = try #require(RatingScale(minimum: 1, maximum: 5, step: 1))
        #expect(scale.nearestCode(for: value) == code)
    }
}

extension Float {
    /// By halving and doubling.
    fileprivate static func log2Slowly(_ number: Float) -> Float {
        var (rest, whole): (Float, Float) = (number, 0)
        while rest >= 2 { (rest, whole) = (rest / 2, whole + 1) }
        while rest < 1 { (rest, whole) = (rest * 2, whole - 1) }
        var bit: Float = 0.5
        while bit > 1e-6 {
            rest *= rest
            if rest >= 2 { (rest, whole) = (rest / 2, whole + bit) }
            bit /= 2
        }
        return whole
    }
}
