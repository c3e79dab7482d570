import Jobs

extension OpenAPIDocument {
    static let ratings = Piece(
        paths: ##"""
            "/v1/users/{user}/ratings/{item}": {
              "parameters": [
                {"$ref": "#/components/parameters/user"}, {"$ref": "#/components/parameters/item"},
                {"$ref": "#/components/parameters/refresh"}, {"$ref": "#/components/parameters/prefer"},
                {"$ref": "#/components/parameters/idempotencyKey"}
              ],
              "put": {
                "operationId": "rateItem", "tags": ["Ratings"],
                "summary": "Rate an item",
                "description": \##("It ends a dismissal of the item. \(whileRedisIsAway)".quoted),
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/RatingBody"}, "example": {"rating": 4.5}
                  }}
                },
                "responses": {
                  \##(ended), \##(accepted),
                  \##(problems(400, 401, 403, 404, 413, 415, 422, 429, 500, 503))
                }
              },
              "delete": {
                "operationId": "takeRatingBack", "tags": ["Ratings"],
                "summary": "Take a rating back",
                "description": \##(takingBack.quoted),
                "responses": {
                  \##(ended), \##(accepted),
                  \##(problems(400, 401, 403, 404, 422, 429, 500, 503))
                }
              }
            },
            "/v1/users/{user}/ratings": {
              "parameters": [{"$ref": "#/components/parameters/user"}],
              "get": {
                "operationId": "getRatings", "tags": ["Ratings"],
                "summary": "The user's ratings",
                "description": "Those given here, newest first, then those that came with the data set.",
                "parameters": [
                  {"$ref": "#/components/parameters/pageSize"}, {"$ref": "#/components/parameters/pageToken"}
                ],
                "responses": {
                  "200": {
                    "description": "A page of ratings; none for a user who was never heard of.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RatingPage"}}}
                  },
                  \##(problems(400, 401, 403, 404, 500, 503))
                }
              },
              "post": {
                "operationId": "rateItems", "tags": ["Ratings"],
                "summary": "Rate up to 500 items, or take ratings back",
                "parameters": [
                  {"$ref": "#/components/parameters/refresh"}, {"$ref": "#/components/parameters/prefer"},
                  {"$ref": "#/components/parameters/idempotencyKey"}
                ],
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/RatingsBody"},
                    "example": {"ratings": [{"item": "1", "rating": 4.5}, {"item": "2", "rating": null}]}
                  }}
                },
                "responses": {
                  \##(ended), \##(accepted),
                  \##(problems(400, 401, 403, 404, 413, 415, 422, 429, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "Rating": {
              "type": "number",
              "description": "On the rating scale of the catalogue.",
              "examples": [4.5]
            },
            "RatingBody": {
              "type": "object", "additionalProperties": false,
              "required": ["rating"],
              "properties": {"rating": {"$ref": "#/components/schemas/Rating"}}
            },
            "RatingsBody": {
              "type": "object", "additionalProperties": false,
              "required": ["ratings"],
              "properties": {
                "ratings": {
                  "type": "array", "minItems": 1, "maxItems": 500,
                  "description": "Of two ratings of one item the later holds.",
                  "items": {
                    "type": "object", "additionalProperties": false,
                    "required": ["item", "rating"],
                    "properties": {
                      "item": {"type": "string", "minLength": 1, "maxLength": 128},
                      "rating": {
                        "type": ["number", "null"], "description": "On the rating scale; null takes the rating back."
                      }
                    }
                  }
                }
              }
            },
            "RatingPage": {
              "type": "object",
              "required": ["user", "ratingsVersion", "total", "ratings"],
              "properties": {
                "user": {"type": "string"},
                "ratingsVersion": {"$ref": "#/components/schemas/OptionalRatingsVersion"},
                "total": {"type": "integer"},
                "ratings": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["item", "rating", "ratedAt"],
                    "properties": {
                      "item": {"$ref": "#/components/schemas/Item"},
                      "rating": {"$ref": "#/components/schemas/Rating"},
                      "ratedAt": {
                        "type": ["string", "null"], "format": "date-time",
                        "description": "Null for ratings that came with the data set."
                      }
                    }
                  }
                },
                "nextPageToken": {"type": "string", "description": "Missing on the last page."}
              }
            },
            "OptionalRatingsVersion": {
              "type": ["string", "null"], "pattern": "^[0-9a-f]{24}$",
              "description": "The newest live rating that was seen. Versions sort like texts; null when there was none."
            }
            """##)

    static let whileRedisIsAway = """
        202 holds also while the jobs' records cannot be kept: the rating is with the broker, on disk, and will be applied. The job \
        answers 503 until then (404 from a `wait` or a stream that began before), and is there when a worker has applied it. A key \
        cannot be looked up in that time: a repeat is then a job of its own, which changes nothing unless the item was rated anew \
        in between.
        """

    static let takingBack = """
        An item is rated, dismissed or neither, whatever was said last: afterwards it is neither. What came with the data set does not \
        come back either.
        """

    /// The answer to a rating that was waited for.
    static let ended = ##"""
        "200": {
          "description": "The ended job, if `Prefer: wait=N` was sent and it ended in time.",
          "headers": {"Preference-Applied": {"$ref": "#/components/headers/Preference-Applied"}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}
        }
        """##
}
