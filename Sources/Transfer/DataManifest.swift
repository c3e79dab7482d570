import Foundation

/// What a published set of files is: their names, sizes and digests. It is written last, so whoever reads it finds the files.
package struct DataManifest: Codable, Equatable, Sendable {
    package struct File: Codable, Hashable, Sendable {
        /// With slashes between folders: `kindred.models/ease.model`.
        package let name: String
        package let byteCount: Int
        /// 64 hexadecimal digits.
        package let sha256: String
        /// In milliseconds since 1970: how old the data is goes by it.
        package let writtenAt: Int64
    }

    /// The only form there is so far.
    static let currentFormat = 1
    /// More than any manifest has.
    static let maximumByteCount = 1 << 20

    package let format: Int
    /// Grows with every set that is published in one place; what is served goes by it.
    package let number: Int
    /// RFC 3339.
    package let createdAt: String
    package let files: [File]

    init(number: Int, createdAt: String, files: [File]) {
        self.format = Self.currentFormat
        self.number = number
        self.createdAt = createdAt
        self.files = files
    }

    /// Reads one that came from elsewhere: nothing in it may lead outside of the folder that it is for.
    init(parsing bytes: [UInt8], from place: String) throws(TransferError) {
        func damaged(_ problem: String) -> TransferError {
            TransferError(
                .damaged, "the manifest of \(place) \(problem)", advice: "Publish the data anew with: kindred data upload")
        }
        guard let manifest = try? JSONDecoder().decode(DataManifest.self, from: Data(bytes)) else {
            throw damaged("is not one of ours")
        }
        guard manifest.format == Self.currentFormat else {
            throw damaged("has the form \(manifest.format), which this version does not know")
        }
        guard manifest.number > 0, manifest.number < 1 << 40, !manifest.files.isEmpty, manifest.files.count <= 1000 else {
            throw damaged("says something impossible")
        }
        for file in manifest.files {
            guard Self.isName(file.name) else { throw damaged("names a file that cannot be") }
            guard file.byteCount >= 0, file.sha256.utf8.count == 64, file.sha256.utf8.allSatisfy(Self.isDigit) else {
                throw damaged("has an impossible size or digest of \(file.name)")
            }
        }
        guard Set(manifest.files.map(\.name)).count == manifest.files.count else { throw damaged("names a file twice") }
        self = manifest
    }

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // What is made of numbers and texts can always be encoded.
        return ((try? encoder.encode(self)).map { [UInt8]($0) } ?? []) + [0x0A]
    }

    package var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }

    /// Letters, digits, `-`, `_` and `.` in parts that do not begin with a point.
    static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= 200
            && parts.allSatisfy { part in
                !part.isEmpty && part.first != "."
                    && part.utf8.allSatisfy {
                        0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
                    }
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte || 0x61...0x66 ~= byte }
}
