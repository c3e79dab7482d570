/// Files that the command line writes for people and other programs.
package enum OutputFile {
    /// Replaces the content of `path` at once: whoever reads it meanwhile sees the old one or the new one.
    package static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(StoredFileError) {
        do throws(FileError) {
            try FileReplacement.replace(path, by: Array(bytes))
        } catch {
            throw StoredFileError(writing: error)
        }
    }
}
