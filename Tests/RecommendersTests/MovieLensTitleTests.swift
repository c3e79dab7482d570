import Testing

@testable import Recommenders

@Suite struct MovieLensTitleTests {
    @Test(arguments: [
        ("Toy Story (1995)", "Toy Story", 1995),
        ("Matrix, The (1999) ", "Matrix, The", 1999),
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            "City of Lost Children, The (Cité des enfants perdus, La)", 1995
        ),
        ("Death Note: Desu nôto (2006–2007)", "Death Note: Desu nôto", 2006),
        ("Fawlty Towers (1975-1979)", "Fawlty Towers", 1975),
        ("Big Bang Theory, The (2007-)", "Big Bang Theory, The", 2007),
        ("Terrible Joe Moran (1984- )", "Terrible Joe Moran", 1984),
        ("Paterson", "Paterson", nil),
        ("2001: A Space Odyssey (1968)", "2001: A Space Odyssey", 1968),
        ("Deal (of the Century)", "Deal (of the Century)", nil),
        ("Long (12345)", "Long (12345)", nil),
        ("Odd (0000)", "Odd (0000)", nil),
        ("(1995)", "(1995)", nil),
        (")", ")", nil),
        ("  ", "", nil),
    ]) func takesTheYearOffTheTitle(text: String, title: String, year: Int?) {
        let parsed = MovieTitle(text)
        #expect(parsed.title == title && parsed.year == year)
    }
}
