/// What is wrong with a file of experiments, and where.
package struct ExperimentsFileError: Error, Hashable, CustomStringConvertible {
    /// From 1; nil when it is no line's fault.
    package let line: Int?
    package let problem: String

    package init(line: Int?, problem: String) {
        self.line = line
        self.problem = problem
    }

    /// "line 7: the share is 120, …"
    package var description: String { (line.map { "line \($0): " } ?? "") + problem }
}
