extension OpenAPIDocument {
    static let questionnaire = Piece(
        paths: ##"""
            "/v1/questionnaire": {
              "get": {
                "operationId": "getQuestionnaire", "tags": ["Catalogue"],
                \##(security("GET /v1/questionnaire")),
                "summary": "What to ask somebody about of whom nothing is known",
                "description": \##(asking.quoted),
                "parameters": [
                  {
                    "name": "count", "in": "query", "description": "How many items.",
                    "schema": {
                      "type": "integer", "minimum": 1, "maximum": \##(NewcomerQuestions.maximumCount),
                      "default": \##(QuestionnaireRoutes.defaultCount)
                    }
                  }
                ],
                "responses": {
                  "200": {
                    "description": "The items; fewer where fewer are rated.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Questionnaire"}}}
                  },
                  \##(problems(400, 401))
                }
              }
            }
            """##,
        schemas: ##"""
            "Questionnaire": {
              "type": "object",
              "required": ["items"],
              "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}}
            }
            """##)

    private static let asking = """
        The items whose ratings are expected to help most, over all who know them and those who do not, in the order in which to ask. \
        They change with the ratings file only. What is answered goes into `POST /v1/recommendations`.
        """
}
