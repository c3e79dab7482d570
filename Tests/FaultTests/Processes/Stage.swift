import Foundation

/// What all scenarios of a run share: a folder, a data set, and a broker and a store that are started once.
final class Stage {
    let folder: String
    /// Where `kindred`, `kindred-gateway` and `kindred-worker` are.
    let programFolder: String
    let seed: UInt64
    let isShort: Bool
    /// How long the monkey plays.
    let minutes: Double
    let ratingsFile: String
    private(set) lazy var broker = Lazy { [folder] in
        let broker = try RabbitMQServer(folder: folder + "/rabbitmq", logFolder: folder)
        try broker.waitUntilReady()
        return broker
    }
    private(set) lazy var redis = Lazy { [folder] in
        try RedisServer(folder: folder + "/redis", port: FreePorts.take(1)[0])
    }

    init(folder: String, programFolder: String, seed: UInt64, isShort: Bool, minutes: Double) throws {
        self.folder = folder
        self.programFolder = programFolder
        self.seed = seed
        self.isShort = isShort
        self.minutes = minutes
        ratingsFile = folder + "/kindred.ratings"
        try runProgram(["sample", folder + "/sample"])
        try runProgram(["import", folder + "/sample", "--output", ratingsFile])
    }

    private func runProgram(_ arguments: [String]) throws {
        let program = try ServerProcess(
            "kindred", [programFolder + "/kindred"] + arguments, logFile: folder + "/kindred.log")
        guard program.waitUntilEnded(within: .seconds(120)) != nil, program.exitCode == 0 else {
            throw HarnessError("kindred \(arguments.joined(separator: " ")) failed: \(program.log)")
        }
    }
}

/// A value that is made when it is first asked for, which may fail.
final class Lazy<Value> {
    private let make: () throws -> Value
    private var value: Value?

    init(_ make: @escaping () throws -> Value) { self.make = make }

    func get() throws -> Value {
        if let value { return value }
        let value = try make()
        self.value = value
        return value
    }
}
