import ArgumentParser

/// What every command understands.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Write the outcome as one JSON object, for programs.")
    var isJSON = false
}
