#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much memory a training may take. It is asked before the allocation, so that what does not fit is refused instead of killed.
package struct MemoryBudget: Hashable, Sendable {
    package let bytes: Int

    /// Three quarters of the machine's memory.
    package static let ofMachine = MemoryBudget(bytes: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 4 * 3)

    package init(bytes: Int) {
        self.bytes = bytes
    }

    /// - Parameters:
    ///   - size: rows and columns of a square matrix of `Float`.
    ///   - other: bytes that are needed beside it.
    ///   - name: what a row stands for, in the plural, and what it is called among the parameters if it is one.
    /// - Throws: with the arithmetic, and the size that would fit.
    func checkSquare(_ size: Int, other: Int, of name: String) throws(TrainingError) {
        let needed = size * size * 4 + other
        guard needed > bytes else { return }
        let fitting = Int((Double(max(bytes - other, 0)) / 4).squareRoot())
        throw TrainingError(
            .tooLittleMemory,
            """
            \(size) \(name) need \(size)² × 4 bytes + \(Self.text(other)) for the ratings = \(Self.text(needed)), and \(Self.text(bytes)) are \
            allowed; \(fitting) \(name) would fit
            """)
    }

    /// - Throws: with the arithmetic.
    func check(_ needed: Int, arithmetic: String) throws(TrainingError) {
        guard needed > bytes else { return }
        throw TrainingError(
            .tooLittleMemory, "\(arithmetic) = \(Self.text(needed)) are needed, and \(Self.text(bytes)) are allowed")
    }

    /// - Parameter arithmetic: how `needed` comes about.
    func check(_ needed: Int, of arithmetic: String) throws(TrainingError) {
        guard needed > bytes else { return }
        throw TrainingError(
            .tooLittleMemory, "\(arithmetic) = \(Self.text(needed)) of memory, and \(Self.text(bytes)) are allowed")
    }

    /// In GiB, or in MiB below one, with one place behind the point.
    static func text(_ bytes: Int) -> String {
        let (unit, name) = bytes >= 1 << 30 ? (1 << 30, "GiB") : (1 << 20, "MiB")
        let tenths = (bytes * 10 + unit / 2) / unit
        return "\(tenths / 10).\(tenths % 10) \(name)"
    }
}
