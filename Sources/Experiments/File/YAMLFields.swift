import Yams

/// The members of a mapping, each of which is known and stands there once.
struct YAMLFields {
    let line: Int?
    private let nodes: [String: Node]
    private let lines: [String: Int]

    /// - Parameter what: what is expected there, for the error.
    init(_ node: Node, _ what: String, known: [String]) throws(ExperimentsFileError) {
        line = node.mark?.line
        guard let mapping = node.mapping else { throw ExperimentsFileError(line: line, problem: "\(what) is expected") }
        var nodes: [String: Node] = [:]
        var lines: [String: Int] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard known.contains(name) else {
                throw ExperimentsFileError(
                    line: key.mark?.line,
                    problem: "\"\(name)\" is not known here; there are: \(known.joined(separator: ", "))")
            }
            nodes[name] = value
            lines[name] = key.mark?.line
        }
        self.nodes = nodes
        self.lines = lines
    }

    subscript(name: String) -> Node? { nodes[name] }

    func error(_ name: String, _ problem: String) -> ExperimentsFileError {
        ExperimentsFileError(line: lines[name] ?? line, problem: "\(name) \(problem)")
    }

    /// - Returns: nil when it is not there.
    func text(_ name: String) throws(ExperimentsFileError) -> String? {
        guard let node = nodes[name] else { return nil }
        guard let text = node.scalar?.string, !text.isEmpty else { throw error(name, "is no text") }
        return text
    }

    func required(_ name: String) throws(ExperimentsFileError) -> String {
        guard let text = try text(name) else { throw error(name, "is missing") }
        return text
    }

    func list(_ name: String) throws(ExperimentsFileError) -> [Node] {
        guard let node = nodes[name] else { throw error(name, "is missing") }
        guard let sequence = node.sequence else { throw error(name, "is no list") }
        return Array(sequence)
    }

    /// A word of 1 to 40 lower-case letters, digits and hyphens, so that it can stand in keys and addresses.
    func name(_ field: String) throws(ExperimentsFileError) -> String {
        let name = try required(field)
        let isName =
            name.utf8.count <= 40
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
        guard isName else { throw error(field, "is \"\(name)\"; up to 40 lower-case letters, digits and hyphens are allowed") }
        return name
    }

    /// One of a few words.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ type: Choice.Type
    ) throws(ExperimentsFileError) -> Choice? {
        guard let text = try text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw error(name, "is \"\(text)\"; there are: \(type.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(ExperimentsFileError) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw error(name, "is \(text); a number from \(range.lowerBound) to \(range.upperBound) is expected")
        }
        return number
    }

    /// Per cent, with or without the sign, as a share of 1.
    func share(_ name: String) throws(ExperimentsFileError) -> Double? {
        guard let text = try text(name) else { return nil }
        guard let percent = Double(text.hasSuffix("%") ? text.dropLast() : text[...]), percent > 0, percent <= 100 else {
            throw error(name, "is \(text); more than 0 % and no more than 100 % is possible")
        }
        return percent / 100
    }
}
