/// Memory that several threads fill at once, each its own places; what holds it alive lies with whoever made it.
package struct SharedBuffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    package let elements: UnsafeMutableBufferPointer<Element>

    package init(_ elements: UnsafeMutableBufferPointer<Element>) {
        self.elements = elements
    }

    package subscript(place: Int) -> Element {
        get { elements[place] }
        nonmutating set { elements[place] = newValue }
    }

    package subscript(places: Range<Int>) -> UnsafeMutableBufferPointer<Element> {
        UnsafeMutableBufferPointer(rebasing: elements[places])
    }
}
