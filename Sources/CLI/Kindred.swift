import ArgumentParser

@main struct Kindred: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "kindred")
    func run() async throws {}
}
