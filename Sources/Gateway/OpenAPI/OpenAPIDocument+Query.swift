import Jobs
import Recommenders

/// What every request for a list may say.
extension OpenAPIDocument {
    static let queryProperties = ##"""
        "count": {
          "type": ["integer", "null"], "minimum": 1, "maximum": \##(RecommendationQuery.countRange.upperBound),
          "description": "How many items, on all pages. A list longer than 100 is not kept as the user's last."
        },
        "algorithm": {"oneOf": [{"$ref": "#/components/schemas/Algorithm"}, {"type": "null"}]},
        "similarity": {"oneOf": [{"$ref": "#/components/schemas/Similarity"}, {"type": "null"}]},
        "neighbours": {
          "type": ["integer", "null"], "minimum": 1, "maximum": 1000, "description": "How many of the nearest users vote."
        },
        "genres": {
          "type": ["array", "null"], "maxItems": \##(RecommendationQuery.valuesLimit), "items": {"type": "string"},
          "description": "Only items of at least one of these genres of the catalogue."
        },
        "excludedGenres": {
          "type": ["array", "null"], "maxItems": \##(RecommendationQuery.valuesLimit), "items": {"type": "string"},
          "description": "No items of any of these genres."
        },
        "years": {
          "type": ["object", "null"], "additionalProperties": false,
          "description": "Only items from one year through another; either may be left out. Items without a year are in no range.",
          "properties": {"from": {"type": ["integer", "null"]}, "through": {"type": ["integer", "null"]}}
        },
        "attributes": {
          "type": ["object", "null"], "maxProperties": \##(RecommendationQuery.attributesLimit),
          "description": "Only items that have one of the values of each attribute named. The catalogue says which attributes there are.",
          "additionalProperties": {
            "type": "array", "maxItems": \##(RecommendationQuery.valuesLimit),
            "items": {"type": "string", "minLength": 1, "maxLength": 128}
          }
        },
        "items": {
          "type": ["array", "null"], "maxItems": \##(RecommendationQuery.valuesLimit), "items": {"type": "string"},
          "description": "Only these items. Those that the catalogue does not have are passed over, here and in `excludedItems`."
        },
        "excludedItems": {
          "type": ["array", "null"], "maxItems": \##(RecommendationQuery.valuesLimit), "items": {"type": "string"},
          "description": "None of these items."
        },
        "excludeShown": {
          "type": ["boolean", "null"],
          "description": "Whether to leave out what was shown to the user lately, as the impressions say. Left out, the catalogue's `defaults` decide."
        },
        "boosts": {
          "type": ["array", "null"], "maxItems": \##(RecommendationQuery.boostsLimit), "description": \##(boosts.quoted),
          "items": {
            "type": "object", "additionalProperties": false, "required": ["strength"],
            "properties": {
              "genre": {"type": "string"}, "item": {"type": "string"}, "attribute": {"type": "string"}, "value": {"type": "string"},
              "strength": {
                "type": "number", "minimum": \##(Boost.strengthRange.lowerBound), "maximum": \##(Boost.strengthRange.upperBound)
              }
            }
          }
        },
        "pinned": {
          "type": ["array", "null"], "maxItems": \##(RecommendationQuery.pinsLimit),
          "description": "Items with a place of their own, whatever the filters are, unless the user rated or dismissed them.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["item", "rank"],
            "properties": {
              "item": {"type": "string"},
              "rank": {"type": "integer", "minimum": 1, "maximum": \##(RecommendationQuery.countRange.upperBound)}
            }
          }
        },
        "diversity": {
          "type": ["number", "null"], "minimum": 0, "maximum": 1, "default": 0,
          "description": "How much rather varied than good: 0 takes the best items however alike they are."
        },
        "exploration": {
          "type": ["object", "null"], "additionalProperties": false, "required": ["share"],
          "description": "Gives this share of the places to items drawn from further down; the same seed draws the same.",
          "properties": {
            "share": {"type": "number", "minimum": 0, "maximum": 1},
            "seed": {"type": ["integer", "null"], "minimum": 0, "maximum": 9007199254740991, "default": 0}
          }
        },
        "rows": {
          "type": ["object", "null"], "additionalProperties": false,
          "description": "Several rows of one genre each instead of one list, no item in two of them; instead of `count`. Not for groups.",
          "properties": {
            "count": {
              "type": ["integer", "null"], "minimum": 1, "maximum": \##(RowRequest.countRange.upperBound),
              "description": "How many rows; left out, as many as `genres` names, or five."
            },
            "length": {
              "type": ["integer", "null"], "minimum": 1, "maximum": \##(RowRequest.lengthRange.upperBound), "default": 10,
              "description": "How many items in each."
            },
            "genres": {
              "type": ["array", "null"], "maxItems": \##(RowRequest.countRange.upperBound), "items": {"type": "string"},
              "description": "Which genres, in this order; left out, those that the user likes best."
            }
          }
        },
        "priority": {
          "type": ["string", "null"], "enum": [\##(names(JobLane.self)), null], "default": "interactive",
          "description": \##(priorities.quoted)
        }
        """##

    private static let boosts = """
        What is to come forward, or with a strength below 0 to go back: a genre, an item, or the items that have a value of an attribute; \
        one of the three in each boost. The strength is in standard deviations of the algorithm's scores.
        """

    private static let priorities = """
        `interactive` if somebody waits for it: not started within 30 seconds, it expires. `batch` for lists made ahead, which let \
        the others pass and expire after an hour.
        """
}
