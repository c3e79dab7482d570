extension OpenAPIDocument {
    static let notInterested = Piece(
        paths: ##"""
            "/v1/users/{user}/not-interested/{item}": {
              "parameters": [
                {"$ref": "#/components/parameters/user"}, {"$ref": "#/components/parameters/item"},
                {"$ref": "#/components/parameters/refresh"}, {"$ref": "#/components/parameters/prefer"},
                {"$ref": "#/components/parameters/idempotencyKey"}
              ],
              "put": {
                "operationId": "dismissItem", "tags": ["Ratings"],
                "summary": "Never recommend an item to this user",
                "description": \##(dismissing.quoted),
                "responses": {
                  \##(ended), \##(accepted),
                  \##(problems(400, 401, 403, 404, 422, 429, 500, 503))
                }
              },
              "delete": {
                "operationId": "takeDismissalBack", "tags": ["Ratings"],
                "summary": "Take a dismissal back",
                "description": \##(takingBack.quoted),
                "responses": {
                  \##(ended), \##(accepted),
                  \##(problems(400, 401, 403, 404, 422, 429, 500, 503))
                }
              }
            },
            "/v1/users/{user}/not-interested": {
              "parameters": [{"$ref": "#/components/parameters/user"}],
              "get": {
                "operationId": "getDismissedItems", "tags": ["Ratings"],
                "summary": "What the user dismissed, newest first",
                "parameters": [
                  {"$ref": "#/components/parameters/pageSize"}, {"$ref": "#/components/parameters/pageToken"}
                ],
                "responses": {
                  "200": {
                    "description": "A page of items; none for a user who was never heard of.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/DismissedItemPage"}}}
                  },
                  \##(problems(400, 401, 403, 404, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "DismissedItemPage": {
              "type": "object",
              "required": ["user", "ratingsVersion", "total", "items"],
              "properties": {
                "user": {"type": "string"},
                "ratingsVersion": {"$ref": "#/components/schemas/OptionalRatingsVersion"},
                "total": {"type": "integer"},
                "items": {
                  "type": "array",
                  "items": {
                    "allOf": [
                      {"$ref": "#/components/schemas/Item"},
                      {
                        "type": "object", "required": ["dismissedAt"],
                        "properties": {"dismissedAt": {"type": "string", "format": "date-time"}}
                      }
                    ]
                  }
                },
                "nextPageToken": {"type": "string", "description": "Missing on the last page."}
              }
            }
            """##)

    private static let dismissing = """
        A rating update like any other: a job of the kind `ratings`, with a version, after which the item is not rated and is in no list \
        that is computed for this user. A later rating ends it. It is no low rating, and says nothing to the algorithms. \(whileRedisIsAway)
        """
}
