package import Recommenders

extension InMemoryStorage: VisibilityStore {
    package func setVisible(_ isVisible: Bool, _ user: UserID) async throws(StorageError) {
        changeVisible { visible in
            if isVisible { visible.insert(user) } else { visible.remove(user) }
        }
    }

    package func visible(among users: [UserID]) async throws(StorageError) -> Set<UserID> {
        let visible = changeVisible { $0 }
        return visible.intersection(users)
    }
}
