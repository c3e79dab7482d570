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
                  {"$ref": "#/components/parameters/firstPageSize"}, {"$ref": "#/components/parameters/prefer"},
                  {"$ref": "#/components/parameters/idempotencyKey"}
                ],
                "requestBody": {
                  "required": false,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/RecommendationBody"},
                    "examples": {
                      "short": {"value": {"count": 10, "genres": ["Comedy"]}},
                      "shaped": {"value": {
                        "count": 200, "excludedGenres": ["Horror"], "years": {"from": 1990}, "excludeShown": true,
                        "boosts": [{"genre": "Comedy", "strength": 0.5}], "pinned": [{"item": "1", "rank": 3}], "diversity": 0.3
                      }},
                      "rows": {"value": {"rows": {"count": 5, "length": 10}}}
                    }
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
                "operationId": "recommendToOthers", "tags": ["Recommendations"],
                \##(security("POST /v1/recommendations")),
                "summary": "Compute a list for somebody without an account, or for a group of users",
                "description": \##(others.quoted),
                "parameters": [
                  {"$ref": "#/components/parameters/firstPageSize"}, {"$ref": "#/components/parameters/prefer"},
                  {"$ref": "#/components/parameters/idempotencyKey"}
                ],
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {
                    "schema": {
                      "oneOf": [{"$ref": "#/components/schemas/GuestBody"}, {"$ref": "#/components/schemas/GroupBody"}]
                    },
                    "examples": {
                      "guest": {"value": {"ratings": [{"item": "1", "rating": 5}, {"item": "260", "rating": 4.5}], "count": 10}},
                      "group": {"value": {"users": ["ann", "bob"], "aggregation": "least-misery", "count": 10}}
                    }
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
            "GroupBody": {
              "type": "object", "additionalProperties": false,
              "required": ["users"],
              "properties": {
                "users": {
                  "type": "array", "minItems": \##(GroupAggregation.memberRange.lowerBound),
                  "maxItems": \##(GroupAggregation.memberRange.upperBound), "uniqueItems": true, "items": {"type": "string"}
                },
                "aggregation": {
                  "type": ["string", "null"], "enum": [\##(names(GroupAggregation.self)), null], "default": "average",
                  "description": "`average` counts everybody alike; `least-misery` counts who wants an item least."
                },
                \##(queryProperties)
              }
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
            }
            """##)

    private static let others = """
        With `ratings` in the body these are all that is known; nothing of them is kept. With `users` the list is for all of them together: \
        without what any of them rated or dismissed, and `because` is empty. Whoever asks must be allowed to speak for each, as the service is.
        """

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
