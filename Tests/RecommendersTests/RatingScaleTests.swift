import Recommenders
import Testing

@Suite struct RatingScaleTests {
    @Test(
        arguments: [
            (0.5, 5, 0.5, 10), (1, 5, 1, 5), (0, 1, 1, 2), (3, 3, 1, 1), (0, 254, 1, 255), (-10, 10, 0.25, 81),
            (0, 25.4, 0.1, 255), (99_999_000, 99_999_254, 1, 255), (-1e9, 1e9, 1e8, 21), (0, 0, 1e-300, 1),
        ] as [(Double, Double, Double, UInt8)]) func turnsEveryPlaceIntoACodeAndBack(
            minimum: Double, maximum: Double, step: Double, codes: UInt8
        ) throws
    {
        let scale = try #require(RatingScale(minimum: minimum, maximum: maximum, step: step))
        #expect(scale.maximumCode == codes)
        for code in 1...codes { #expect(scale.code(for: scale.value(of: code)) == code) }
        #expect(scale.value(of: 1) == minimum && abs(scale.value(of: codes) - maximum) < 1e-9)
        #expect(scale.code(for: minimum - step) == nil && scale.code(for: maximum + step) == nil)
        #expect(scale.code(for: minimum + step / 2) == nil)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300, 0, 5.25, 0.75]) func refusesWhatIsNoPlace(value: Double) {
        #expect(RatingScale.halfStars.code(for: value) == nil)
    }

    @Test(
        arguments: [
            (0, 255, 1), (1, 0, 1), (0, 1, 0), (0, 1, -1), (0, 1, 0.3), (.nan, 1, 1), (0, .infinity, 1), (0, 1, .nan),
            (-1e308, 1e308, 1e-300), (0, 1, 1e308), (2e9, 2e9, 1), (-2e9, 0, 1e9), (1e9, 1e9 + 1, 1), (1, 1, 1e-9),
            (0, 1, .infinity),
        ] as [(Double, Double, Double)]) func refusesImpossibleScales(minimum: Double, maximum: Double, step: Double)
    {
        #expect(RatingScale(minimum: minimum, maximum: maximum, step: step) == nil)
    }
}
