extension OpenAPIDocument {
    static let items = Piece(
        paths: ##"""
            "/v1/items": {
              "get": {
                "operationId": "findItems", "tags": ["Catalogue"],
                \##(security("GET /v1/items")),
                "summary": "Browse and search, most rated first",
                "parameters": [
                  {
                    "name": "query", "in": "query",
                    "description": "Each word begins a word of the title, or is the year. Case and accents make no difference.",
                    "schema": {"type": "string"}, "example": "toy story"
                  },
                  {"name": "genre", "in": "query", "schema": {"type": "string"}, "example": "Comedy"},
                  {"$ref": "#/components/parameters/pageSize"},
                  {"$ref": "#/components/parameters/pageToken"}
                ],
                "responses": {
                  "200": {
                    "description": "A page of items.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ItemPage"}}}
                  },
                  \##(problems(400, 401))
                }
              }
            },
            "/v1/items/{item}": {
              "parameters": [{"$ref": "#/components/parameters/item"}],
              "get": {
                "operationId": "getItem", "tags": ["Catalogue"],
                \##(security("GET /v1/items/{item}")),
                "summary": "One item",
                "responses": {
                  "200": {
                    "description": "The item.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}
                  },
                  \##(problems(400, 401, 404))
                }
              },
              "put": {
                "operationId": "describeItem", "tags": ["Catalogue"],
                \##(security("PUT /v1/items/{item}")),
                "summary": "Take in a new item, or say anew what it is",
                "description": \##(describing.quoted),
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ItemDescription"}}}
                },
                "responses": {
                  "200": {
                    "description": "The item as it is now.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}
                  },
                  \##(problems(400, 401, 403, 409, 413, 415, 422, 503))
                }
              }
            },
            "/v1/items/{item}/similar": {
              "parameters": [{"$ref": "#/components/parameters/item"}],
              "get": {
                "operationId": "getSimilarItems", "tags": ["Catalogue"],
                \##(security("GET /v1/items/{item}/similar")),
                "summary": "Items that the same people like, most alike first",
                "responses": {
                  "200": {
                    "description": "The items; none when too few people rated this one.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/SimilarItems"}}}
                  },
                  \##(problems(400, 401, 404))
                }
              }
            }
            """##,
        schemas: ##"""
            "ItemSummary": {
              "type": "object",
              "required": ["id", "title", "year", "genres", "links"],
              "properties": {
                "id": {"type": "string", "examples": ["1"]},
                "title": {"type": "string", "examples": ["Toy Story"]},
                "year": {"type": ["integer", "null"], "examples": [1995]},
                "genres": {"type": "array", "items": {"type": "string"}, "examples": [["Animation", "Comedy"]]},
                "links": {
                  "type": "object", "description": "Names of the item elsewhere, by catalogue.",
                  "additionalProperties": {"type": "string"}, "examples": [{"imdb": "0114709", "tmdb": "862"}]
                }
              }
            },
            "ItemDescription": {
              "type": "object", "additionalProperties": false,
              "required": ["title"],
              "properties": {
                "title": {"type": "string", "minLength": 1, "maxLength": 500, "examples": ["Toy Story 7"]},
                "year": {"type": ["integer", "null"], "minimum": -9999, "maximum": 9999, "examples": [2031]},
                "genres": {
                  "type": ["array", "null"], "maxItems": 50, "items": {"type": "string", "minLength": 1, "maxLength": 100},
                  "examples": [["Animation", "Comedy"]]
                }
              }
            },
            "ItemReference": {
              "type": "object",
              "required": ["id", "title"],
              "properties": {"id": {"type": "string"}, "title": {"type": "string"}}
            },
            "Item": {
              "allOf": [
                {"$ref": "#/components/schemas/ItemSummary"},
                {
                  "type": "object",
                  "required": ["ratingCount", "meanRating"],
                  "properties": {
                    "ratingCount": {"type": "integer", "examples": [215]},
                    "meanRating": {"type": ["number", "null"], "description": "On the rating scale.", "examples": [3.92]}
                  }
                }
              ]
            },
            "ItemPage": {
              "type": "object",
              "required": ["total", "items"],
              "properties": {
                "total": {"type": "integer", "description": "How many were found, on this page or not."},
                "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
                "nextPageToken": {"type": "string", "description": "Missing on the last page."}
              }
            },
            "SimilarItems": {
              "type": "object",
              "required": ["items"],
              "properties": {
                "items": {
                  "type": "array",
                  "items": {
                    "allOf": [
                      {"$ref": "#/components/schemas/Item"},
                      {
                        "type": "object", "required": ["similarity"],
                        "properties": {"similarity": {"type": "number", "minimum": 0, "maximum": 1.001}}
                      }
                    ]
                  }
                }
              }
            }
            """##)

    private static let describing = """
        For items that the data set did not have when it was imported. Once this is answered the item can be rated, and is recommended as soon \
        as somebody liked it; other gateways know it within a second. Browsing and searching find it, with its genres, after the next \
        compaction. What the data set says of an item itself cannot be replaced.
        """
}
