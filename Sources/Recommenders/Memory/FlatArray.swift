/// A read-only array that lies in a mapped file or in memory of its own; which of the two makes no difference to its reader.
///
/// Copies share the elements. Places are checked; loops that have checked theirs use `withUnsafeBufferPointer`.
package struct FlatArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    /// Keeps the elements where they are. They never change once the array is made, so that threads may share them.
    private let owner: AnyObject
    private let elements: UnsafeBufferPointer<Element>

    /// Elements in memory that `owner` holds.
    ///
    /// - Precondition: `elements` is aligned, and neither moves nor changes while `owner` lives.
    init(_ elements: UnsafeBufferPointer<Element>, heldBy owner: AnyObject) {
        self.elements = elements
        self.owner = owner
    }

    /// Memory of its own, filled by `fill`, which has to set every element: they are not set to anything before.
    package init<Failure>(
        count: Int, filledBy fill: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Void
    ) throws(Failure) {
        let memory = OwnedMemory<Element>(count: count)
        try fill(memory.elements)
        self.init(UnsafeBufferPointer(memory.elements), heldBy: memory)
    }

    package init(_ elements: some Collection<Element>) {
        self.init(count: elements.count) { buffer in
            _ = buffer.initialize(fromContentsOf: elements)
        }
    }

    package func withUnsafeBufferPointer<Result, Failure>(
        _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withExtendedLifetime(owner) { () throws(Failure) in try body(elements) }
    }

    /// The same memory as bytes.
    var rawBytes: FlatArray<UInt8> {
        FlatArray<UInt8>(UnsafeRawBufferPointer(elements).assumingMemoryBound(to: UInt8.self), heldBy: owner)
    }

    /// - Precondition: the places are within the array.
    func part(_ places: Range<Int>) -> FlatArray {
        FlatArray(UnsafeBufferPointer(rebasing: elements[places]), heldBy: owner)
    }
}

extension FlatArray<UInt8> {
    /// The same memory as elements of another type.
    ///
    /// - Precondition: the first byte is aligned for them.
    func bound<Other>(to type: Other.Type) -> FlatArray<Other> {
        let raw = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(elements)[...])
        precondition(Int(bitPattern: raw.baseAddress) % MemoryLayout<Other>.alignment == 0)
        return FlatArray<Other>(raw.assumingMemoryBound(to: Other.self), heldBy: owner)
    }
}

extension FlatArray: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { elements.count }

    package subscript(place: Int) -> Element {
        precondition(place >= 0 && place < elements.count, "a place outside the array")
        return elements[place]
    }

    package func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<Element>) throws -> Result
    ) rethrows -> Result? {
        try withExtendedLifetime(owner) { try body(elements) }
    }
}

extension FlatArray where Element: Comparable {
    /// The first place whose element is above the next one; nil if all ascend.
    var firstDescent: Int? {
        withUnsafeBufferPointer { elements in
            guard elements.count > 1 else { return nil }
            for place in 0..<elements.count - 1 where elements[place] > elements[place + 1] { return place }
            return nil
        }
    }
}

extension FlatArray: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension FlatArray: Equatable where Element: Equatable {
    package static func == (left: FlatArray, right: FlatArray) -> Bool { left.elementsEqual(right) }
}

/// Memory that is given back when nobody holds it any more.
private final class OwnedMemory<Element: BitwiseCopyable> {
    let elements: UnsafeMutableBufferPointer<Element>

    init(count: Int) { elements = .allocate(capacity: count) }

    deinit { elements.deallocate() }
}
