/// Why there was nothing to tune.
package struct TuningError: Error, Equatable {
    package let message: String
}
