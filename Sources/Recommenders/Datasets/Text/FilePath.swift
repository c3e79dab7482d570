/// The parts of a path.
enum FilePath {
    /// The file's or folder's own name; a path without one stays as it is.
    static func lastComponent(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The file's own name without what follows its last point: "interactions" of "data/interactions.txt".
    static func stem(of path: String) -> String {
        let name = lastComponent(of: path)
        guard let point = name.lastIndex(of: "."), point > name.startIndex else { return name }
        return String(name[..<point])
    }

    static func inside(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }
}
