/// Powers of numbers that are the same for every query, those over which live ratings are laid among them.
struct Powers: Sendable {
    /// Long, since every query reads all of them.
    private static let pageLength = 2048

    let exponent: Double
    private let file: FlatArray<Double>
    private var live: PagedArray<Double>?

    /// - Parameter file: those of the file's numbers.
    init(_ file: FlatArray<Double>, exponent: Double) {
        self.file = file
        self.exponent = exponent
    }

    /// 0 where there is none.
    subscript(place: Int) -> Double {
        live?[place] ?? (place < file.count ? file[place] : 0)
    }

    /// Replaces one of them by the power of `base`.
    mutating func set(_ place: Int, of base: Double) {
        let power = PowerTables.power(base, exponent)
        if live == nil { live = PagedArray(pageLength: Self.pageLength) }
        live?.update(place, page: { [file] in Self.page(of: file, from: $0) }) { $0 = power }
    }

    /// Calls `body` with those of `places`, one stretch after the other.
    @inline(__always)
    func forEachStretch(of places: Range<Int>, _ body: (_ first: Int, UnsafeBufferPointer<Double>) -> Void) {
        guard let live else {
            file.withUnsafeBufferPointer { body(places.lowerBound, UnsafeBufferPointer(rebasing: $0[places])) }
            return
        }
        let length = Self.pageLength
        var first = places.lowerBound
        while first < places.upperBound {
            let start = first - first % length
            let stretch = first..<min(start + length, places.upperBound)
            let isLive: Void? = live.withPage(start / length) { page in
                body(first, UnsafeBufferPointer(rebasing: page[stretch.lowerBound - start..<stretch.upperBound - start]))
            }
            if isLive == nil, stretch.upperBound <= file.count {
                file.withUnsafeBufferPointer { body(first, UnsafeBufferPointer(rebasing: $0[stretch])) }
            } else if isLive == nil {
                // Behind the file's, where nothing was said either.
                Self.page(of: file, from: first).withUnsafeBufferPointer {
                    body(first, UnsafeBufferPointer(rebasing: $0[..<stretch.count]))
                }
            }
            first = stretch.upperBound
        }
    }

    private static func page(of file: FlatArray<Double>, from first: Int) -> [Double] {
        (first..<first + pageLength).map { $0 < file.count ? file[$0] : 0 }
    }

    /// In memory, without the file's.
    var byteCount: Int { live?.byteCount ?? 0 }
}
