import Experiments
import Recommenders

extension OpenAPIDocument {
    static let experiments = Piece(
        paths: ##"""
            "/v1/users/{user}/events": {
              "parameters": [{"$ref": "#/components/parameters/user"}],
              "post": {
                "operationId": "observe", "tags": ["Experiments"],
                "summary": "Tell what a user did with items",
                "description": \##(observing.quoted),
                "requestBody": {
                  "required": true,
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/EventsBody"},
                    "example": {"events": [{"type": "click", "item": "1"}, {"type": "dwell", "item": "1", "seconds": 40}]}
                  }}
                },
                "responses": {
                  "204": {"description": "It is counted, if the user takes part in an experiment and was recommended the item."},
                  \##(problems(400, 401, 403, 404, 413, 415, 422, 429, 500, 503))
                }
              }
            },
            "/v1/experiments": {
              "get": {
                "operationId": "getExperiments", "tags": ["Experiments"],
                \##(security("GET /v1/experiments")),
                "summary": "The experiments there are",
                "responses": {
                  "200": {
                    "description": "As their file has them.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Experiments"}}}
                  },
                  \##(problems(400, 401, 403, 500))
                }
              }
            },
            "/v1/experiments/{experiment}": {
              "parameters": [{"$ref": "#/components/parameters/experiment"}],
              "get": {
                "operationId": "getExperimentReport", "tags": ["Experiments"],
                \##(security("GET /v1/experiments/{experiment}")),
                "summary": "What an experiment has shown so far",
                "responses": {
                  "200": {
                    "description": "The report. It may be looked at as often as one likes.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ExperimentReport"}}}
                  },
                  \##(problems(400, 401, 403, 404, 500, 503))
                }
              }
            }
            """##,
        schemas: ##"""
            "EventsBody": {
              "type": "object", "additionalProperties": false, "required": ["events"],
              "properties": {
                "events": {
                  "type": "array", "minItems": 1, "maxItems": 100,
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["type", "item"],
                    "properties": {
                      "type": {"type": "string", "enum": [\##(names(EventsBody.EventType.self))]},
                      "item": {"type": "string", "minLength": 1, "maxLength": 128},
                      "seconds": {
                        "type": ["integer", "null"], "minimum": 1, "maximum": 3600, "description": "Of `dwell`, and of nothing else."
                      }
                    }
                  }
                }
              }
            },
            "Experiments": {
              "type": "object", "required": ["experiments"],
              "properties": {
                "experiments": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["name", "state", "start", "end", "users", "windowSeconds", "outcome", "variants"],
                    "properties": {
                      "name": {"type": "string"},
                      "state": {"$ref": "#/components/schemas/ExperimentState"},
                      "start": {"type": "string", "format": "date-time"},
                      "end": {"type": "string", "format": "date-time"},
                      "users": {"type": "number", "description": "The share of all users that takes part, up to 1."},
                      "windowSeconds": {"type": "integer", "description": "How long each user is observed, from the first list on."},
                      "outcome": {"$ref": "#/components/schemas/Outcome"},
                      "variants": {
                        "type": "array",
                        "items": {
                          "type": "object",
                          "required": ["name", "share", "algorithm", "similarity", "neighbours", "count"],
                          "properties": {
                            "name": {"type": "string"},
                            "share": {"type": "number"},
                            "algorithm": {"oneOf": [{"$ref": "#/components/schemas/Algorithm"}, {"type": "null"}]},
                            "similarity": {"oneOf": [{"$ref": "#/components/schemas/Similarity"}, {"type": "null"}]},
                            "neighbours": {"type": ["integer", "null"]},
                            "count": {"type": ["integer", "null"]}
                          }
                        }
                      }
                    }
                  }
                }
              }
            },
            "ExperimentState": {
              "type": "string", "enum": [\##(names(ExperimentReport.State.self))],
              "description": "`closing`: nobody takes part any more, but some are still observed."
            },
            "Outcome": {
              "type": "string", "enum": [\##(names(Outcome.self))],
              "description": "What a user did with a recommended item, each once for an item; `dwell` in seconds."
            },
            \##(reportSchemas)
            """##)

    private static let observing = """
        Thumbs, clicks and time spent, for experiments: they change no recommendation. Ratings and dismissals are counted by themselves. The \
        same event of the same item counts once, so it may be sent again. Without experiments nothing is kept.
        """

    private static let reportSchemas = ##"""
        "ExperimentReport": {
          "type": "object",
          "required": [
            "name", "phase", "state", "start", "end", "at", "windowSeconds", "outcome", "sampleRatio", "variants", "verdict"
          ],
          "properties": {
            "name": {"type": "string"},
            "phase": {"type": "string", "description": "Changes with the shares and treatments; counts begin anew then."},
            "state": {"$ref": "#/components/schemas/ExperimentState"},
            "start": {"type": "string", "format": "date-time"},
            "end": {"type": "string", "format": "date-time"},
            "at": {"type": "string", "format": "date-time"},
            "windowSeconds": {"type": "integer"},
            "outcome": {"$ref": "#/components/schemas/Outcome"},
            "sampleRatio": {
              "type": "object", "required": ["pValue", "isMismatch"],
              "properties": {
                "pValue": {"type": "number", "description": "How likely such numbers of users are by chance."},
                "isMismatch": {"type": "boolean", "description": "If so, no figure can be trusted."}
              }
            },
            "variants": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["name", "share", "users", "exposures", "measuredUsers", "outcomes"],
                "properties": {
                  "name": {"type": "string"},
                  "share": {"type": "number"},
                  "users": {"type": "integer", "description": "Who was handed a list."},
                  "exposures": {"type": "integer", "description": "On how many days, summed over users."},
                  "measuredUsers": {"type": "integer", "description": "Users who were observed for the whole window."},
                  "outcomes": {"type": "array", "items": {"$ref": "#/components/schemas/OutcomeMeasure"}},
                  "verdict": {
                    "type": "string", "enum": [\##(names(ExperimentVerdict.self))], "description": "Absent of the first variant."
                  }
                }
              }
            },
            "verdict": {"type": "string", "description": "What it means, in plain words."}
          }
        },
        "OutcomeMeasure": {
          "type": "object", "required": ["outcome", "total", "perUser"],
          "properties": {
            "outcome": {"$ref": "#/components/schemas/Outcome"},
            "total": {"type": "integer", "description": "So far, of all users."},
            "perUser": {"type": "number", "description": "Of measured users, each over the whole window."},
            "uplift": {
              "type": "object", "required": ["value", "pValue"],
              "description": "Over the first variant, which has none; 0.1 is a tenth more. 95 % intervals are absent while there are too few users.",
              "properties": {
                "value": {"type": "number"},
                "low": {"type": "number", "description": "With `high`: holds however often one looks."},
                "high": {"type": "number"},
                "pValue": {"type": "number", "description": "Holds however often one looks."},
                "lowOnce": {"type": "number", "description": "With `highOnce`: holds for who looks but once."},
                "highOnce": {"type": "number"}
              }
            }
          }
        }
        """##
}
