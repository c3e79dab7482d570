import Hummingbird
import Logging
import Messaging
import Passwords
import Recommenders
import ServiceRuntime
import Storage

/// Says, for the whole gateway, which error becomes which answer.
struct ErrorResponses: RouterMiddleware {
    let routes: RouteTable
    /// Seconds until those come again who were turned away; spread, so that they do not all come at once.
    let retryDelay: @Sendable () -> Int

    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        let problem: Problem
        do {
            return try await next(request, context)
        } catch let error as Problem {
            problem = error
        } catch let error as MessagingError {
            problem = Self.problem(for: error)
            if Self.needsMending(error) { log(error, "The broker does not accept this gateway", context) }
        } catch let error as StorageError {
            problem = Self.problem(for: error)
            if problem.code == .internalError { log(error, "The storage refused a command", context) }
        } catch let error as PasswordError {
            problem = Self.problem(for: error)
            if problem.code == .internalError { log(error, "A password could not be hashed", context) }
        } catch let error as HTTPError where error.status == .notFound {
            problem = unrouted(request)
        } catch is CancellationError {
            problem = Problem(.shuttingDown)
        } catch {
            problem = Problem(.internalError)
            log(error, "A request failed", context)
        }
        return problem.response(to: request.uri.path, retryAfter: retryDelay)
    }

    static func problem(for error: MessagingError) -> Problem {
        switch error.code {
        case .refused: Problem(.queueFull, "The job was not accepted. Try again a little later.")
        case .blocked: Problem(.queueBlocked, "The job was not accepted. Try again a little later.")
        case .overloaded: Problem(.overloaded, "The job was not accepted. Try again a little later.")
        case .disconnected, .timedOut:
            Problem(.queueUnavailable, "Whether the job was accepted is not known. Repeating it does no harm.")
        case .unroutable, .topologyMismatch, .accessRefused, .untrusted: Problem(.queueUnavailable, "The job was not accepted.")
        case .closed: Problem(.shuttingDown)
        case .malformed: Problem(.internalError)
        }
    }

    static func problem(for error: StorageError) -> Problem {
        switch error.code {
        case .connectionFailed, .connectionLost, .unavailable: Problem(.storageUnavailable)
        case .closed: Problem(.shuttingDown)
        case .rejected, .profileFull, .userRemoved, .corrupted: Problem(.internalError)
        }
    }

    static func problem(for error: PasswordError) -> Problem {
        switch error {
        case .busy(let delay):
            Problem(.overloaded, "Too many passwords are being checked.", headers: [.retryAfter: "\(delay.wholeSeconds)"])
        case .failed: Problem(.internalError)
        }
    }

    private static func needsMending(_ error: MessagingError) -> Bool {
        switch error.code {
        case .unroutable, .topologyMismatch, .accessRefused, .untrusted, .malformed: true
        case .disconnected, .timedOut, .refused, .blocked, .overloaded, .closed: false
        }
    }

    /// No route took the request: the path may be unknown, or only the method.
    private func unrouted(_ request: Request) -> Problem {
        let methods = routes.methods(of: request.uri.path)
        guard !methods.isEmpty else { return Problem(.notFound) }
        let allowed = methods.joined(separator: ", ")
        return Problem(.methodNotAllowed, "Allowed here: \(allowed).", headers: [.allow: allowed])
    }

    private func log(_ error: any Error, _ message: Logger.Message, _ context: GatewayRequestContext) {
        context.logger.error(
            message,
            metadata: [LogKey.error: "\(error)", LogKey.route: "\(context.endpointPath ?? "none")"])
    }
}
