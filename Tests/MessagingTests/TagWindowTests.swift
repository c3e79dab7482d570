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

    @Test func oneAcknowledgementDoesForARunFromTheFront() {
        var window = TagWindow<Void>()
        for _ in 0..<10 { _ = window.append(()) }
        #expect(window.acknowledge([2]) == [.init(tag: 2, isMultiple: false)])
        #expect(window.acknowledge([5, 1, 3]) == [.init(tag: 3, isMultiple: true), .init(tag: 5, isMultiple: false)])
        // 5 is settled, so that there is no gap.
        #expect(window.acknowledge([6, 4, 5, 99]) == [.init(tag: 6, isMultiple: true)])
        #expect(window.acknowledge([]) == [])
    }

    /// A broker that forgets what it is told to, and complains as RabbitMQ does, forgets exactly what was settled.
    @Test func acknowledgesWhatWasSettledAndNothingElse() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            var window = TagWindow<Void>()
            var broker: Set<UInt64> = []
            var unsettled: Set<UInt64> = []
            for _ in 0..<20 {
                for _ in 0..<Int.random(in: 0...8, using: &generator) {
                    let tag = window.append(())
                    broker.insert(tag)
                    unsettled.insert(tag)
                }
                let share = Double.random(in: 0...1, using: &generator)
                let settled = unsettled.filter { _ in Double.random(in: 0...1, using: &generator) < share }
                unsettled.subtract(settled)
                let acknowledgements = window.acknowledge(settled.shuffled(using: &generator))
                #expect(acknowledgements.count <= settled.count)
                for acknowledgement in acknowledgements {
                    #expect(broker.contains(acknowledgement.tag), "406 unknown delivery tag")
                    broker.remove(acknowledgement.tag)
                    if acknowledgement.isMultiple { broker = broker.filter { $0 > acknowledgement.tag } }
                }
                #expect(broker == unsettled)
                #expect(window.count == unsettled.count)
            }
        }
    }
}
