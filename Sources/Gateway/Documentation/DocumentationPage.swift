/// The API for people: one page that renders `/openapi.json`, without anything from elsewhere.
enum DocumentationPage {
    /// - Parameter nonce: what the content security policy names, new for every answer, so that nothing else on the page runs.
    static func html(nonce: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Kindred API</title>
        <style nonce="\(nonce)">
        \(style)
        </style>
        </head>
        <body>
        <aside><h1>Kindred</h1><p class="version"></p><nav aria-label="Operations"></nav></aside>
        <main>
        <noscript>This page renders <a href="/openapi.json">the OpenAPI document</a> with a script.</noscript>
        </main>
        <script nonce="\(nonce)">
        \(script)
        </script>
        </body>
        </html>
        """
    }

    static func contentSecurityPolicy(nonce: String) -> String {
        """
        default-src 'none'; connect-src 'self'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """
    }

    /// 128 random bits.
    static func nonce() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in String(UInt64.random(in: .min ... .max, using: &generator), radix: 36) }.joined()
    }
}
