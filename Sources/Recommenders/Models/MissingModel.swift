/// An algorithm is asked for whose model is not there.
package struct MissingModel: Error, Equatable, CustomStringConvertible {
    package let algorithm: Algorithm

    package init(algorithm: Algorithm) { self.algorithm = algorithm }

    package var description: String {
        "there is no model of \(algorithm.rawValue) that can be used; train it with: kindred train --algorithm \(algorithm.rawValue)"
    }
}
