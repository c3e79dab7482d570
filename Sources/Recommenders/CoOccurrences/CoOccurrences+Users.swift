/// The ratings as a users × items matrix X, whatever their closeness.
extension CoOccurrences {
    /// Adds row `user` of XXᵀ to `sums`, which has a place for every user.
    package func addUsers(sharingWith user: Int, to sums: UnsafeMutableBufferPointer<Float>) {
        precondition(sums.count == userCount)
        for place in rowStarts[user]..<rowStarts[user + 1] {
            let weight = weights[place]
            let item = Int(items[place])
            for column in columnStarts[item]..<columnStarts[item + 1] {
                sums[Int(users[column])] += weight * weights[Int(places[column])]
            }
        }
    }

    /// Σ X(u, `item`) · values(u) over all users.
    package func sum(of item: Int, over values: UnsafeBufferPointer<Float>) -> Float {
        var sum: Float = 0
        for column in columnStarts[item]..<columnStarts[item + 1] {
            sum += weights[Int(places[column])] * values[Int(users[column])]
        }
        return sum
    }
}
