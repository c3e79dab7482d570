extension OpenAPIDocument {
    static let operations = Piece(
        paths: ##"""
            "/livez": {
              "get": {
                "operationId": "isAlive", "tags": ["Operations"],
                \##(security("GET /livez")),
                "summary": "Whether the process works",
                "description": "503 names a loop of the process that hangs. RabbitMQ and Redis play no part in it.",
                "responses": {\##(status), \##(problems(400, 503))}
              }
            },
            "/readyz": {
              "get": {
                "operationId": "isReady", "tags": ["Operations"],
                \##(security("GET /readyz")),
                "summary": "Whether requests should be sent here",
                "description": "From when RabbitMQ was reached for the first time until the process is told to end.",
                "responses": {\##(status), \##(problems(400, 503))}
              }
            },
            "/metrics": {
              "get": {
                "operationId": "getMetrics", "tags": ["Operations"],
                \##(security("GET /metrics")),
                "summary": "Metrics for Prometheus",
                "responses": {
                  "200": {
                    "description": "Prometheus' text format, version 0.0.4.",
                    "content": {"text/plain": {"schema": {"type": "string"}}}
                  },
                  \##(problems(400))
                }
              }
            },
            "/docs": {
              "get": {
                "operationId": "getDocumentation", "tags": ["Operations"],
                \##(security("GET /docs")),
                "summary": "This API for people",
                "responses": {
                  "200": {"description": "A page.", "content": {"text/html": {"schema": {"type": "string"}}}},
                  \##(problems(400))
                }
              }
            },
            "/openapi.json": {
              "get": {
                "operationId": "getOpenAPI", "tags": ["Operations"],
                \##(security("GET /openapi.json")),
                "summary": "This API for programs",
                "responses": {
                  "200": {
                    "description": "The OpenAPI document.",
                    "content": {"application/json": {"schema": {"type": "object"}}}
                  },
                  \##(problems(400))
                }
              }
            }
            """##,
        schemas: ##"""
            "Status": {
              "type": "object",
              "required": ["status"],
              "properties": {"status": {"type": "string", "enum": ["alive", "ready"]}}
            }
            """##)

    private static let status = ##"""
        "200": {
          "description": "It does.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Status"}}}
        }
        """##
}
