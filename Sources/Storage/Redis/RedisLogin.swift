/// What is said first on a new connection.
struct RedisLogin {
    struct Step {
        let command: RedisCommand
        let condition: Condition
    }

    /// What must come of a step for the connection to be of use.
    enum Condition {
        case nothing
        case noError
        /// Of the command ROLE.
        case master

        func check(_ reply: RedisReply) throws(StorageError) {
            switch (self, reply) {
            case (.nothing, _): break
            case (_, .error(let error)):
                throw StorageError(.connectionFailed, "Redis refuses the login (\(error.word))", reply: error.word)
            case (.noError, _): break
            case (.master, .array(let words)) where words.first?.text == "master": break
            case (.master, _): throw StorageError(.connectionFailed, "the server that was named the master is none yet")
            }
        }
    }

    let steps: [Step]

    init(_ configuration: RedisConfiguration) {
        var steps: [Step] = []
        if let user = configuration.user {
            steps.append(Step(command: ["AUTH", .text(user), .text(configuration.password ?? "")], condition: .noError))
        } else if let password = configuration.password {
            steps.append(Step(command: ["AUTH", .text(password)], condition: .noError))
        }
        if configuration.database != 0 {
            steps.append(Step(command: ["SELECT", RedisArgument(configuration.database)], condition: .noError))
        }
        // Sentinels name the new master a moment before it knows that it is one.
        if !configuration.sentinels.isEmpty { steps.append(Step(command: ["ROLE"], condition: .master)) }
        steps.append(Step(command: ["CLIENT", "SETNAME", .text(configuration.clientName)], condition: .nothing))
        // A script that had to be loaded when it is first needed would run after the commands sent with it.
        for script in RedisScript.allCases {
            steps.append(Step(command: ["SCRIPT", "LOAD", .text(script.source)], condition: .nothing))
        }
        self.steps = steps
    }
}
