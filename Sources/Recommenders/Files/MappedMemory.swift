/// A mapped file that lives as long as anything that was taken from it.
final class MappedMemory: Sendable {
    private let file: MappedFile

    init(path: String) throws(FileError) {
        file = try MappedFile(path: path)
    }

    init(mapping descriptor: Int32, path: String) throws(FileError) {
        file = try MappedFile(mapping: descriptor, path: path)
    }

    /// See `MappedFile.forget`.
    func forget(_ places: Range<Int>) { file.forget(places) }

    /// The file's bytes, which hold it.
    var bytes: FlatArray<UInt8> { FlatArray(file.buffer, heldBy: self) }
}
