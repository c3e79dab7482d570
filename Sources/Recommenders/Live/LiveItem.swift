/// What was said of one item since the file was written.
struct LiveItem: Sendable {
    /// By ascending user.
    var votes: [LiveVote] = []
    /// How many ratings more there are than in the file, and what their codes sum to.
    var codeSum: Int64 = 0
    var count: Int32 = 0
    /// How often a rating came, changed or went.
    var changes: UInt32 = 0

    /// - Parameter changes: by ascending user, of each one.
    mutating func merge(_ changes: ArraySlice<LiveChange>) {
        var merged: [LiveVote] = []
        merged.reserveCapacity(votes.count + changes.count)
        var next = 0
        for change in changes {
            let start = next
            while next < votes.count, votes[next].user < change.user { next += 1 }
            merged += votes[start..<next]
            if next < votes.count, votes[next].user == change.user { next += 1 }
            if change.vote != change.fileCode {
                merged.append(LiveVote(user: change.user, code: change.vote, fileCode: change.fileCode))
            }
            count += (change.after > 0 ? 1 : 0) - (change.before > 0 ? 1 : 0)
            codeSum += Int64(change.after) - Int64(change.before)
            self.changes &+= 1
        }
        merged += votes[next...]
        votes = merged
    }
}
