package import Configuration

extension ConfigReader {
    /// The environment variable that a key is read from: `REDIS_PASSWORD_FILE` for `passwordFile` of a reader scoped to `redis`.
    ///
    /// A reader tells nobody its scope but in its description, so it is taken from there.
    package func variable(forKey key: ConfigKey) -> String {
        var components = key.components
        let description = description
        if let start = description.firstRange(of: "keyPrefix: ")?.upperBound,
            let end = description[start...].firstRange(of: ", providers")?.lowerBound
        {
            components = description[start..<end].split(separator: ".").map(String.init) + components
        }
        return components.map(Self.screaming).joined(separator: "_")
    }

    /// `maxBadRows` as `MAX_BAD_ROWS`.
    private static func screaming(_ component: String) -> String {
        var result = ""
        var previous: Character?
        for character in component {
            if previous?.isLowercase == true && character.isUppercase { result.append("_") }
            result += character.isLetter || character.isNumber ? character.uppercased() : "_"
            previous = character
        }
        return result
    }
}
