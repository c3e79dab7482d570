/// By which names in headers a column is known, without regard to case, underlines and what follows a colon: "user_id:token" is "userid".
struct ColumnNames {
    /// What the column holds, for people: "users".
    let content: String
    /// How the option is called that names the column.
    let option: String
    private let names: Set<String>

    static let users = ColumnNames(
        "users", option: "--user-column",
        ["user", "userid", "uid", "username", "reviewerid", "customerid", "customer", "visitorid", "memberid", "sessionid"])
    static let items = ColumnNames(
        "items", option: "--item-column",
        [
            "item", "itemid", "iid", "movie", "movieid", "film", "filmid", "artist", "artistid", "product", "productid", "asin",
            "parentasin", "book", "bookid", "isbn", "song", "songid", "track", "trackid", "album", "albumid", "game", "gameid",
            "video", "videoid", "article", "articleid", "news", "newsid", "recipe", "recipeid", "business", "businessid",
        ])
    static let ratings = ColumnNames(
        "ratings", option: "--rating-column",
        [
            "rating", "ratings", "score", "star", "stars", "overall", "bookrating", "weight", "count", "plays", "playcount",
            "listens",
            "quantity", "value", "preference", "strength",
        ])
    static let times = ColumnNames(
        "timestamps", option: "--timestamp-column",
        ["timestamp", "time", "date", "datetime", "unixreviewtime", "unixtime", "createdat", "ts", "ratedat"])
    static let itemIDs = ColumnNames("ids", option: "", items.names.union(["id"]))
    static let titles = ColumnNames("titles", option: "", ["title", "name", "movietitle", "itemname", "productname"])
    static let years = ColumnNames("years", option: "", ["year", "releaseyear", "yearofpublication"])
    static let genres = ColumnNames("genres", option: "", ["genre", "genres", "category", "categories", "tags"])

    private init(_ content: String, option: String, _ names: Set<String>) {
        self.content = content
        self.option = option
        self.names = names
    }

    func contains(_ name: String) -> Bool { names.contains(Self.normalized(name)) }

    static func normalized(_ name: String) -> String {
        String(name.prefix { $0 != ":" }.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
