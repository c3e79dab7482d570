/// What is said first on a new connection.
struct RedisLogin {
    struct Step {
        let command: RedisCommand
        /// Whether a refusal ends the connection.
        let isRequired: Bool
    }

    let steps: [Step]

    init(_ configuration: RedisConfiguration) {
        var steps: [Step] = []
        if let user = configuration.user {
            steps.append(Step(command: ["AUTH", .text(user), .text(configuration.password ?? "")], isRequired: true))
        } else if let password = configuration.password {
            steps.append(Step(command: ["AUTH", .text(password)], isRequired: true))
        }
        if configuration.database != 0 {
            steps.append(Step(command: ["SELECT", RedisArgument(configuration.database)], isRequired: true))
        }
        steps.append(Step(command: ["CLIENT", "SETNAME", .text(configuration.clientName)], isRequired: false))
        // A script that had to be loaded when it is first needed would run after the commands sent with it.
        for script in RedisScript.allCases {
            steps.append(Step(command: ["SCRIPT", "LOAD", .text(script.source)], isRequired: false))
        }
        self.steps = steps
    }
}
