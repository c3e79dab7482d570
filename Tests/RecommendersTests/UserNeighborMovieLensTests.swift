import Foundation
import Recommenders
import Testing

/// The same comparison on ratings that people gave.
@Suite struct UserNeighborMovieLensTests {
    /// `KINDRED_DATA`, or the folder `shared/data` beside the package.
    static let ratingsFile: URL? = {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let package = tests.appending(path: "../../..").standardizedFileURL
        let folders = [
            ProcessInfo.processInfo.environment["KINDRED_DATA"].map { URL(filePath: $0) }, package.appending(path: "shared/data"),
        ]
        return folders.compactMap { $0?.appending(path: "ml-latest-small/ratings.csv") }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    @Test(.enabled(if: ratingsFile != nil, "MovieLens ml-latest-small is not there; KINDRED_DATA says where to look"))
    func agreesWithTheDefinitionsAndFillsEveryList() throws {
        let sample = try Self.sample(of: #require(Self.ratingsFile))
        let recommender = sample.recommender
        let naive = sample.naive
        for similarity in Similarity.allCases {
            let parameters = UserNeighborParameters(
                similarity: similarity, neighbours: 20, shrinkage: UserNeighborParameters.usualShrinkage(for: similarity),
                order: .agreement(similarityPower: 4))
            for parameters in [parameters] + (similarity == .pearson ? [.classic] : []) {
                for row in stride(from: 0, to: sample.users.count, by: 300) {
                    let profile = Profile(sample.users[row], row: UInt32(row))
                    let found = recommender.recommend(for: profile, count: 10, parameters: parameters).items
                    let expected = naive.recommend(for: sample.ratings(of: profile), row: row, count: 10, parameters)
                    #expect(found.count == 10)
                    #expect(found.map(\.item) == expected.map(\.item), "user \(row), \(parameters)")
                    #expect(areClose(found.map(\.score), expected.map(\.score)))
                    #expect(areClose(found.compactMap(\.predictedRating), expected.map(\.predictedRating)))
                    #expect(areClose(found.compactMap(\.matchPercent), expected.map(\.matchPercent)))
                    #expect(found.map { $0.because.map { profile.items[$0] } } == expected.map(\.because))
                }
            }
        }
        for row in sample.users.indices {
            let profile = Profile(sample.users[row], row: UInt32(row))
            let parameters = UserNeighborParameters(similarity: .cosine, neighbours: 20, order: .agreement(similarityPower: 4))
            #expect(recommender.recommend(for: profile, count: 20, parameters: parameters).items.count == 20)
        }
    }

    private static func sample(of file: URL) throws -> UserNeighborSample {
        var users: [[UInt32: UInt8]] = []
        var rows: [Substring: Int] = [:]
        var items: [Substring: UInt32] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",")
            let row = rows[fields[0]] ?? users.count
            if row == users.count { users.append([:]) }
            rows[fields[0]] = row
            let item = items[fields[1]] ?? UInt32(items.count)
            items[fields[1]] = item
            let value = try #require(Double(fields[2]))
            users[row][item] = RatingScale.halfStars.code(for: value)
        }
        return UserNeighborSample("ml-latest-small", scale: .halfStars, itemCount: items.count, users: users)
    }
}
