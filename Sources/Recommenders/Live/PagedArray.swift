/// An array in pages that copies share until one of them changes, so that what a change costs is a page and not the array.
///
/// A page without any element that was ever set takes no memory.
struct PagedArray<Element: Sendable>: Sendable {
    static var pageLength: Int { 256 }

    /// Empty, or of `pageLength` elements.
    private var pages: [[Element]] = []
    /// How many pages take memory.
    private(set) var usedPages = 0

    /// - Returns: nil where no element of the page was ever set.
    subscript(place: Int) -> Element? {
        let number = place / Self.pageLength
        guard number < pages.count, !pages[number].isEmpty else { return nil }
        return pages[number][place % Self.pageLength]
    }

    /// - Parameter page: the elements of a page of which none was ever set, from the given place on.
    mutating func update(_ place: Int, page: (_ first: Int) -> [Element], _ body: (inout Element) -> Void) {
        let number = place / Self.pageLength
        if number >= pages.count { pages += repeatElement([], count: number + 1 - pages.count) }
        if pages[number].isEmpty {
            pages[number] = page(number * Self.pageLength)
            precondition(pages[number].count == Self.pageLength)
            usedPages += 1
        }
        body(&pages[number][place % Self.pageLength])
    }

    mutating func update(_ place: Int, blank: Element, _ body: (inout Element) -> Void) {
        update(place, page: { _ in [Element](repeating: blank, count: Self.pageLength) }, body)
    }

    /// - Returns: nil where no element of the page was ever set.
    func withPage<Result>(_ number: Int, _ body: (UnsafeBufferPointer<Element>) -> Result) -> Result? {
        guard number < pages.count, !pages[number].isEmpty else { return nil }
        return pages[number].withUnsafeBufferPointer(body)
    }

    /// The elements of the pages that take memory, with their places.
    func forEach(_ body: (Int, Element) -> Void) {
        for (number, page) in pages.enumerated() {
            for (place, element) in page.enumerated() { body(number * Self.pageLength + place, element) }
        }
    }

    /// In memory, without what elements hold elsewhere.
    var byteCount: Int { usedPages * Self.pageLength * MemoryLayout<Element>.stride + pages.count * 8 }
}
