/// The ratings of one stretch of a file, column by column, in the order of their rows.
///
/// The memory is laid out for the most ratings that the stretch can have; the system gives out only what is touched.
final class RatingChunk: @unchecked Sendable {  // one thread at a time has it: the parser's, later the builder's
    private(set) var count = 0
    /// Stand-ins of ids (`RawIdentifiers`), or dense numbers once those are known.
    let users: UnsafeMutablePointer<UInt32>
    let items: UnsafeMutablePointer<UInt32>
    /// Seconds since 1970.
    let times: UnsafeMutablePointer<UInt32>
    let codes: UnsafeMutablePointer<UInt8>
    /// The ratings as they are written, where their scale is not known yet.
    private(set) var values: UnsafeMutablePointer<Float>?

    var userIDs = RawIdentifiers()
    var itemIDs = RawIdentifiers()
    /// Rows, bad ones included.
    var rowCount = 0
    /// Lines, empty ones included.
    var lineCount = 0
    /// The first of the rows that are bad: their lines counted from 1 within the stretch, and where in the file to look for the row.
    var badRows: [(line: Int, offset: Int)] = []
    var badRowCount = 0

    init(capacity: Int, keepsValues: Bool = false) {
        users = .allocate(capacity: capacity)
        items = .allocate(capacity: capacity)
        times = .allocate(capacity: capacity)
        codes = .allocate(capacity: capacity)
        values = keepsValues ? .allocate(capacity: capacity) : nil
    }

    deinit {
        users.deallocate()
        items.deallocate()
        times.deallocate()
        codes.deallocate()
        values?.deallocate()
    }

    /// - Precondition: there is room.
    @inline(__always) func add(user: UInt32, item: UInt32, code: UInt8, time: UInt32) {
        users[count] = user
        items[count] = item
        times[count] = time
        codes[count] = code
        count += 1
    }

    /// Gives every rating the code that stands for its value.
    func setCodes(_ code: (Float) -> UInt8) {
        guard let values else { return }
        for place in 0..<count { codes[place] = code(values[place]) }
        values.deallocate()
        self.values = nil
    }
}
