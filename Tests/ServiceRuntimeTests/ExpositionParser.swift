/// Reads a page of Prometheus' text format back, by its rules and not by ours.
struct ExpositionParser {
    struct Sample: Hashable {
        var name: String
        var labels: [String: String]
        var value: Double
    }

    struct Malformed: Error {
        var line: String
    }

    private(set) var samples: [Sample] = []
    private(set) var types: [String: String] = [:]
    private(set) var help: [String: String] = [:]
    private(set) var comments: [String] = []

    init(_ page: String) throws {
        for line in page.split(separator: "\n", omittingEmptySubsequences: false).dropLast() { try read(String(line)) }
        guard page.hasSuffix("\n") else { throw Malformed(line: "no line end at the end") }
    }

    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { $0.name == name && $0.labels == labels }?.value
    }

    private mutating func read(_ line: String) throws {
        if line.hasPrefix("# TYPE ") || line.hasPrefix("# HELP ") {
            let parts = line.dropFirst(7).split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw Malformed(line: line) }
            if line.hasPrefix("# TYPE ") {
                guard types.updateValue(parts[1], forKey: parts[0]) == nil else { throw Malformed(line: line) }
            } else {
                help[parts[0]] = parts[1]
            }
        } else if line.hasPrefix("# ") {
            comments.append(String(line.dropFirst(2)))
        } else {
            samples.append(try sample(line))
        }
    }

    private func sample(_ line: String) throws -> Sample {
        var rest = Substring(line)
        let name = try self.name(&rest, line)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest.removeFirst()
            while rest.first != "}" {
                let label = try self.name(&rest, line)
                guard rest.hasPrefix("=\"") else { throw Malformed(line: line) }
                rest.removeFirst(2)
                let value = try self.quoted(&rest, line)
                guard labels.updateValue(value, forKey: label) == nil else { throw Malformed(line: line) }
                if rest.first == "," { rest.removeFirst() }
            }
            rest.removeFirst()
        }
        guard rest.first == " " else { throw Malformed(line: line) }
        let number = rest.dropFirst()
        guard let value = number == "+Inf" ? .infinity : number == "-Inf" ? -.infinity : Double(number) else {
            throw Malformed(line: line)
        }
        return Sample(name: name, labels: labels, value: value)
    }

    private func name(_ rest: inout Substring, _ line: String) throws -> String {
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
        guard let first = name.first, !first.isNumber else { throw Malformed(line: line) }
        rest.removeFirst(name.count)
        return String(name)
    }

    private func quoted(_ rest: inout Substring, _ line: String) throws -> String {
        var value = ""
        var scalars = rest.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"":
                rest = Substring(scalars)
                return value
            case "\\":
                switch scalars.popFirst() {
                case "n": value += "\n"
                case "\\": value += "\\"
                case "\"": value += "\""
                default: throw Malformed(line: line)
                }
            default: value.unicodeScalars.append(scalar)
            }
        }
        throw Malformed(line: line)
    }
}
