/// A text as search sees it: its words in lower case and without accents, "Amélie" as "amelie".
///
/// Latin letters of all alphabets lose their marks; of other scripts only marks that are characters of their own.
struct FoldedWords {
    /// Letters and digits that stand together; apostrophes are passed over, "Bug's" is "bugs".
    let words: [String]
    /// The words that punctuation divides, joined: "spiderman" for "Spider-Man".
    let compounds: [String]

    init(_ text: String) {
        var words: [String] = []
        var compounds: [String] = []
        var word = ""
        var compound = ""
        var partCount = 0
        func endWord() {
            guard !word.isEmpty else { return }
            words.append(word)
            compound += word
            partCount += 1
            word = ""
        }
        func endCompound() {
            endWord()
            if partCount > 1 { compounds.append(compound) }
            compound = ""
            partCount = 0
        }
        for scalar in text.unicodeScalars {
            if let folded = Self.folded(scalar) {
                word += folded
            } else if scalar.properties.isWhitespace {
                endCompound()
            } else {
                endWord()
            }
        }
        endCompound()
        self.words = words
        self.compounds = compounds
    }

    /// - Returns: the letters or digit that stand for `scalar`, nothing for a mark or an apostrophe, nil for what ends a word.
    private static func folded(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "a"..."z", "0"..."9": return String(scalar)
        case "A"..."Z": return scalar.properties.lowercaseMapping
        case "'", "’": return ""
        case _ where scalar.isASCII: return nil
        default: break
        }
        let properties = scalar.properties
        if properties.generalCategory == .nonspacingMark { return "" }
        guard properties.isAlphabetic || properties.numericType != nil else { return nil }
        let lower = properties.lowercaseMapping
        guard let first = lower.unicodeScalars.first, let name = first.properties.name else { return lower }
        if first == "ß" { return "ss" }
        return baseLetters(name) ?? lower
    }

    /// Unicode's names say what a letter is made of: "LATIN SMALL LETTER O WITH STROKE" is an o, "LATIN SMALL LETTER AE" is ae.
    private static func baseLetters(_ name: String) -> String? {
        let words = name.split(separator: " ")
        guard words.count >= 4, words[..<3] == ["LATIN", "SMALL", "LETTER"], words[3].utf8.count <= 2 else { return nil }
        guard words.count == 4 || words[4] == "WITH" else { return nil }
        return words[3].lowercased()
    }
}
