import Hummingbird

extension Request {
    /// The largest body that is read.
    static var maximumBodySize: Int { 65_536 }

    /// The header is believed only when it says that the body is too large: what arrives is counted too.
    func bytes() async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap(Int.init), length > Self.maximumBodySize { throw Self.tooLarge }
        var bytes: [UInt8] = []
        do {
            for try await chunk in body {
                guard bytes.count + chunk.readableBytes <= Self.maximumBodySize else { throw Self.tooLarge }
                bytes.append(contentsOf: chunk.readableBytesView)
            }
        } catch let error as Problem {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Problem(.unreadableBody)
        }
        return bytes
    }

    private static var tooLarge: Problem {
        Problem(.bodyTooLarge, "A body holds at most \(maximumBodySize) bytes.")
    }
}

extension StringProtocol {
    /// Without the spaces and tabs at both ends.
    var trimmingSpace: SubSequence {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return self[startIndex..<startIndex]
        }
        return self[first...last]
    }
}
