package import Recommenders

/// Trains factors of items by alternating least squares for implicit feedback: Hu, Koren and Volinsky, "Collaborative filtering for implicit
/// feedback datasets" (2008), with the loss of Rendle et al., "Revisiting the performance of iALS on item recommendation benchmarks"
/// (2022), as `ImplicitALSParameters` has it.
///
/// Two things make it cheap. Every row is solved for exactly and not by a few steps of conjugate gradients, so that half as many sweeps
/// do. And where users are very many, all sweeps but the last two go over a sample of them: what items have in common shows in
/// some ten thousand users, and the last sweeps make of it what all say.
///
/// The outcome is the same for any number of threads. The users' factors are not kept: a profile is given factors when it is asked for.
package struct ImplicitALS: Sendable {
    package var parameters: ImplicitALSParameters
    package var threads: Int
    /// How many users a sample has at least; below twice as many all are taken.
    var sampleSize = 25_000

    /// Sweeps over all users at the end.
    private static let fullSweeps = 2
    /// The length that random factors have about.
    private static let initialLength = 0.1

    package init(parameters: ImplicitALSParameters = .init(), threads: Int = Parallel.coreCount) {
        self.parameters = parameters
        self.threads = threads
    }

    /// `parameters.dimensions` is rounded up to a multiple of `ItemFactors.blockSize`.
    ///
    /// - Parameter progress: called with the share that is done, from the calling thread.
    /// - Complexity: `iterations` · (ratings · `dimensions`² + (users + items) · `dimensions`³), and memory of 4 bytes for each factor of
    ///   users and items beside the ratings.
    package func train(_ ratings: RatingMatrix, progress: (Double) -> Void = { _ in }) -> ItemFactors {
        LinearAlgebra.setThreads(1)
        let size = ItemFactors.blockSize
        let dimensions = max(1, (parameters.dimensions + size - 1) / size) * size
        let ratedItems = (0..<UInt32(ratings.itemCount)).filter { !ratings.column(Int($0)).isEmpty }
        let activeUsers = (0..<ratings.userCount).filter { !ratings.row($0).isEmpty }

        let sampled = activeUsers.count / max(sampleSize, 1)
        let fullSweeps = sampled > 1 ? min(Self.fullSweeps, parameters.iterations) : parameters.iterations
        // What is done is measured in ratings looked at.
        let total = Double(fullSweeps) + Double(parameters.iterations - fullSweeps) / Double(max(sampled, 1))
        var done = 0.0
        var items = FactorTable(
            random: ratings.itemCount, dimensions: dimensions, length: Self.initialLength, seed: parameters.seed, threads: threads
        )
        func sweep(_ count: Int, over ratings: RatingMatrix, users: Int, share: Double) {
            let userStep = HalfSweep(
                starts: ratings.rowStarts, indices: ratings.items, parameters: parameters, possible: ratedItems.count,
                threads: threads)
            let itemStep = HalfSweep(
                starts: ratings.columnStarts, indices: ratings.users, parameters: parameters, possible: users, threads: threads)
            for _ in 0..<count {
                let users = userStep.solve(other: items)
                progress((done + share / 2) / total)
                items = itemStep.solve(other: users)
                done += share
                progress(done / total)
            }
        }
        if sampled > 1 {
            let sample = Self.sample(ratings, of: stride(from: 0, to: activeUsers.count, by: sampled).map { activeUsers[$0] })
            sweep(
                parameters.iterations - fullSweeps, over: sample, users: sample.userCount, share: 1 / Double(sampled))
        }
        sweep(fullSweeps, over: ratings, users: activeUsers.count, share: 1)
        return ItemFactors(
            itemCount: ratings.itemCount, dimensions: dimensions, rows: items.rotatedToPrincipalAxes(threads: threads),
            ratedItems: ratedItems)
    }

    /// The ratings of some users, numbered anew.
    private static func sample(_ ratings: RatingMatrix, of users: [Int]) -> RatingMatrix {
        var starts = [0]
        for user in users { starts.append(starts[starts.count - 1] + ratings.row(user).count) }
        let items = FlatArray<UInt32>(count: starts[starts.count - 1]) { items in
            for (number, user) in users.enumerated() {
                _ = items[starts[number]..<starts[number + 1]].initialize(fromContentsOf: ratings.items[ratings.row(user)])
            }
        }
        return RatingMatrix(
            itemCount: ratings.itemCount, rowStarts: FlatArray(starts), items: items,
            rowCodes: FlatArray(repeatElement(1, count: items.count)))
    }
}
