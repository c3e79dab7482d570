package import Configuration
package import Experiments
package import ServiceRuntime

extension ExperimentPlan {
    /// Reads the file of experiments, which gateway and worker must be given alike: the one counts what the other does. It is read once, at
    /// the start.
    ///
    /// - `experiments.file` (path; default none, for no experiments): see docs/experiments.md
    package init(reading config: ConfigReader) throws(ConfigurationError) {
        guard let path = config.text(forKey: "experiments.file") else {
            self = .none
            return
        }
        do throws(ExperimentsFileError) {
            try self.init(readingFile: path)
        } catch {
            throw config.error(
                "experiments.file", "names \(path), which cannot be used: \(error)",
                "Look at it with: kindred experiments check \(path)")
        }
    }
}
