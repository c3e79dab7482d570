import Testing

@testable import Recommenders

@Suite struct FlatArrayTests {
    @Test func holdsWhatItWasMadeOf() {
        let array: FlatArray<Int> = [3, 1, 2]
        #expect(array.count == 3 && array[0] == 3 && array[2] == 2)
        #expect(Array(array) == [3, 1, 2] && Array(array[1...]) == [1, 2])
        #expect(array.withUnsafeBufferPointer { Array($0) } == [3, 1, 2])
        #expect(array == FlatArray([3, 1, 2]) && array != FlatArray([3, 1, 3]) && array != FlatArray([3, 1]))
        #expect(FlatArray([UInt8]()).isEmpty && FlatArray<Double>([]).part(0..<0).isEmpty)
    }

    @Test func isFilledInPlace() throws {
        let squares = FlatArray<UInt64>(count: 1000) { buffer in
            for place in buffer.indices { buffer[place] = UInt64(place * place) }
        }
        #expect(squares.elementsEqual((0..<1000).map { UInt64($0 * $0) }))
        struct Refusal: Error {}
        #expect(throws: Refusal.self) { try FlatArray<UInt8>(count: 5) { (_) throws(Refusal) in throw Refusal() } }
    }

    @Test func givesPartsThatKeepTheMemory() {
        var whole: FlatArray<UInt32>? = FlatArray((0..<100_000).map { $0 })
        let part = whole!.part(70_000..<70_003)
        let bytes = part.rawBytes
        whole = nil
        // Memory that was given back would be taken for this.
        let other = FlatArray(repeatElement(7 as UInt32, count: 100_000))
        #expect(part == [70_000, 70_001, 70_002] && other[70_000] == 7)
        #expect(bytes.count == 12 && bytes.bound(to: UInt32.self) == part)
        #expect(bytes.part(4..<8).bound(to: UInt32.self) == [70_001])
    }

    @Test func livesAsLongAsItsOwnerIsHeld() {
        final class Owner {
            let memory = UnsafeMutableBufferPointer<Int>.allocate(capacity: 2)
            let isGone: UnsafeMutablePointer<Bool>
            init(_ isGone: UnsafeMutablePointer<Bool>) { self.isGone = isGone }
            deinit {
                memory.deallocate()
                isGone.pointee = true
            }
        }
        let isGone = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
        isGone.initialize(to: false)
        defer { isGone.deallocate() }
        do {
            var array: FlatArray<Int>? = {
                let owner = Owner(isGone)
                _ = owner.memory.initialize(fromContentsOf: [1, 2])
                return FlatArray(UnsafeBufferPointer(owner.memory), heldBy: owner).part(1..<2)
            }()
            #expect(array == [2] && !isGone.pointee)
            array = nil
        }
        #expect(isGone.pointee)
    }

    @Test func endsTheProcessAtAPlaceOutside() async {
        await #expect(processExitsWith: .failure) { _ = FlatArray<UInt8>([1, 2])[2] }
        await #expect(processExitsWith: .failure) { _ = FlatArray<UInt8>([1, 2])[-1] }
        await #expect(processExitsWith: .failure) { _ = FlatArray<UInt8>([1, 2]).part(1..<3) }
        await #expect(processExitsWith: .failure) { _ = FlatArray<UInt8>([UInt8](0..<16)).part(1..<9).bound(to: UInt64.self) }
    }
}
