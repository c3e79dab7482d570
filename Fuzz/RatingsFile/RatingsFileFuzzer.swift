// What libFuzzer calls.

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int) -> Int

/// Reads the bytes as a ratings file and uses what comes of them. Whatever they are, this has to return.
@c(LLVMFuzzerTestOneInput)
func readAndWalk(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = FlatArray(UnsafeBufferPointer(start: data, count: count))
    do {
        try DatasetWalk(dataset: RatingsFileReader.read(SectionFile(bytes)))()
    } catch {
        // An error that does not say what to do would be as bad as none.
        guard error.message.contains(RatingsFileSection.kind.cure) else { fatalError(error.message) }
    }
    return 0
}

/// In 15 of 16 cases a file with fitting checksums and changed sections, else one with changed bytes.
@c(LLVMFuzzerCustomMutator)
func mutate(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: CUnsignedInt) -> Int {
    var generator = SplitMix64(seed: UInt64(seed))
    guard generator.next(in: 0..<16) > 0 else { return mutateBytes(data, count, capacity) }
    let input = Array(UnsafeBufferPointer(start: data, count: count))
    guard var mutator = SectionFileMutator<RatingsFileSection>(input), generator.next(in: 0..<256) > 0 else {
        return copy(SeedFiles.all[generator.next(in: 0..<SeedFiles.all.count)])
    }
    mutator.mutate(using: &generator) { content in
        let room = content.count + 16
        return [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
            _ = buffer.initialize(from: content)
            initialized = mutateBytes(buffer.baseAddress!, content.count, room)
        }
    }
    return copy(mutator.bytes)

    func copy(_ bytes: [UInt8]) -> Int {
        guard bytes.count <= capacity else { return count }
        data.update(from: bytes, count: bytes.count)
        return bytes.count
    }
}
