import Foundation

/// Why a parameter was not set.
package enum ParameterError: Error, Equatable {
    /// With those that there are.
    case unknownName(String, known: [String])
    case unusableValue(name: String, value: String)
}

extension ModelParameters {
    /// Every parameter that has a value, as JSON, by its name in a file of parameters; of those within another the names are joined by points,
    /// as in `recency.halfLife`.
    package var settings: [String: String] {
        var settings: [String: String] = [:]
        func add(_ value: Any, name: String) {
            if let members = value as? [String: Any] {
                for (member, value) in members { add(value, name: name.isEmpty ? member : "\(name).\(member)") }
            } else if let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys]) {
                settings[name] = String(decoding: data, as: UTF8.self)
            }
        }
        add(parameterObject, name: "")
        return settings
    }

    /// The same with one parameter changed.
    ///
    /// - Parameters:
    ///   - name: as in `settings`.
    ///   - value: JSON; `null` for none. What is no JSON is taken as a text.
    package func setting(_ name: String, to value: String) throws(ParameterError) -> ModelParameters {
        // A bare word is a text.
        let json = (try? JSONSerialization.jsonObject(with: Data(value.utf8), options: .fragmentsAllowed)) ?? value
        let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let object: [String: Any] = [
            "algorithm": algorithm.rawValue, "parameters": Self.setting(path[...], to: json, in: parameterObject),
        ]
        guard let data = try? JSONSerialization.data(withJSONObject: object),
            let changed = try? JSONDecoder().decode(ModelParameters.self, from: data)
        else { throw .unusableValue(name: name, value: value) }
        // Names that do not exist are passed over when parameters are read.
        guard changed.settings[name] != nil || json is NSNull else {
            throw .unknownName(name, known: Set(settings.keys).union(optionalNames).sorted())
        }
        return changed
    }

    /// Of the parameters that may have no value, and are not in `settings` then.
    private var optionalNames: [String] {
        switch self {
        case .userNeighbors: ["candidates", "latest", "recency.halfLife", "succession.boost", "succession.range"]
        case .itemNeighbors, .ease, .graphFilter: ["closeness.halfLife", "recency.halfLife"]
        case .implicitALS: ["recency.halfLife"]
        case .popularity: ["halfLifeDays"]
        case .trending: []
        case .blend: Algorithm.allCases.filter { $0 != .blend && $0 != .classic }.map { "weights.\($0.rawValue)" }
        }
    }

    private var parameterObject: [String: Any] {
        let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        return object?["parameters"] as? [String: Any] ?? [:]
    }

    private static func setting(_ path: ArraySlice<String>, to value: Any, in object: [String: Any]) -> [String: Any] {
        guard let name = path.first else { return object }
        var object = object
        if path.count == 1 {
            object[name] = value
        } else {
            object[name] = setting(path.dropFirst(), to: value, in: object[name] as? [String: Any] ?? [:])
        }
        return object
    }
}
