extension OpenAPIDocument {
    static let catalogue = Piece(
        paths: ##"""
            "/v1/catalogue": {
              "get": {
                "operationId": "getCatalogue", "tags": ["Catalogue"],
                \##(security("GET /v1/catalogue")),
                "summary": "What is recommended here",
                "responses": {
                  "200": {
                    "description": "The catalogue.",
                    "content": {"application/json": {
                      "schema": {"$ref": "#/components/schemas/Catalogue"},
                      "example": {
                        "name": "MovieLens ml-latest-small", "itemKind": "movie",
                        "scale": {"minimum": 0.5, "maximum": 5.0, "step": 0.5},
                        "userCount": 610, "itemCount": 9742, "ratingCount": 100836,
                        "genres": [{"name": "Action", "itemCount": 1828}], "years": {"from": 1902, "through": 2018},
                        "attributes": ["genre", "imdb", "tmdb", "year"],
                        "algorithms": ["user-neighbors", "classic", "item-neighbors", "ease", "popularity"],
                        "similarities": ["pearson", "cosine", "euclidean", "jaccard"],
                        "defaults": {"count": 20, "algorithm": "user-neighbors", "similarity": "cosine", "neighbours": 50, "excludeShown": false}
                      }
                    }}
                  },
                  \##(problems(400, 401))
                }
              }
            }
            """##,
        schemas: ##"""
            "Catalogue": {
              "type": "object",
              "required": [
                "name", "itemKind", "scale", "userCount", "itemCount", "ratingCount", "genres", "years", "attributes", "algorithms",
                "similarities", "defaults"
              ],
              "properties": {
                "name": {"type": "string", "description": "The data set."},
                "itemKind": {"type": "string", "description": "What one item is called, in the singular."},
                "scale": {
                  "type": "object", "description": "The values that a rating may take.",
                  "required": ["minimum", "maximum", "step"],
                  "properties": {
                    "minimum": {"type": "number"}, "maximum": {"type": "number"}, "step": {"type": "number"}
                  }
                },
                "userCount": {"type": "integer"},
                "itemCount": {"type": "integer"},
                "ratingCount": {"type": "integer"},
                "genres": {
                  "type": "array",
                  "items": {
                    "type": "object", "required": ["name", "itemCount"],
                    "properties": {"name": {"type": "string"}, "itemCount": {"type": "integer"}}
                  }
                },
                "years": {
                  "type": ["object", "null"], "description": "The first and the last year of an item; null where no year is known.",
                  "required": ["from", "through"],
                  "properties": {"from": {"type": "integer"}, "through": {"type": "integer"}}
                },
                "attributes": {
                  "type": "array", "items": {"type": "string"},
                  "description": "What lists can be filtered and boosted by: year, genre, and the names that items have in other catalogues."
                },
                "algorithms": {
                  "type": "array", "items": {"$ref": "#/components/schemas/Algorithm"},
                  "description": "Those that can be asked for here; others need a model that was not trained."
                },
                "similarities": {"type": "array", "items": {"$ref": "#/components/schemas/Similarity"}},
                "defaults": {
                  "type": "object", "description": "What a request gets that does not say otherwise.",
                  "required": ["count", "algorithm", "similarity", "neighbours", "excludeShown"],
                  "properties": {
                    "count": {"type": "integer"},
                    "algorithm": {"$ref": "#/components/schemas/Algorithm"},
                    "similarity": {"$ref": "#/components/schemas/Similarity"},
                    "neighbours": {"type": "integer"},
                    "excludeShown": {"type": "boolean", "description": "Whether lists are without what was shown lately."}
                  }
                }
              }
            }
            """##)
}
