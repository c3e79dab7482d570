import Testing

@testable import Messaging

@Suite struct TagWindowTests {
    @Test func numbersFromOneAndForgetsWhatWasAnswered() {
        var window = TagWindow<String>()
        #expect(["a", "b", "c"].map { window.append($0) } == [1, 2, 3])
        #expect(window.remove(2) == "b")
        #expect(window.remove(2) == nil)
        #expect(window.remove(0) == nil)
        #expect(window.remove(4) == nil)
        #expect(window.firstTag == 1)
        #expect(window.removeAll(through: 3) == ["a", "c"])
        #expect(window.firstTag == nil)
        #expect(window.append("d") == 4)
        #expect(window.first == "d")
    }

    @Test func oneAnswerStandsForAllBeforeIt() {
        var window = TagWindow<Int>()
        for number in 1...10 { _ = window.append(number) }
        #expect(window.removeAll(through: 4) == [1, 2, 3, 4])
        #expect(window.removeAll(through: 4) == [])
        #expect(window.removeAll() == [5, 6, 7, 8, 9, 10])
        #expect(window.count == 0)
    }

    @Test func changesTheOldestThatMatches() {
        var window = TagWindow<Int>()
        for number in [1, 2, 2] { _ = window.append(number) }
        window.updateFirst(where: { $0 == 2 }) { $0 = 5 }
        #expect(window.removeAll() == [1, 5, 2])
    }

    @Test func agreesWithADictionary() {
        var generator = SystemRandomNumberGenerator()
        var window = TagWindow<UInt64>()
        var reference: [UInt64: UInt64] = [:]
        for step in 0..<20_000 {
            if step.isMultiple(of: 2) {
                let tag = window.append(UInt64(step))
                reference[tag] = UInt64(step)
            } else if let tag = reference.keys.randomElement(using: &generator) {
                #expect(window.remove(tag) == reference.removeValue(forKey: tag))
            }
            if reference.count > 200, let tag = reference.keys.randomElement(using: &generator) {
                let expected = reference.filter { $0.key <= tag }.sorted { $0.key < $1.key }
                #expect(window.removeAll(through: tag) == expected.map(\.value))
                for (tag, _) in expected { reference[tag] = nil }
            }
            #expect(window.count == reference.count)
            #expect(window.firstTag == reference.keys.min())
        }
    }
}
