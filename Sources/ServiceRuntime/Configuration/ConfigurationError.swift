/// A setting that the process cannot start with: which one, what is wrong with it, and what to do.
package struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    /// The environment variable: `REDIS_PORT`.
    package let variable: String
    /// What is wrong, without the value when it is a secret: "is no whole number".
    package let problem: String
    /// What to do about it: "Set it to a port from 1 to 65535."
    package let advice: String

    package init(variable: String, problem: String, advice: String) {
        self.variable = variable
        self.problem = problem
        self.advice = advice
    }

    /// "REDIS_PORT is "abc", which is no whole number. Set it to a number from 1 to 65535, or leave it out for 6379."
    package var description: String { "\(variable) \(problem). \(advice)" }
}
