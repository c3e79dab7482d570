/// What is kept of one number for each of many users: enough for their mean and its variance.
package struct UserSums: Hashable, Sendable, AdditiveArithmetic {
    package var users: Int
    package var sum: Double
    package var squares: Double

    package init(users: Int, sum: Double, squares: Double) {
        self.users = users
        self.sum = sum
        self.squares = squares
    }

    package static let zero = UserSums(users: 0, sum: 0, squares: 0)

    package static func + (left: UserSums, right: UserSums) -> UserSums {
        UserSums(users: left.users + right.users, sum: left.sum + right.sum, squares: left.squares + right.squares)
    }

    package static func - (left: UserSums, right: UserSums) -> UserSums {
        UserSums(users: left.users - right.users, sum: left.sum - right.sum, squares: left.squares - right.squares)
    }

    package var mean: Double { users > 0 ? sum / Double(users) : 0 }

    /// How far the mean of as many other users would be from their true mean, squared.
    var varianceOfMean: Double {
        guard users > 1 else { return .infinity }
        let count = Double(users)
        return max(0, squares - sum * sum / count) / (count - 1) / count
    }
}
