extension LoadReport {
    var json: JSON {
        [
            "settings": settings.json(target: target, population: population, phase: phase),
            "figures": figures.json,
            "answeredPerSecond": .number(answeredRate),
            "jobsEndedPerSecond": .optional(endedJobRate),
            "generator": [
                "wasBottleneck": .bool(verdict.wasBottleneck),
                "cpuMicrosecondsPerRequest": .number(verdict.cpuMicrosecondsPerRequest),
                "cpuShareOfACore": .number(verdict.cpuShare), "lateShare": .number(verdict.lateShare),
                "lateness": figures.lateness.json,
            ],
        ]
    }
}

extension LoadSettings {
    func json(target: LoadTarget, population: LoadPopulation, phase: LoadPhase) -> JSON {
        let (rate, closed): (Double?, Int?) =
            switch phase.pace {
            case .open(let rate): (rate, nil)
            case .closed(let count): (nil, count)
            }
        return [
            "url": .string(target.url), "dataset": .string(population.dataset), "rate": .optional(rate),
            "closedLoop": .optional(closed), "arrivals": .string(arrivals.rawValue),
            "duration": .number(phase.duration / .seconds(1)), "warmUp": .number(phase.warmUp / .seconds(1)),
            "mix": .object(mix.shares.map { JSON.Member(name: $0.operation.rawValue, value: .number($0.weight)) }),
            "seed": .integer(Int(clamping: seed)), "users": .integer(population.userCount), "prefix": .string(population.prefix),
            "items": .integer(population.items.count), "skew": .number(skew), "connections": .integer(connections),
            "timeout": .number(timeout / .seconds(1)), "drain": .number(drain / .seconds(1)), "follow": .number(follow),
            "followBy": .string(followBy.rawValue), "followers": .integer(followers),
        ]
    }
}

extension LoadFigures {
    var json: JSON {
        [
            "seconds": .number(seconds), "wasInterrupted": .bool(wasInterrupted), "requests": .integer(requestCount),
            "errors": .integer(errorCount), "answeredInTime": .integer(answeredInTime),
            "foundNoConnection": .integer(foundNoConnection), "openedConnections": .integer(openedConnections),
            "lastJobSeconds": .optional(lastJobSeconds), "cpuSeconds": .number(cpuSeconds),
            "all": total.json,
            "operations": .object(
                LoadOperation.allCases.compactMap { operation in
                    operations[operation].map { JSON.Member(name: operation.rawValue, value: $0.json) }
                }),
            "jobs": .object(
                LoadJobKind.allCases.compactMap { kind in
                    jobs[kind].map { JSON.Member(name: kind.rawValue, value: $0.json) }
                }),
        ]
    }
}

extension OperationFigures {
    var json: JSON {
        [
            "count": .integer(count), "latency": answered.json, "errorLatency": failed.json, "answers": Self.counts(good),
            "errors": Self.counts(errors),
        ]
    }

    private static func counts(_ counts: [AnswerKind: Int]) -> JSON {
        .object(counts.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key.description, value: .integer($0.value)) })
    }
}

extension JobFigures {
    var json: JSON {
        [
            "accepted": .integer(accepted), "followed": .integer(followed), "latency": latencies.json,
            "ended": .object(
                ended.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: .integer($0.value)) }),
            "unfinished": .integer(unfinished), "followErrors": .integer(followErrors), "followedLate": .integer(followedLate),
        ]
    }
}
