import Recommenders

/// What was made of each stretch of `0..<count`, in the order of the stretches, whichever thread made it.
struct Chunks<Result> {
    let results: [Result]

    init(of count: Int, stride: Int, threads: Int = Parallel.coreCount, _ body: @Sendable (Range<Int>) -> Result) {
        let chunks = (count + stride - 1) / stride
        results = [Result](unsafeUninitializedCapacity: chunks) { buffer, initialized in
            nonisolated(unsafe) let buffer = buffer
            Parallel.forEach(chunks, threads: threads) { chunk in
                // Each element is set by one call only.
                buffer.initializeElement(at: chunk, to: body(chunk * stride..<min(count, (chunk + 1) * stride)))
            }
            initialized = chunks
        }
    }
}
