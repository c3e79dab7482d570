/// What each user adds to sums: `width` numbers a user, one user after the other.
struct UserRows: Sendable {
    let numbers: [Double]
    let width: Int

    var userCount: Int { numbers.count / width }

    /// The rows of the users put together into `count` rows: those of every `count`-th user into one.
    func units(_ count: Int) -> [Double] {
        guard count < userCount else { return numbers }
        var units = [Double](repeating: 0, count: count * width)
        for user in 0..<userCount {
            for column in 0..<width { units[user % count * width + column] += numbers[user * width + column] }
        }
        return units
    }
}
