/// Why parameters do not fit what they are for.
package struct ParameterSetError: Error, Equatable {
    package let message: String
}
