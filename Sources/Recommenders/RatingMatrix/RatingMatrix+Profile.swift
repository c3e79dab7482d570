extension RatingMatrix {
    /// The ratings of the user in `row` as the algorithms see them.
    package func profile(of row: Int) -> Profile {
        let places = self.row(row)
        return Profile(
            items: Array(items[places]), codes: Array(rowCodes[places]), times: Array(rowTimes[places]), row: UInt32(row))
    }
}
