extension OpenAPIDocument {
    static let evaluation = Piece(
        paths: ##"""
            "/v1/evaluation": {
              "get": {
                "operationId": "getEvaluation", "tags": ["Catalogue"],
                \##(security("GET /v1/evaluation")),
                "summary": "How good the algorithms' lists are on held-out ratings",
                "description": "The report as `kindred evaluate --output MODELS_FOLDER/evaluation.json` wrote it.",
                "responses": {
                  "200": {
                    "description": "The report.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Evaluation"}}}
                  },
                  \##(problems(400, 401, 404, 500))
                }
              }
            }
            """##,
        schemas: ##"""
            "Evaluation": {
              "type": "object",
              "description": "Of other formats than `kindred-evaluation/1` only `format` is certain.",
              "required": ["format"],
              "properties": {
                "format": {"type": "string", "pattern": "^kindred-evaluation/", "examples": ["kindred-evaluation/1"]},
                "date": {"type": "string", "format": "date-time"},
                "command": {"type": "array", "items": {"type": "string"}, "description": "The command with its options."},
                "dataset": {
                  "type": "object",
                  "properties": {
                    "name": {"type": "string"}, "users": {"type": "integer"}, "items": {"type": "integer"},
                    "ratings": {"type": "integer"}
                  }
                },
                "split": {"type": "object", "description": "Which ratings were held out, and of how many users."},
                "cutoffs": {"type": "array", "items": {"type": "integer"}, "description": "The lengths of lists that count."},
                "baseline": {"type": "string", "description": "The algorithm that the others are compared with."},
                "algorithms": {"type": "array", "items": {"$ref": "#/components/schemas/EvaluatedAlgorithm"}}
              }
            },
            "EvaluatedAlgorithm": {
              "type": "object",
              "properties": {
                "name": {"type": "string", "examples": ["blend"]},
                "trainingSeconds": {"type": "number"},
                "queriesPerSecond": {"type": "number", "description": "Lists, on all cores."},
                "medianScoringMilliseconds": {"type": "number", "description": "Of scoring all items for one user, on one core."},
                "slowScoringMilliseconds": {"type": "number", "description": "What 99 in 100 of these stay within."},
                "unansweredUsers": {"type": "integer", "description": "Users for whom it had nothing to go by; they count as misses."},
                "metrics": {
                  "type": "object",
                  "description": "By name and cutoff: `hr@10`, `ndcg@10`, `recall@10`, `coverage@10`, `mrr` and others.",
                  "additionalProperties": {
                    "type": "object",
                    "properties": {"value": {"type": "number"}, "difference": {"type": ["object", "null"]}}
                  }
                }
              }
            }
            """##)
}
