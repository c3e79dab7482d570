import Testing

@testable import Storage

/// The error that `body` throws; a failure if it throws none.
func storageError(
    sourceLocation: SourceLocation = #_sourceLocation, from body: () async throws -> Void
) async throws -> StorageError? {
    let error = try await storageErrorIfAny(from: body)
    if error == nil { Issue.record("nothing was thrown", sourceLocation: sourceLocation) }
    return error
}

/// The code of the error that `body` throws; nil if it throws none.
func storageErrorCode(from body: () async throws -> Void) async throws -> StorageError.Code? {
    try await storageErrorIfAny(from: body)?.code
}

func storageErrorIfAny(from body: () async throws -> Void) async throws -> StorageError? {
    do {
        try await body()
        return nil
    } catch let error as StorageError {
        return error
    }
}
