/// Calls `body` with memory for `count` elements of any value, which is given back afterwards.
///
/// `withUnsafeTemporaryAllocation`, but for errors that keep their type.
package func withTemporaryMemory<Element: BitwiseCopyable, Result, Failure>(
    of type: Element.Type, count: Int, _ body: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Result
) throws(Failure) -> Result {
    try withUnsafeTemporaryAllocation(of: type, capacity: count) { memory in
        Swift.Result { () throws(Failure) in try body(memory) }
    }.get()
}
