extension OpenAPIDocument {
    static let accounts = Piece(
        paths: ##"""
            "/v1/accounts": {
              "post": {
                "operationId": "signUp", "tags": ["Accounts"],
                \##(security("POST /v1/accounts")),
                "summary": "Sign up, and log in",
                "description": \##(signingUp.quoted),
                "parameters": [{"$ref": "#/components/parameters/idempotencyKey"}],
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/SignUpBody"},
                    "example": {
                      "name": "ann", "password": "correct horse battery", "ratings": [{"item": "1", "rating": 5}]
                    }
                  }}
                },
                "responses": {
                  "201": {
                    "description": "The account, a session, and the job that carries the ratings.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/SignedUp"}}}
                  },
                  \##(problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503))
                }
              }
            },
            "/v1/accounts/me": {
              "get": {
                "operationId": "getAccount", "tags": ["Accounts"],
                \##(security("GET /v1/accounts/me")),
                "summary": "One's account",
                "responses": {\##(account), \##(problems(400, 401, 404, 500, 503))}
              },
              "patch": {
                "operationId": "changeAccount", "tags": ["Accounts"],
                \##(security("PATCH /v1/accounts/me")),
                "summary": "Choose one's genres",
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/AccountChangeBody"}, "example": {"genres": ["Comedy", "Drama"]}
                  }}
                },
                "responses": {\##(account), \##(problems(400, 401, 404, 413, 415, 422, 429, 500, 503))}
              },
              "delete": {
                "operationId": "deleteAccount", "tags": ["Accounts"],
                \##(security("DELETE /v1/accounts/me")),
                "summary": "Delete one's account",
                "description": \##(deleting.quoted),
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/PasswordBody"}}}
                },
                "responses": {
                  "204": {"description": "The account is gone."},
                  \##(problems(400, 401, 404, 413, 415, 429, 500, 503))
                }
              }
            },
            "/v1/accounts/me/password": {
              "put": {
                "operationId": "changePassword", "tags": ["Accounts"],
                \##(security("PUT /v1/accounts/me/password")),
                "summary": "Change one's password",
                "description": "All other sessions end. A wrong current password is counted like one at a log-in.",
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/PasswordChangeBody"}}}
                },
                "responses": {
                  "204": {"description": "It is changed."},
                  \##(problems(400, 401, 404, 413, 415, 422, 429, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "Account": {
              "type": "object",
              "required": ["name", "user", "role", "genres", "createdAt"],
              "properties": {
                "name": {"type": "string"},
                "user": {"type": "string", "description": "The `{user}` of paths, for whom `me` stands.", "examples": ["account-7h2m"]},
                "role": {"type": "string", "enum": ["user"]},
                "genres": {"type": "array", "items": {"type": "string"}, "description": "The chosen ones."},
                "createdAt": {"type": "string", "format": "date-time"}
              }
            },
            "NewPassword": {
              "type": "string", "format": "password", "minLength": 8, "maxLength": 128,
              "description": "Any characters; neither the name nor one of the most frequent passwords."
            },
            "SignUpBody": {
              "type": "object", "additionalProperties": false,
              "required": ["name", "password"],
              "properties": {
                "name": {
                  "type": "string", "pattern": "^[A-Za-z0-9._-]{3,32}$", "description": "Upper and lower case make no difference."
                },
                "password": {"$ref": "#/components/schemas/NewPassword"},
                "ratings": {
                  "type": ["array", "null"], "maxItems": 500, "description": "What was rated as a guest.",
                  "items": {
                    "type": "object", "additionalProperties": false,
                    "required": ["item", "rating"],
                    "properties": {
                      "item": {"type": "string", "minLength": 1, "maxLength": 128},
                      "rating": {"$ref": "#/components/schemas/Rating"}
                    }
                  }
                }
              }
            },
            "SignedUp": {
              "allOf": [{"$ref": "#/components/schemas/OpenedSession"}],
              "required": ["job"],
              "properties": {"job": {"oneOf": [{"$ref": "#/components/schemas/Job"}, {"type": "null"}]}}
            },
            "AccountAnswer": {
              "type": "object", "required": ["account"],
              "properties": {"account": {"$ref": "#/components/schemas/Account"}}
            },
            "AccountChangeBody": {
              "type": "object", "additionalProperties": false, "required": ["genres"],
              "properties": {
                "genres": {"type": "array", "maxItems": 20, "items": {"type": "string"}, "description": "Of the catalogue."}
              }
            },
            "PasswordBody": {
              "type": "object", "additionalProperties": false, "required": ["password"],
              "properties": {"password": {"type": "string", "format": "password"}}
            },
            "PasswordChangeBody": {
              "type": "object", "additionalProperties": false, "required": ["currentPassword", "newPassword"],
              "properties": {
                "currentPassword": {"type": "string", "format": "password"},
                "newPassword": {"$ref": "#/components/schemas/NewPassword"}
              }
            }
            """##)

    private static let account = ##"""
        "200": {
          "description": "The account.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AccountAnswer"}}}
        }
        """##

    private static let signingUp = """
        Ratings in the body are taken over from a guest: they travel as an ordinary job, which the answer shows. Sent again under the \
        same `Idempotency-Key`, name, ratings and password, it answers with the same account and job, and a new session. An address \
        has twenty sign-ups and log-ins a minute (429), and a bound of its own for sign-ups, which the headers tell. Once the account \
        was deleted, the same request makes another.
        """

    private static let deleting = """
        Account and sessions end at once, ratings and lists are removed, and nothing of them comes back to whoever takes the name \
        later. A wrong password is counted like one at a log-in.
        """
}
