import Jobs

extension OpenAPIDocument {
    static let deadLetters = Piece(
        paths: ##"""
            "/v1/dead-letters": {
              "get": {
                "operationId": "getDeadLetters", "tags": ["Dead letters"],
                \##(security("GET /v1/dead-letters")),
                "summary": "Jobs that nobody could do",
                "description": "In no order, and no more than `pageSize` of them. Nothing is told of the ratings in them.",
                "parameters": [{"$ref": "#/components/parameters/pageSize"}],
                "responses": {
                  "200": {
                    "description": "Dead letters, and how many there are in all.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/DeadLetters"}}}
                  },
                  \##(problems(400, 401, 403, 500, 503))
                }
              }
            },
            "/v1/dead-letters/{letter}/requeue": {
              "parameters": [{"$ref": "#/components/parameters/letter"}],
              "post": {
                "operationId": "requeueDeadLetter", "tags": ["Dead letters"],
                \##(security("POST /v1/dead-letters/{letter}/requeue")),
                "summary": "Have it done again",
                "description": "As new jobs, since the old ones have ended for everybody who follows them.",
                "responses": {
                  "202": {
                    "description": "The new jobs.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RequeuedJobs"}}}
                  },
                  \##(problems(400, 401, 403, 404, 409, 500, 503))
                }
              }
            },
            "/v1/dead-letters/{letter}": {
              "parameters": [{"$ref": "#/components/parameters/letter"}],
              "delete": {
                "operationId": "deleteDeadLetter", "tags": ["Dead letters"],
                \##(security("DELETE /v1/dead-letters/{letter}")),
                "summary": "Forget it for good",
                "responses": {
                  "204": {"description": "It is gone."},
                  \##(problems(400, 401, 403, 404, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "DeadLetters": {
              "type": "object", "required": ["total", "deadLetters"],
              "properties": {
                "total": {"type": "integer"},
                "deadLetters": {"type": "array", "items": {"$ref": "#/components/schemas/DeadLetter"}}
              }
            },
            "DeadLetter": {
              "type": "object",
              "required": ["id", "reason", "queue", "deliveries", "diedAt", "jobs", "byteCount"],
              "properties": {
                "id": {"type": "string"},
                "reason": {"type": "string", "examples": ["delivery_limit", "rejected"]},
                "queue": {"type": "string", "description": "Where it died."},
                "deliveries": {"type": "integer", "description": "How often it was delivered, as far as that is known."},
                "diedAt": {"type": ["string", "null"], "format": "date-time"},
                "jobs": {
                  "type": "array", "description": "Those that came in one message; none if it is no job.",
                  "items": {
                    "type": "object",
                    "required": ["id", "kind", "priority", "user", "createdAt", "deadlineAt", "ratingCount"],
                    "properties": {
                      "id": {"type": "string"},
                      "kind": {"type": "string", "enum": [\##(names(JobKind.self))]},
                      "priority": {"type": "string", "enum": [\##(names(JobLane.self))]},
                      "user": {"type": ["string", "null"], "description": "Null for a guest."},
                      "createdAt": {"type": "string", "format": "date-time"},
                      "deadlineAt": {"type": ["string", "null"], "format": "date-time"},
                      "ratingCount": {"type": ["integer", "null"], "description": "Null for recommendations."}
                    }
                  }
                },
                "byteCount": {"type": ["integer", "null"], "description": "Of a message that is no job."}
              }
            },
            "RequeuedJobs": {
              "type": "object", "required": ["requeued"],
              "properties": {
                "requeued": {
                  "type": "array",
                  "items": {
                    "type": "object", "required": ["id", "newID"],
                    "properties": {"id": {"type": "string"}, "newID": {"type": "string"}}
                  }
                }
              }
            }
            """##)
}
