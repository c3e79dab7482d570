import Jobs

/// Parameters and headers that several resources share.
extension OpenAPIDocument {
    static let parameters = ##"""
        "user": {
          "name": "user", "in": "path", "required": true,
          "description": "Whoever rates: any text of 1 to 128 bytes. `me` is whoever has logged in.",
          "schema": {"type": "string", "minLength": 1, "maxLength": 128}, "example": "42"
        },
        "item": {
          "name": "item", "in": "path", "required": true,
          "description": "An item of the catalogue.",
          "schema": {"type": "string", "minLength": 1, "maxLength": 128}, "example": "1"
        },
        "job": {
          "name": "job", "in": "path", "required": true,
          "description": "A job, as its 202 named it.",
          "schema": {"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{26}$"}, "example": "01jz2qv7m9d4k8w3x6y5t0b1ch"
        },
        "experiment": {
          "name": "experiment", "in": "path", "required": true,
          "schema": {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"}, "example": "als-at-home"
        },
        "list": {
          "name": "list", "in": "path", "required": true,
          "description": "A list's `id`, which is that of the job that computed it.",
          "schema": {"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{26}$"}, "example": "01jz2qv7m9d4k8w3x6y5t0b1ch"
        },
        "letter": {
          "name": "letter", "in": "path", "required": true,
          "description": "A dead letter as the list names it, or a job in it.",
          "schema": {"type": "string"}, "example": "01jz2qv7m9d4k8w3x6y5t0b1ch"
        },
        "pageSize": {
          "name": "pageSize", "in": "query",
          "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 24}
        },
        "firstPageSize": {
          "name": "pageSize", "in": "query",
          "description": "To whom waits, only the first so many items of the list; the rest is read by its `id`.",
          "schema": {"type": "integer", "minimum": 1, "maximum": 100}
        },
        "pageToken": {
          "name": "pageToken", "in": "query",
          "description": "`nextPageToken` of the page before, with the same query.",
          "schema": {"type": "string"}
        },
        "refresh": {
          "name": "refresh", "in": "query",
          "description": "Whether the user's list is computed anew in the same job.",
          "schema": {"type": "boolean", "default": true}
        },
        "prefer": {
          "name": "Prefer", "in": "header",
          "description": "`wait=N` waits up to N seconds (1 to 30) for the job's end (RFC 7240).",
          "schema": {"type": "string"}, "example": "wait=10"
        },
        "idempotencyKey": {
          "name": "Idempotency-Key", "in": "header",
          "description": \##(idempotency.quoted),
          "schema": {"type": "string", "minLength": 1, "maxLength": 257}, "example": "\"8e03978e-40d5-43dd-bc93-6894a57f9324\""
        },
        "ifNoneMatch": {
          "name": "If-None-Match", "in": "header",
          "description": "The `ETag` of a list that the client has.",
          "schema": {"type": "string"}
        },
        "lastEventID": {
          "name": "Last-Event-ID", "in": "header",
          "description": "The `id` of the last event seen; browsers send it when they connect again.",
          "schema": {"type": "string"}
        }
        """##

    static let headers = ##"""
        "Location": {"description": "The job.", "schema": {"type": "string", "format": "uri-reference"}},
        "Content-Location": {"description": "The job.", "schema": {"type": "string", "format": "uri-reference"}},
        "RateLimit": {
          "description": "What is left of each policy at once, and in how many seconds all of it is; missing where there is none.",
          "schema": {"type": "string"}, "example": "\"key\";r=99;t=1, \"user\";r=9;t=1"
        },
        "RateLimit-Policy": {
          "description": "How much work is accepted: `key` from all who send the API key, `user` for one user, `address` from the guests at one address; `sign-up` is how many accounts are made from one.",
          "schema": {"type": "string"}, "example": "\"key\";q=6000;w=60, \"user\";q=60;w=60"
        },
        "Retry-After": {"description": "Seconds to wait before asking again.", "schema": {"type": "integer"}},
        "Preference-Applied": {"description": "`wait=N`, if that was asked for.", "schema": {"type": "string"}},
        "ETag": {"description": "Changes with the content.", "schema": {"type": "string"}},
        "WWW-Authenticate": {"description": "How to authenticate.", "schema": {"type": "string"}},
        "Allow": {"description": "The methods that there are.", "schema": {"type": "string"}}
        """##

    private static let idempotency = """
        A name of the client's own for this request, of 1 to 255 visible ASCII characters, quoted or not, by which it is recognized \
        for 24 hours when it is sent again: it answers with the same job as it is now, and no second one is made. Another method, \
        path, query or body under the same key is an error. A recommendation that expired may be asked for again under its key.
        """

    /// The answer to accepted work.
    static let accepted = ##"""
        "202": {
          "description": "Accepted: nothing is lost from here on.",
          "headers": {
            "Location": {"$ref": "#/components/headers/Location"},
            "Retry-After": {"$ref": "#/components/headers/Retry-After"},
            "RateLimit": {"$ref": "#/components/headers/RateLimit"},
            "RateLimit-Policy": {"$ref": "#/components/headers/RateLimit-Policy"},
            "Preference-Applied": {"$ref": "#/components/headers/Preference-Applied"}
          },
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}
        }
        """##
}
