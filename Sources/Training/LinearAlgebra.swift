import COpenBLAS

/// What training asks of OpenBLAS.
enum LinearAlgebra {
    /// OpenBLAS spreads one call over the cores; code that itself runs on all cores asks for one.
    static func setThreads(_ count: Int) { openblas_set_num_threads(Int32(count)) }
}
