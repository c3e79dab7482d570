/// Parameters by name; names with points lead into members (`recency.halfLife`).
package typealias ParameterSet = [String: ParameterValue]
