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
}
