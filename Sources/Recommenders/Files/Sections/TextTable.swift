#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Texts in one block of memory: where each starts, with one number more for the end of the last, and their UTF-8.
package struct TextTable: Sendable {
    /// `bytes[starts[t] ..< starts[t + 1]]` is text `t`.
    private let starts: FlatArray<Int>
    /// Known to be UTF-8, each text for itself.
    private let bytes: FlatArray<UInt8>

    package init(_ texts: some Collection<String>) {
        var starts = [0]
        starts.reserveCapacity(texts.count + 1)
        var bytes: [UInt8] = []
        for text in texts {
            bytes.append(contentsOf: text.utf8)
            starts.append(bytes.count)
        }
        self.starts = FlatArray(starts)
        self.bytes = FlatArray(bytes)
    }

    /// The texts of a section: how many they are, as a 64-bit number, the starts, the bytes.
    ///
    /// - Parameter expectedCount: how many texts there have to be; nil if any number will do.
    /// - Throws: when `content` is no such table.
    init<Section: FileSection>(
        reading content: FlatArray<UInt8>, count expectedCount: Int?, section: Section
    ) throws(StoredFileError) {
        guard content.count >= 16 else { throw .damaged(section, "it is too short for a table of texts") }
        let storedCount = content.part(0..<8).bound(to: UInt64.self)[0]
        guard storedCount <= UInt64(content.count / 8 - 2), let count = Int(exactly: storedCount),
            count == expectedCount ?? count
        else { throw .damaged(section, "it cannot hold \(storedCount) texts, or another number is expected") }
        let starts = content.part(8..<16 + 8 * count).bound(to: Int.self)
        let bytes = content.part(16 + 8 * count..<content.count)
        guard starts[0] == 0 else { throw .damaged(section, "its first text does not start at its beginning") }
        guard starts[count] == bytes.count else { throw .damaged(section, "its texts do not end with it") }
        if let index = starts.firstDescent { throw .damaged(section, "text \(index) ends before it starts") }
        self.starts = starts
        self.bytes = bytes
        let isASCII = bytes.withUnsafeBufferPointer { $0.reduce(0, |) } < 0x80
        if !isASCII {
            for index in 0..<count where self.withBytes(of: index, { String(validating: $0, as: UTF8.self) }) == nil {
                throw .damaged(section, "text \(index) is not UTF-8")
            }
        }
    }

    /// What a section of it holds.
    var stored: [UInt8] {
        var stored: [UInt8] = []
        stored.reserveCapacity(8 + 8 * starts.count + bytes.count)
        withUnsafeBytes(of: UInt64(count)) { stored.append(contentsOf: $0) }
        starts.withUnsafeBufferPointer { stored.append(contentsOf: UnsafeRawBufferPointer($0)) }
        bytes.withUnsafeBufferPointer { stored.append(contentsOf: $0) }
        return stored
    }

    func withBytes<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let place = starts[index]..<starts[index + 1]
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[place])) }
    }

    /// Whether text `index` comes before `other` when bytes are compared, is the same, or comes behind it.
    func compare(_ index: Int, with other: UnsafeBufferPointer<UInt8>) -> Int {
        withBytes(of: index) { Self.compare($0, with: other) }
    }

    /// Goes over the texts in `order`, and has each compared with the one before: `judge` gets a number below 0 where they ascend, 0 where they
    /// are the same, one above 0 where they descend.
    ///
    /// - Precondition: `order` holds indices of the table.
    /// - Returns: what `judge` finds first; nil if nothing.
    func firstFault<Fault>(in order: FlatArray<UInt32>, _ judge: (_ difference: Int) -> Fault?) -> Fault? {
        starts.withUnsafeBufferPointer { starts in
            bytes.withUnsafeBufferPointer { bytes in
                order.withUnsafeBufferPointer { order in
                    func text(_ place: Int) -> UnsafeBufferPointer<UInt8> {
                        let index = Int(order[place])
                        return UnsafeBufferPointer(rebasing: bytes[starts[index]..<starts[index + 1]])
                    }
                    guard !order.isEmpty else { return nil }
                    var previous = text(0)
                    for place in 1..<order.count {
                        let next = text(place)
                        if let fault = judge(Self.compare(previous, with: next)) { return fault }
                        previous = next
                    }
                    return nil
                }
            }
        }
    }

    private static func compare(_ left: UnsafeBufferPointer<UInt8>, with right: UnsafeBufferPointer<UInt8>) -> Int {
        let shared = Swift.min(left.count, right.count)
        if shared > 0, let leftStart = left.baseAddress, let rightStart = right.baseAddress {
            let order = memcmp(leftStart, rightStart, shared)
            if order != 0 { return Int(order) }
        }
        return left.count - right.count
    }

    /// How many bytes each text has, lowest and highest; nil without texts.
    var byteCounts: ClosedRange<Int>? {
        starts.withUnsafeBufferPointer { starts in
            guard starts.count > 1 else { return nil }
            var (lowest, highest) = (Int.max, 0)
            for index in 0..<starts.count - 1 {
                let byteCount = starts[index + 1] - starts[index]
                lowest = Swift.min(lowest, byteCount)
                highest = Swift.max(highest, byteCount)
            }
            return lowest...highest
        }
    }
}

extension TextTable: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { starts.count - 1 }
    package subscript(index: Int) -> String { withBytes(of: index) { String(decoding: $0, as: UTF8.self) } }
}

extension TextTable: Equatable {
    package static func == (left: TextTable, right: TextTable) -> Bool {
        left.starts == right.starts && left.bytes == right.bytes
    }
}
