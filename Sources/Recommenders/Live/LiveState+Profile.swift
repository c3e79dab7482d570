extension LiveState {
    /// The user's ratings with those of `live` laid over them, as `Dataset.profile` does it.
    package func profile(of user: UserID?, overlaidWith live: LiveProfile) -> Profile {
        let row = user.flatMap { index(of: $0) }
        var (items, codes, times): ([UInt32], [UInt8], [UInt32]) = ([], [], [])
        func append(_ item: UInt32, _ code: UInt8, _ time: UInt32) {
            items.append(item)
            codes.append(code)
            times.append(time)
        }
        let overlay = live.overlay(on: dataset.scale) { index(of: $0) }
        var next = 0
        func takeOverlay(before item: UInt32) {
            while next < overlay.count, overlay[next].item < item {
                if let code = overlay[next].code { append(overlay[next].item, code, overlay[next].time) }
                next += 1
            }
        }
        if let row {
            tables.forEachRating(of: row) { item, code, time, _ in
                takeOverlay(before: item)
                // Where both have one, the live word holds.
                if next == overlay.count || overlay[next].item != item { append(item, code, time) }
            }
        }
        takeOverlay(before: .max)
        let dismissed = live.dismissed { index(of: $0) }
        return Profile(items: items, codes: codes, times: times, row: row, dismissed: dismissed)
    }
}

extension LiveProfile {
    /// The live ratings of known items by ascending item; a code of nil hides the row's rating.
    func overlay(on scale: RatingScale, _ index: (ItemID) -> UInt32?) -> [(item: UInt32, code: UInt8?, time: UInt32)] {
        var overlay: [(item: UInt32, code: UInt8?, time: UInt32)] = []
        overlay.reserveCapacity(updates.count)
        for update in updates.values {
            guard let item = index(update.item) else { continue }
            let seconds = UInt32(clamping: update.version.milliseconds / 1000)
            overlay.append((item, update.rating.flatMap { scale.code(for: $0) }, seconds))
        }
        overlay.sort { $0.item < $1.item }
        return overlay
    }

    /// The known items that were dismissed, ascending.
    func dismissed(_ index: (ItemID) -> UInt32?) -> [UInt32] {
        updates.values.compactMap { $0.change == .dismissed ? index($0.item) : nil }.sorted()
    }
}
