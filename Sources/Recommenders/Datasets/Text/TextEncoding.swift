/// How the bytes of a data set's texts are meant.
enum TextEncoding {
    case utf8
    /// UTF-8 where the bytes are that, else ISO 8859-1, in which MovieLens 1M has its titles.
    case utf8OrLatin1

    /// - Returns: nil when the bytes are no text in this encoding.
    func text(of field: RowScanner.Field, in bytes: Span<UInt8>) -> String? {
        var content = bytes.copy(of: field.range)
        if field.hasDoubledQuotes { undoubleQuotes(in: &content) }
        if let text = String(validating: content, as: UTF8.self) { return text }
        guard self == .utf8OrLatin1 else { return nil }
        var text = String.UnicodeScalarView()
        for byte in content { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }

    private func undoubleQuotes(in content: inout [UInt8]) {
        var isFirstOfTwo = false
        content.removeAll { byte in
            guard byte == UInt8(ascii: "\"") else { return false }
            isFirstOfTwo.toggle()
            return isFirstOfTwo
        }
    }
}
