/// What bounds one user's live profile, since it is read as a whole.
package enum ProfileLimits {
    /// Items in it, dismissed ones and taken-back ratings included. An update that would go beyond is rejected as a whole.
    package static let maximumItems = 10_000
}

extension StorageError {
    static let profileIsFull = StorageError(
        .profileFull, "a live profile holds at most \(ProfileLimits.maximumItems) items; nothing of the update was applied")
}
