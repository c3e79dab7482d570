package import Recommenders
package import ServiceRuntime

extension InMemoryStorage: ImpressionStore {
    package func note(
        _ items: [ItemID], shownTo user: UserID, at moment: Timestamp, policy: ImpressionPolicy
    ) async throws(StorageError) {
        guard !items.isEmpty else { return }
        changeImpressions(of: user, lifetime: policy.lifetime) { shown in
            for item in items { shown[item] = moment }
            guard shown.count > policy.maximumItems else { return }
            let oldest = shown.sorted { left, right in
                left.value == right.value ? left.key.rawValue < right.key.rawValue : left.value < right.value
            }
            for entry in oldest.prefix(shown.count - policy.maximumItems) { shown[entry.key] = nil }
        }
    }

    package func items(shownTo user: UserID, since start: Timestamp) async throws(StorageError) -> [ItemID] {
        impressions(of: user).compactMap { $0.value >= start ? $0.key : nil }
    }
}
