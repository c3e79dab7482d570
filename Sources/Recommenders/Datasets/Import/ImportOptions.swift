/// How an import goes about its work; what it makes depends on none of it.
struct ImportOptions: Sendable {
    /// So many bytes of a file one thread reads at a time: few enough for the processor's cache, enough to be worth the call.
    var chunkByteCount = 8 << 20
    var threads = Parallel.coreCount
}
