import Recommenders

extension OpenAPIDocument {
    static let lists = Piece(
        paths: ##"""
            "/v1/lists/{list}": {
              "parameters": [{"$ref": "#/components/parameters/list"}],
              "get": {
                "operationId": "getListPage", "tags": ["Recommendations"],
                \##(security("GET /v1/lists/{list}")),
                "summary": "A page of a list that was computed",
                "description": \##(paging.quoted),
                "parameters": [
                  {"$ref": "#/components/parameters/pageSize"}, {"$ref": "#/components/parameters/pageToken"}
                ],
                "responses": {
                  "200": {
                    "description": "The page.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RecommendationList"}}}
                  },
                  \##(problems(400, 401, 403, 404, 409, 410, 500, 503))
                }
              }
            },
            "/v1/users/{user}/impressions": {
              "parameters": [{"$ref": "#/components/parameters/user"}],
              "post": {
                "operationId": "noteImpressions", "tags": ["Recommendations"],
                "summary": "Note what was shown to a user",
                "description": \##(impressions.quoted),
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/ImpressionsBody"}, "example": {"items": ["1", "260"]}
                  }}
                },
                "responses": {
                  "204": {"description": "It is noted."},
                  \##(problems(400, 401, 403, 404, 413, 415, 422, 429, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "ImpressionsBody": {
              "type": "object", "additionalProperties": false,
              "required": ["items"],
              "properties": {
                "items": {
                  "type": "array", "minItems": 1, "maxItems": \##(ImpressionsBody.counts.upperBound),
                  "items": {"type": "string", "minLength": 1, "maxLength": 128}
                }
              }
            },
            "RecommendationList": {
              "type": "object",
              "required": [
                "id", "algorithm", "similarity", "fallback", "neighbours", "ratingsVersion", "generatedAt", "experiments", "total",
                "items"
              ],
              "properties": {
                "id": {
                  "type": ["string", "null"],
                  "description": "By which its pages can be read, for an hour; null for the list that is kept as a user's last."
                },
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
                "total": {"type": "integer", "description": "How many items it has, on all pages."},
                "rows": {
                  "type": "array", "description": "Which ranks are which row's; missing where no rows were asked for.",
                  "items": {
                    "type": "object", "required": ["genre", "firstRank", "count"],
                    "properties": {
                      "genre": {"type": "string"}, "firstRank": {"type": "integer"}, "count": {"type": "integer", "minimum": 1}
                    }
                  }
                },
                "items": {"type": "array", "items": {"$ref": "#/components/schemas/Recommendation"}},
                "nextPageToken": {"type": "string", "description": "Missing on the last page, and where all is shown."}
              }
            },
            "Recommendation": {
              "type": "object",
              "required": [
                "rank", "item", "score", "predictedRating", "matchPercent", "placement", "because", "scoreParts"
              ],
              "properties": {
                "rank": {"type": "integer", "minimum": 1},
                "item": {"$ref": "#/components/schemas/ItemSummary"},
                "score": {"type": "number", "description": "Comparable within one list only."},
                "predictedRating": {"type": ["number", "null"], "description": "On the rating scale; null where there is but one rating."},
                "matchPercent": {
                  "type": ["number", "null"],
                  "description": "The share of the neighbours, the people of most similar taste, who rated it, 0 to 100; null where none were asked."
                },
                "placement": {
                  "type": "string", "enum": [\##(names(Recommendation.Placement.self))],
                  "description": \##(placements.quoted)
                },
                "because": {
                  "type": "array", "description": "The user's own ratings that pulled it in, strongest first.",
                  "items": {
                    "type": "object",
                    "required": ["item", "rating", "contribution"],
                    "properties": {
                      "item": {"$ref": "#/components/schemas/ItemReference"},
                      "rating": {"$ref": "#/components/schemas/Rating"},
                      "contribution": {"type": ["number", "null"], "description": "How much of the score comes of it; null where it is not known."}
                    }
                  }
                },
                "scoreParts": {
                  "type": ["object", "null"],
                  "description": "What else the score is made of: with the contributions in `because` these sum to it. Null where it is not known.",
                  "required": ["others", "base", "boost"],
                  "properties": {
                    "others": {"type": "number", "description": "What comes of the user's other ratings."},
                    "base": {"type": "number", "description": "What anybody would get."},
                    "boost": {"type": "number", "description": "What the request's boosts add."},
                    "members": {
                      "type": "array", "items": {"type": "number"},
                      "description": "In a group's list what each member's score is, in the order of `users`; their mean, or the lowest, is the score less the boost."
                    }
                  }
                }
              }
            }
            """##)

    private static let paging = """
        A list has the id of the job that computed it, and is kept as long: an hour from then. Its pages are parts of the one list, so no \
        item comes twice and none is left out, whatever is rated meanwhile. Ask with POST for up to \
        \(RecommendationQuery.countRange.upperBound) items, with `pageSize` for the first page only, and go on with `nextPageToken`. \
        Later it is gone (410).
        """

    private static let impressions = """
        What a user has seen is remembered for some days, the last so many items. Lists that are asked for with `excludeShown` (or all, if \
        the server is set so) are without it. Nothing else comes of it: the algorithms learn nothing from what was only shown.
        """

    private static let placements = """
        Why it has its place: `ranked` by the algorithm, `pinned` by the request, `explored` as one drawn from further down, `filled` in by \
        popularity since the algorithm had too little to list.
        """
}
