import Jobs
import Recommenders

extension OpenAPIDocument {
    static let recommendations = Piece(
        paths: ##"""
            "/v1/users/{user}/recommendations": {
              "parameters": [{"$ref": "#/components/parameters/user"}],
              "post": {
                "operationId": "recommend", "tags": ["Recommendations"],
                "summary": "Compute a list for a user",
                "parameters": [
                  {"$ref": "#/components/parameters/prefer"}, {"$ref": "#/components/parameters/idempotencyKey"}
                ],
                "requestBody": {
                  "required": false,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/RecommendationBody"},
                    "example": {"count": 10, "genres": ["Comedy"]}
                  }}
                },
                "responses": {
                  \##(list), \##(accepted),
                  \##(problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503))
                }
              },
              "get": {
                "operationId": "getRecommendations", "tags": ["Recommendations"],
                "summary": "The user's list as last computed",
                "parameters": [{"$ref": "#/components/parameters/ifNoneMatch"}],
                "responses": {
                  "200": {
                    "description": "The list.",
                    "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RecommendationList"}}}
                  },
                  "304": {
                    "description": "The client has it already.",
                    "headers": {"ETag": {"$ref": "#/components/headers/ETag"}}
                  },
                  \##(problems(400, 401, 403, 404, 500, 503))
                }
              }
            },
            "/v1/recommendations": {
              "post": {
                "operationId": "recommendToGuest", "tags": ["Recommendations"],
                \##(security("POST /v1/recommendations")),
                "summary": "Compute a list for somebody without an account",
                "description": "The ratings in the body are all that is known; nothing of them is kept.",
                "parameters": [
                  {"$ref": "#/components/parameters/prefer"}, {"$ref": "#/components/parameters/idempotencyKey"}
                ],
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/GuestBody"},
                    "example": {"ratings": [{"item": "1", "rating": 5}, {"item": "260", "rating": 4.5}], "count": 10}
                  }}
                },
                "responses": {
                  \##(list), \##(accepted),
                  \##(problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "Algorithm": {
              "type": "string", "enum": [\##(names(Algorithm.self))],
              "description": "How items are chosen."
            },
            "Similarity": {
              "type": "string", "enum": [\##(names(Similarity.self))],
              "description": "How alike two users are."
            },
            "RecommendationBody": {
              "type": "object", "additionalProperties": false,
              "description": "What is left out is as the catalogue's `defaults` say.",
              "properties": {\##(queryProperties)}
            },
            "GuestBody": {
              "type": "object", "additionalProperties": false,
              "required": ["ratings"],
              "properties": {
                "ratings": {
                  "type": "array", "maxItems": 500,
                  "items": {
                    "type": "object", "additionalProperties": false,
                    "required": ["item", "rating"],
                    "properties": {
                      "item": {"type": "string", "minLength": 1, "maxLength": 128},
                      "rating": {"$ref": "#/components/schemas/Rating"}
                    }
                  }
                },
                \##(queryProperties)
              }
            },
            "RecommendationList": {
              "type": "object",
              "required": [
                "algorithm", "similarity", "fallback", "neighbours", "ratingsVersion", "generatedAt", "experiments", "items"
              ],
              "properties": {
                "algorithm": {"$ref": "#/components/schemas/Algorithm"},
                "similarity": {"oneOf": [{"$ref": "#/components/schemas/Similarity"}, {"type": "null"}]},
                "fallback": {
                  "oneOf": [{"$ref": "#/components/schemas/Algorithm"}, {"type": "null"}],
                  "description": "What stood in because the algorithm had nothing to go by."
                },
                "neighbours": {"type": ["integer", "null"], "description": "How many neighbours were asked; null for algorithms that ask none."},
                "ratingsVersion": {"$ref": "#/components/schemas/OptionalRatingsVersion"},
                "generatedAt": {"type": "string", "format": "date-time"},
                "experiments": {
                  "type": "array", "description": "The variants that made it what it is.",
                  "items": {
                    "type": "object", "required": ["experiment", "variant"],
                    "properties": {"experiment": {"type": "string"}, "variant": {"type": "string"}}
                  }
                },
                "items": {"type": "array", "items": {"$ref": "#/components/schemas/Recommendation"}}
              }
            },
            "Recommendation": {
              "type": "object",
              "required": ["rank", "item", "score", "predictedRating", "matchPercent", "because"],
              "properties": {
                "rank": {"type": "integer", "minimum": 1},
                "item": {"$ref": "#/components/schemas/ItemSummary"},
                "score": {"type": "number", "description": "Comparable within one list only."},
                "predictedRating": {"type": ["number", "null"], "description": "On the rating scale; null where there is but one rating."},
                "matchPercent": {
                  "type": ["number", "null"],
                  "description": "The share of the neighbours, the people of most similar taste, who rated it, 0 to 100; null where none were asked."
                },
                "because": {
                  "type": "array", "description": "The user's own ratings that pulled it in, strongest first.",
                  "items": {
                    "type": "object",
                    "required": ["item", "rating"],
                    "properties": {
                      "item": {"$ref": "#/components/schemas/ItemReference"},
                      "rating": {"$ref": "#/components/schemas/Rating"}
                    }
                  }
                }
              }
            }
            """##)

    private static let priorities = """
        `interactive` if somebody waits for it: not started within 30 seconds, it expires. `batch` for lists made ahead, which let \
        the others pass and expire after an hour.
        """

    private static let queryProperties = ##"""
        "count": {"type": ["integer", "null"], "minimum": 1, "maximum": 100, "description": "How many items."},
        "algorithm": {"oneOf": [{"$ref": "#/components/schemas/Algorithm"}, {"type": "null"}]},
        "similarity": {"oneOf": [{"$ref": "#/components/schemas/Similarity"}, {"type": "null"}]},
        "neighbours": {
          "type": ["integer", "null"], "minimum": 1, "maximum": 1000, "description": "How many of the nearest users vote."
        },
        "genres": {
          "type": ["array", "null"], "items": {"type": "string"},
          "description": "Only items of at least one of these genres of the catalogue."
        },
        "priority": {
          "type": ["string", "null"], "enum": [\##(names(JobLane.self)), null], "default": "interactive",
          "description": \##(priorities.quoted)
        }
        """##

    /// The answer to a recommendation that was waited for.
    private static let list = ##"""
        "200": {
          "description": "The list, if `Prefer: wait=N` was sent and the job ended in time.",
          "headers": {
            "Content-Location": {"$ref": "#/components/headers/Content-Location"},
            "Preference-Applied": {"$ref": "#/components/headers/Preference-Applied"}
          },
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RecommendationList"}}}
        }
        """##
}
