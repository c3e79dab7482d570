/// A data set and what there is to tell of its import.
package struct ImportedDataset: Sendable {
    package let dataset: Dataset
    package let report: ImportReport
}
