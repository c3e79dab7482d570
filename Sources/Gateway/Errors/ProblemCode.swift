import Hummingbird

/// Every `code` that an error of the API can carry. Clients switch on them, so a code that was released never changes its meaning.
enum ProblemCode: String, CaseIterable, Sendable {
    case malformedJSON = "malformed_json"
    case unknownField = "unknown_field"
    case wrongType = "wrong_type"
    case missingField = "missing_field"
    case unreadableBody = "unreadable_body"
    case invalidParameter = "invalid_parameter"
    case invalidPageToken = "invalid_page_token"
    case invalidUserID = "invalid_user_id"
    case invalidItemID = "invalid_item_id"
    case invalidIdempotencyKey = "invalid_idempotency_key"
    case malformedRequest = "malformed_request"

    case unauthorized
    case sessionRequired = "session_required"
    case sessionExpired = "session_expired"
    case wrongCredentials = "wrong_credentials"
    case forbidden

    case notFound = "not_found"
    case unknownItem = "unknown_item"
    case unknownJob = "unknown_job"
    case unknownUser = "unknown_user"
    case unknownDeadLetter = "unknown_dead_letter"
    case unknownExperiment = "unknown_experiment"
    case accountsOff = "accounts_off"
    case noRecommendationsYet = "no_recommendations_yet"
    case noSimilarItemsYet = "no_similar_items_yet"
    case noEvaluation = "no_evaluation"
    case unknownList = "unknown_list"
    case methodNotAllowed = "method_not_allowed"
    case misdirectedRequest = "misdirected_request"

    case jobAlreadyEnded = "job_already_ended"
    case jobNotCancellable = "job_not_cancellable"
    case jobCancelled = "job_cancelled"
    case listNotReady = "list_not_ready"
    case notVisible = "not_visible"
    case nameTaken = "name_taken"
    case deadLetterNotAJob = "dead_letter_not_a_job"
    case itemInCatalogue = "item_in_catalogue"

    case listGone = "list_gone"

    case bodyTooLarge = "body_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case ratingOffScale = "rating_off_scale"
    case invalidValue = "invalid_value"
    case invalidName = "invalid_name"
    case weakPassword = "weak_password"
    case idempotencyKeyReused = "idempotency_key_reused"

    case rateLimited = "rate_limited"
    case tooManyAttempts = "too_many_attempts"
    case tooManyWaiting = "too_many_waiting"

    case internalError = "internal_error"
    case unreadableEvaluation = "unreadable_evaluation"
    case jobFailed = "job_failed"
    case profileFull = "profile_full"
    case tooManyItems = "too_many_items"

    case queueFull = "queue_full"
    case queueBlocked = "queue_blocked"
    case queueUnavailable = "queue_unavailable"
    case overloaded
    case storageUnavailable = "storage_unavailable"
    case jobExpired = "job_expired"
    case shuttingDown = "shutting_down"
    case loopStuck = "loop_stuck"

    var status: HTTPResponse.Status {
        switch self {
        case .malformedJSON, .unknownField, .wrongType, .missingField, .unreadableBody, .invalidParameter, .invalidPageToken,
            .invalidUserID, .invalidItemID, .invalidIdempotencyKey, .malformedRequest:
            .badRequest
        case .unauthorized, .sessionRequired, .sessionExpired, .wrongCredentials: .unauthorized
        case .forbidden: .forbidden
        case .notFound, .unknownItem, .unknownJob, .unknownUser, .unknownDeadLetter, .unknownExperiment, .unknownList,
            .accountsOff, .noRecommendationsYet, .noSimilarItemsYet, .noEvaluation:
            .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .misdirectedRequest: .misdirectedRequest
        case .jobAlreadyEnded, .jobNotCancellable, .jobCancelled, .listNotReady, .notVisible, .nameTaken, .deadLetterNotAJob,
            .itemInCatalogue:
            .conflict
        case .listGone: .gone
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .ratingOffScale, .invalidValue, .invalidName, .weakPassword, .idempotencyKeyReused: .unprocessableContent
        case .rateLimited, .tooManyAttempts, .tooManyWaiting: .tooManyRequests
        case .internalError, .unreadableEvaluation, .jobFailed: .internalServerError
        case .profileFull, .tooManyItems: .unprocessableContent
        case .queueFull, .queueBlocked, .queueUnavailable, .overloaded, .storageUnavailable, .jobExpired, .shuttingDown,
            .loopStuck:
            .serviceUnavailable
        }
    }

