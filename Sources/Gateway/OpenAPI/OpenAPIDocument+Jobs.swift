import Jobs
import ServiceRuntime
import Storage

extension OpenAPIDocument {
    static let jobs = Piece(
        paths: ##"""
            "/v1/jobs/{job}": {
              "parameters": [{"$ref": "#/components/parameters/job"}],
              "get": {
                "operationId": "getJob", "tags": ["Jobs"],
                \##(security("GET /v1/jobs/{job}")),
                "summary": "A job as it is now, or at its end",
                "description": \##(gettingJobs.quoted),
                "parameters": [{"$ref": "#/components/parameters/prefer"}],
                "responses": {
                  "200": {
                    "description": "The job.",
                    "headers": {
                      "Retry-After": {"$ref": "#/components/headers/Retry-After"},
                      "Preference-Applied": {"$ref": "#/components/headers/Preference-Applied"}
                    },
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}
                  },
                  \##(problems(400, 401, 404, 429, 500, 503))
                }
              },
              "delete": {
                "operationId": "cancelJob", "tags": ["Jobs"],
                \##(security("DELETE /v1/jobs/{job}")),
                "summary": "Cancel a recommendation that has not ended",
                "parameters": [{"$ref": "#/components/parameters/idempotencyKey"}],
                "responses": {
                  "200": {
                    "description": "The cancelled job.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}
                  },
                  \##(problems(400, 401, 404, 409, 422, 429, 500, 503))
                }
              }
            },
            "/v1/jobs/{job}/events": {
              "parameters": [{"$ref": "#/components/parameters/job"}],
              "get": {
                "operationId": "followJob", "tags": ["Jobs"],
                \##(security("GET /v1/jobs/{job}/events")),
                "summary": "Follow a job until it ends",
                "description": \##(followingJobs.quoted),
                "parameters": [{"$ref": "#/components/parameters/lastEventID"}],
                "responses": {
                  "200": {
                    "description": "The events.",
                    "content": {"text/event-stream": {
                      "schema": {"type": "string"},
                      "example": "id: 1\nevent: running\ndata: {\"id\":\"01jz2qv7m9d4k8w3x6y5t0b1ch\",\"status\":\"running\"}\n\n"
                    }}
                  },
                  "204": {"description": "The end was seen already; there is no need to come again."},
                  \##(problems(400, 401, 404, 429, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "Job": {
              "type": "object",
              "description": \##(states.quoted),
              "required": [
                "id", "kind", "status", "attempt", "createdAt", "startedAt", "finishedAt", "deadlineAt", "expiresAt", "request",
                "result", "error", "links"
              ],
              "properties": {
                "id": {"type": "string", "examples": ["01jz2qv7m9d4k8w3x6y5t0b1ch"]},
                "kind": {"type": "string", "enum": [\##(names(JobKind.self))]},
                "status": {"type": "string", "enum": [\##(names(JobStatus.self))]},
                "attempt": {"type": "integer", "description": "How many times it was started."},
                "createdAt": {"type": "string", "format": "date-time"},
                "startedAt": {"type": ["string", "null"], "format": "date-time"},
                "finishedAt": {"type": ["string", "null"], "format": "date-time"},
                "deadlineAt": {
                  "type": ["string", "null"], "format": "date-time",
                  "description": "Not started by then, it expires. Null for ratings, which are never given up."
                },
                "expiresAt": {"type": "string", "format": "date-time", "description": "When the record is forgotten."},
                "request": {
                  "type": "object", "description": "What was asked for, in brief.",
                  "properties": {
                    "priority": {"type": "string", "enum": [\##(names(JobLane.self))], "description": "Of recommendations."}
                  }
                },
                "result": {"oneOf": [{"$ref": "#/components/schemas/JobResult"}, {"type": "null"}]},
                "error": {"oneOf": [{"$ref": "#/components/schemas/JobError"}, {"type": "null"}]},
                "links": {
                  "type": "object",
                  "required": ["self", "events"],
                  "properties": {
                    "self": {"type": "string", "format": "uri-reference"},
                    "events": {"type": "string", "format": "uri-reference"},
                    "cancel": {
                      "type": "string", "format": "uri-reference", "description": "To be deleted; missing where that cannot be."
                    },
                    "list": {
                      "type": "string", "format": "uri-reference", "description": "Where the list is read page by page; missing for ratings."
                    },
                    "recommendations": {"type": "string", "format": "uri-reference", "description": "Missing for guests and groups."}
                  }
                }
              }
            },
            "JobResult": {
              "type": "object",
              "required": ["recommendations"],
              "properties": {
                "applied": {"type": "integer", "description": "Of ratings: how many were newer than what was known."},
                "refreshed": {"type": "boolean", "description": "Of ratings: whether the list was computed anew."},
                "users": {
                  "type": "array", "items": {"$ref": "#/components/schemas/SimilarUser"},
                  "description": "Where users of like taste were asked for."
                },
                "recommendations": {
                  "oneOf": [{"$ref": "#/components/schemas/RecommendationList"}, {"type": "null"}],
                  "description": "The list; after ratings the user's newest one, which has seen them."
                }
              }
            },
            "JobError": {
              "type": "object",
              "required": ["code", "detail"],
              "properties": {
                "code": {
                  "type": "string",
                  "description": "profile_full, user_removed, job_dead (given up after too many deliveries) or internal_error; more may come."
                },
                "detail": {"type": "string"}
              }
            }
            """##)

    private static let gettingJobs = """
        200 as long as the job is kept, also when it failed. With `Prefer: wait=N` the answer comes when the job ends, or after \
        N seconds, or with 404 as soon as the job is no longer known. How many requests of a guest's address or of a user may wait at \
        once is bounded (429), here as everywhere.
        """

    private static let followingJobs = """
        Server-sent events: `event` is the status, `data` the job, `id` where to go on after a lost connection. The first event is \
        the job as it is now; the stream ends with the job. Should the job's record be lost or expire, the last event is `vanished` \
        with a problem for its data. Lines that begin with a colon are signs of life. A stream counts as a request that waits.
        """

    private static let states = """
        queued → running (→ retrying → running …) → succeeded, failed, cancelled or expired. Kept for an hour after its end, a week \
        while it has none.
        """
}
