import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Powers of numbers that are the same for every query, worked out when an exponent is first asked for.
final class PowerTables: Sendable {
    /// Few exponents are ever in use; somebody who tries many gets no memory that grows with them.
    private static let limit = 4

    private let bases: FlatArray<Double>
    private let tables = Mutex<[Double: FlatArray<Double>]>([:])

    init(of bases: FlatArray<Double>) {
        self.bases = bases
    }

    /// `base` to the power of `exponent` for every base; 0 where the base is 0.
    subscript(exponent: Double) -> FlatArray<Double> {
        tables.withLock { tables in
            if let table = tables[exponent] { return table }
            if tables.count == Self.limit { tables.removeAll() }
            let table = FlatArray<Double>(count: bases.count) { powers in
                for place in bases.indices { powers[place] = Self.power(bases[place], exponent) }
            }
            tables[exponent] = table
            return table
        }
    }

    /// 0 where the base is 0.
    static func power(_ base: Double, _ exponent: Double) -> Double {
        guard base > 0 else { return 0 }
        // Exact where it can be, since most ask for these.
        return exponent == -1 ? 1 / base : exponent == 0 ? 1 : pow(base, exponent)
    }
}