    /// What happened, in a few words that are the same every time.
    var title: String {
        switch self {
        case .malformedJSON: "The body is not JSON"
        case .unknownField: "There is a field that we do not know"
        case .wrongType: "A field has the wrong type"
        case .missingField: "A field is missing"
        case .unreadableBody: "The body could not be read"
        case .invalidParameter: "A query parameter is not valid"
        case .invalidPageToken: "The page token is not valid here"
        case .invalidUserID: "This is no user id"
        case .invalidItemID: "This is no item id"
        case .invalidIdempotencyKey: "This is no idempotency key"
        case .malformedRequest: "This is no HTTP request"
        case .unauthorized: "A token is needed"
        case .sessionRequired: "A session is needed"
        case .sessionExpired: "The session is over"
        case .wrongCredentials: "Name or password are wrong"
        case .forbidden: "Whoever has this token may not do this"
        case .notFound: "There is nothing here"
        case .unknownItem: "There is no such item"
        case .unknownJob: "There is no such job"
        case .unknownUser: "There is no such user"
        case .unknownDeadLetter: "There is no such dead letter"
        case .unknownExperiment: "There is no such experiment"
        case .accountsOff: "This server keeps no accounts"
        case .noRecommendationsYet: "Nothing was recommended yet"
        case .noSimilarItemsYet: "Similar items were not computed yet"
        case .noEvaluation: "Nothing was evaluated yet"
        case .unknownList: "There is no such list"
        case .methodNotAllowed: "This cannot be done here"
        case .misdirectedRequest: "The request was meant for another server"
        case .jobAlreadyEnded: "The job has ended already"
        case .jobNotCancellable: "The job cannot be cancelled"
        case .jobCancelled: "The job was cancelled"
        case .listNotReady: "The list is not computed yet"
        case .listGone: "The list is no longer kept"
        case .notVisible: "The user did not agree to be found"
        case .nameTaken: "Somebody else has this name"
        case .deadLetterNotAJob: "The dead letter is no job"
        case .itemInCatalogue: "The ratings file says what this item is"
        case .bodyTooLarge: "The body is too large"
        case .unsupportedMediaType: "The body has the wrong content type"
        case .ratingOffScale: "A rating is not on the scale"
        case .invalidValue: "A value is out of range"
        case .invalidName: "This cannot be an account's name"
        case .weakPassword: "The password is too easily guessed"
        case .idempotencyKeyReused: "The idempotency key belongs to another request"
        case .rateLimited: "Too many requests in too short a time"
        case .tooManyAttempts: "Too many wrong passwords"
        case .tooManyWaiting: "Too many requests are waiting"
        case .internalError: "Something went wrong here"
        case .unreadableEvaluation: "The report of the evaluation cannot be used"
        case .jobFailed: "The job failed"
        case .profileFull: "The user has rated as many items as are kept"
        case .tooManyItems: "As many items have come in as are kept beside the ratings file"
        case .queueFull: "Too many jobs are waiting"
        case .queueBlocked: "The broker takes no jobs at present"
        case .queueUnavailable: "The broker cannot be reached"
        case .overloaded: "Too many requests are in hand"
        case .storageUnavailable: "The storage cannot be reached"
        case .jobExpired: "No worker came to the job in time"
        case .shuttingDown: "This server is shutting down"
        case .loopStuck: "A loop of this server does not turn"
        }
    }
}
