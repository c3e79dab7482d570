extension OpenAPIDocument {
    static let similarUsers = Piece(
        paths: ##"""
            "/v1/users/{user}/visibility": {
              "parameters": [{"$ref": "#/components/parameters/user"}],
              "get": {
                "operationId": "getVisibility", "tags": ["Recommendations"],
                "summary": "Whether others of like taste may find a user",
                "responses": {
                  "200": {
                    "description": "Whether they may.",
                    "content": {"application/json": {
                      "schema": {"type": "object", "required": ["visible"], "properties": {"visible": {"type": "boolean"}}}
                    }}
                  },
                  \##(problems(400, 401, 403, 404, 500, 503))
                }
              },
              "put": {
                "operationId": "agreeToBeFound", "tags": ["Recommendations"],
                "summary": "Agree to be found by others of like taste, without a name",
                "responses": {"204": {"description": "From now on."}, \##(problems(400, 401, 403, 404, 429, 500, 503))}
              },
              "delete": {
                "operationId": "withdrawFromBeingFound", "tags": ["Recommendations"],
                "summary": "Be found no longer",
                "responses": {"204": {"description": "From now on."}, \##(problems(400, 401, 403, 404, 429, 500, 503))}
              }
            },
            "/v1/users/{user}/similar-users": {
              "parameters": [{"$ref": "#/components/parameters/user"}],
              "post": {
                "operationId": "findSimilarUsers", "tags": ["Recommendations"],
                "summary": "Find who rates alike",
                "description": \##(finding.quoted),
                "parameters": [
                  {"$ref": "#/components/parameters/prefer"}, {"$ref": "#/components/parameters/idempotencyKey"}
                ],
                "requestBody": {
                  "required": false,
                  "content": {"application/json": {
                    "schema": {
                      "type": "object", "additionalProperties": false,
                      "properties": {
                        "count": {
                          "type": ["integer", "null"], "minimum": 1, "maximum": \##(SimilarUsersBody.counts.upperBound), "default": 10
                        },
                        "similarity": {"oneOf": [{"$ref": "#/components/schemas/Similarity"}, {"type": "null"}]}
                      }
                    },
                    "example": {"count": 5}
                  }}
                },
                "responses": {
                  "200": {
                    "description": "Who was found, if `Prefer: wait=N` was sent and the job ended in time.",
                    "headers": {
                      "Content-Location": {"$ref": "#/components/headers/Content-Location"},
                      "Preference-Applied": {"$ref": "#/components/headers/Preference-Applied"}
                    },
                    "content": {"application/json": {"schema": {
                      "type": "object", "required": ["users"],
                      "properties": {"users": {"type": "array", "items": {"$ref": "#/components/schemas/SimilarUser"}}}
                    }}}
                  },
                  \##(accepted),
                  \##(problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "SimilarUser": {
              "type": "object", "description": "Somebody of like taste, without a name.",
              "required": ["similarity", "sharedItems", "likedByBoth", "best"],
              "properties": {
                "similarity": {"type": "number", "description": "Above 0, as the similarity measure has it."},
                "sharedItems": {"type": "integer", "description": "How many items both rated."},
                "likedByBoth": {
                  "type": "array", "items": {"$ref": "#/components/schemas/ItemSummary"},
                  "description": "Items that both rated well, those first that both like most."
                },
                "best": {
                  "type": "array", "items": {"$ref": "#/components/schemas/ItemSummary"},
                  "description": "What this user likes best of what the other has not rated."
                }
              }
            }
            """##)

    private static let finding = """
        Of the nearest thousand users those who agreed to be found, nearest first. Nobody has until they say so, and who did not agree \\
        finds nobody either (409).
        """
}
