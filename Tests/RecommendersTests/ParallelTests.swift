import Synchronization
import Testing

@testable import Recommenders

@Suite struct ParallelTests {
    @Test(arguments: [0, 1, 2, 3, 7, 64, 1000], [1, 2, 3, 16, 2000]) func callsEveryNumberOnce(count: Int, threads: Int) {
        let calls = Mutex([Int](repeating: 0, count: count))
        Parallel.forEach(count, threads: threads) { number in calls.withLock { $0[number] += 1 } }
        #expect(calls.withLock { $0 } == [Int](repeating: 1, count: count))
    }

    @Test(arguments: [0, 1, 5, 64, 999, 1000], [1, 3, 64, 1000, 5000])
    func cutsIntoStretchesWithoutGapOrOverlap(count: Int, stride: Int) {
        for threads in [1, 2, 5] {
            let ranges = Mutex<[Range<Int>]>([])
            Parallel.forEachRange(of: count, stride: stride, threads: threads) { range in ranges.withLock { $0.append(range) } }
            let inOrder = ranges.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
            #expect(inOrder.flatMap { Array($0) } == Array(0..<count))
            #expect(inOrder.allSatisfy { !$0.isEmpty && $0.count <= stride && $0.lowerBound.isMultiple(of: stride) })
        }
    }

    @Test func mayBeNested() {
        let sum = Atomic(0)
        Parallel.forEach(20, threads: 4) { outer in
            Parallel.forEach(30, threads: 4) { inner in sum.wrappingAdd(outer * inner, ordering: .relaxed) }
        }
        #expect(sum.load(ordering: .relaxed) == 190 * 435)
    }

    @Test func knowsAtLeastOneCore() { #expect(Parallel.coreCount >= 1) }
}
