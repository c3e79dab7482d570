/// The files of a split, as lists of items by user, and the ratings of the training file as a data set.
package struct ListFiles: Sendable {
    /// Of the training file; its users and items are those of all files.
    package let imported: ImportedDataset
    /// By user, the items, ascending; one that a file repeats is repeated.
    package let training: [[UInt32]]
    /// Without a file every list is empty.
    package let validation: [[UInt32]]
    package let test: [[UInt32]]

    package var users: Vocabulary<UserID> { imported.dataset.users }
    package var items: Vocabulary<ItemID> { imported.dataset.items }
}
