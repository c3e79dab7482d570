// What libFuzzer calls.

/// Decodes the bytes as a message. Whatever they are, this has to return; and what it takes for jobs must come out again when it is
/// written.
@c(LLVMFuzzerTestOneInput)
func decodeAndWrite(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    guard let jobs = try? JobCoding.decodeAll(bytes) else { return 0 }
    do throws(MessagingError) {
        var written: [[UInt8]] = []
        for job in jobs { written.append(try JobCoding.encode(job)) }
        guard try JobCoding.decodeAll(JobCoding.join(written)) == jobs else { fatalError("\(jobs) came out otherwise") }
    } catch {
        fatalError("\(jobs) cannot be written: \(error)")
    }
    return 0
}
