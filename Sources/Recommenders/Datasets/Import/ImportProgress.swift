/// How far an import has read its files.
package struct ImportProgress: Sendable, Equatable {
    package let doneBytes: Int
    package let totalBytes: Int

    /// 0 to 1.
    package var fraction: Double { totalBytes == 0 ? 1 : Double(doneBytes) / Double(totalBytes) }
}
