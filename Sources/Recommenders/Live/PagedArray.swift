/// An array in pages that copies share until one of them changes, so that what a change costs is a page and not the array.
///
/// A page without any element that was ever set takes no memory.
struct PagedArray<Element: Sendable>: Sendable {
    /// Of a page's length the logarithm to the base of 2.
    private let shift: Int
    /// Empty, or of `pageLength` elements.
    private var pages: [[Element]] = []
    /// How many pages take memory.
    private(set) var usedPages = 0

    /// - Parameter pageLength: a power of 2; the longer the less it costs to read all, and the more to change one.
    init(pageLength: Int) {
        precondition(pageLength.nonzeroBitCount == 1)
        shift = pageLength.trailingZeroBitCount
    }

    var pageLength: Int { 1 << shift }

    /// - Returns: nil where no element of the page was ever set.
    @inline(__always)
    subscript(place: Int) -> Element? {
        let number = place >> shift
        guard number < pages.count, !pages[number].isEmpty else { return nil }
        return pages[number][place & (1 << shift - 1)]
    }

    /// - Parameter page: the elements of a page of which none was ever set, from the given place on.
    mutating func update(_ place: Int, page: (_ first: Int) -> [Element], _ body: (inout Element) -> Void) {
        let (number, offset) = (place >> shift, place & (pageLength - 1))
        if number >= pages.count { pages += repeatElement([], count: number + 1 - pages.count) }
        if pages[number].isEmpty {
            pages[number] = page(number * pageLength)
            precondition(pages[number].count == pageLength)
            usedPages += 1
        }
        body(&pages[number][offset])
    }

    mutating func update(_ place: Int, blank: Element, _ body: (inout Element) -> Void) {
        update(place, page: { [pageLength] _ in [Element](repeating: blank, count: pageLength) }, body)
    }

    /// - Returns: nil where no element of the page was ever set.
    func withPage<Result>(_ number: Int, _ body: (UnsafeBufferPointer<Element>) -> Result) -> Result? {
        guard number < pages.count, !pages[number].isEmpty else { return nil }
        return pages[number].withUnsafeBufferPointer(body)
    }

    /// The elements of the pages that take memory, with their places.
    func forEach(_ body: (Int, Element) -> Void) {
        for (number, page) in pages.enumerated() {
            for (place, element) in page.enumerated() { body(number * pageLength + place, element) }
        }
    }

    /// In memory, without what elements hold elsewhere.
    var byteCount: Int { usedPages * pageLength * MemoryLayout<Element>.stride + pages.count * 8 }
}
