/// Makes up titles of films that nobody has filmed.
struct SampleTitles {
    private var used: Set<String> = []

    /// A title that was not given out before, in the manner of MovieLens: the article behind, "Copper Orchard, The".
    mutating func next(genre: String, using generator: inout SplitMix64) -> String {
        let base = title(genre: genre, using: &generator)
        var title = base
        var part = 2
        while !used.insert(title).inserted {
            title = "\(base) \(part)"
            part += 1
        }
        return title
    }

    private func title(genre: String, using generator: inout SplitMix64) -> String {
        func pick(_ words: [String]) -> String { words[generator.next(in: 0..<words.count)] }
        let noun = pick(Self.nouns[genre] ?? Self.things)
        return switch generator.next(in: 0..<6) {
        case 0: "\(pick(Self.adjectives)) \(noun), The"
        case 1: "\(noun) of \(pick(Self.places))"
        case 2: "\(pick(Self.adjectives)) \(noun)"
        case 3: "\(pick(Self.names))'s \(noun)"
        case 4: "\(noun) and the \(pick(Self.things)), The"
        default: "\(pick(Self.names)), \(pick(Self.things)) and \(noun)"
        }
    }

    private static let adjectives = [
        "Copper", "Patient", "Borrowed", "Lopsided", "Velvet", "Ninth", "Whispering", "Sunken", "Left-Handed", "Paper", "Amber",
        "Unfinished", "Feathered", "Quiet", "Crooked", "Salt", "Marble", "Wandering", "Forgetful", "Indigo",
    ]
    private static let places = [
        "Quillmere", "Tarrowby", "Vessamont", "Port Elsin", "Ambergate", "Old Hollin", "Brindle Bay", "Sankt Orlo", "Mirrowick",
        "Castellune", "Dunmarrow", "Fjällnäs Point",
    ]
    private static let names = [
        "Odile", "Barnaby", "Zofia", "Tamsin", "Ignatius", "Mireille", "Anselm", "Pelle", "Noé", "Wilhelmina", "Ottoline",
        "Fergus",
    ]
    private static let things = [
        "Umbrella", "Teapot", "Lantern", "Weathercock", "Accordion", "Ladder", "Marmalade", "Compass", "Pocket Watch",
        "Snow Globe",
        "Trombone", "Almanac",
    ]
    private static let nouns: [String: [String]] = [
        "Action": ["Ambush", "Getaway", "Rooftop", "Engine", "Countdown", "Pursuit"],
        "Adventure": ["Expedition", "Map", "Caravan", "Lighthouse", "Crossing", "Archipelago"],
        "Animation": ["Hedgehog", "Crayon", "Puppet", "Owl", "Balloon", "Meadow"],
        "Comedy": ["Wedding Cake", "Neighbour", "Misprint", "Goose", "Landlord", "Banquet"],
        "Crime": ["Alibi", "Ledger", "Forger", "Informer", "Safe", "Inheritance"],
        "Documentary": ["Glacier", "Beekeeper", "Harvest", "Railway", "Estuary", "Loom"],
        "Drama": ["Orchard", "Letter", "Winter", "Daughter", "Silence", "Harbour"],
        "Fantasy": ["Dragonfly", "Sorcerer", "Moonwell", "Changeling", "Thicket", "Crown"],
        "Horror": ["Cellar", "Scarecrow", "Whisper", "Sanatorium", "Mirror", "Fog"],
        "Romance": ["Waltz", "Postcard", "Summer", "Balcony", "Serenade", "Promise"],
        "Sci-Fi": ["Orbit", "Android", "Nebula", "Colony", "Signal", "Starship"],
        "Thriller": ["Witness", "Cipher", "Passenger", "Deadline", "Shadow", "Double"],
    ]
    /// Every genre there is, sorted.
    static let genres = nouns.keys.sorted()
}
