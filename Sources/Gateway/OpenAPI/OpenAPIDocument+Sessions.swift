extension OpenAPIDocument {
    static let sessions = Piece(
        paths: ##"""
            "/v1/sessions": {
              "post": {
                "operationId": "logIn", "tags": ["Accounts"],
                \##(security("POST /v1/sessions")),
                "summary": "Log in",
                "description": \##(loggingIn.quoted),
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/LoginBody"},
                    "example": {"name": "ann", "password": "correct horse battery"}
                  }}
                },
                "responses": {
                  "201": {
                    "description": "The session. Its token is told only here.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/OpenedSession"}}}
                  },
                  \##(problems(400, 401, 403, 404, 413, 415, 429, 500, 503))
                }
              }
            },
            "/v1/sessions/current": {
              "get": {
                "operationId": "getSession", "tags": ["Accounts"],
                \##(security("GET /v1/sessions/current")),
                "summary": "Who is logged in, and for how long",
                "description": "Asking is a use, and begins the idle time anew.",
                "responses": {
                  "200": {
                    "description": "The session.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/CurrentSession"}}}
                  },
                  \##(problems(400, 401, 404, 500, 503))
                }
              },
              "delete": {
                "operationId": "logOut", "tags": ["Accounts"],
                \##(security("DELETE /v1/sessions/current")),
                "summary": "Log out",
                "responses": {
                  "204": {"description": "The session is over."},
                  \##(problems(400, 401, 404, 429, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "LoginBody": {
              "type": "object", "additionalProperties": false,
              "required": ["name", "password"],
              "properties": {
                "name": {"type": "string"},
                "password": {"type": "string", "format": "password"}
              }
            },
            "OpenedSession": {
              "type": "object",
              "required": ["account", "session"],
              "properties": {
                "account": {"$ref": "#/components/schemas/Account"},
                "session": {
                  "type": "object",
                  "required": ["token", "expiresAt", "idleExpiresAt"],
                  "properties": {
                    "token": {
                      "type": "string", "pattern": "^[A-Za-z0-9_-]{43}$",
                      "description": "To be sent as `Authorization: Bearer TOKEN`."
                    },
                    \##(times)
                  }
                }
              }
            },
            "CurrentSession": {
              "type": "object",
              "required": ["account", "session"],
              "properties": {
                "account": {"$ref": "#/components/schemas/Account"},
                "session": {
                  "type": "object", "required": ["expiresAt", "idleExpiresAt"],
                  "properties": {\##(times)}
                }
              }
            }
            """##)

    private static let loggingIn = """
        A wrong name and a wrong password have the same answer after the same time. After five wrong passwords in a row each further \
        attempt at the account has to wait, twice as long every time; and an address has twenty attempts a minute for all accounts \
        together. Waiting is 429 with `Retry-After`.
        """

    private static let times = ##"""
        "expiresAt": {"type": "string", "format": "date-time", "description": "Then it ends, however busy."},
        "idleExpiresAt": {"type": "string", "format": "date-time", "description": "Then it ends unless it is used before."}
        """##
}
