/// Passwords of 8 characters or more that lead every published list of stolen ones: the first that are tried, in lower case.
enum CommonPasswords {
    static let all: Set<String> = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let text = """
        00000000 01234567 0123456789 0987654321 1029384756 11111111 111111111 1111111111 11223344 1122334455 12121212 123123123
        1231231234 123321123 12341234 1234512345 12345678 123456789 1234567890 12345678910 123456789a 12345678a 1234567891 1234567a
        123654789 12qwaszx 147258369 1478963250 159753456 18436572 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2
        22222222 33333333 44444444 55555555 66666666 77777777 789456123 87654321 88888888 963852741 987654321 9876543210 99999999
        a1234567 a12345678 a123456789 aa123456 aa12345678 abc12345 abcd1234 abcdefgh abcdefg1 access14 admin123 administrator
        adminadmin alexander asdf1234 asdfasdf asdfghjk asdfghjkl baseball basketball baseball1 butterfly changeme charlie1
        chocolate computer corvette creative danielle dolphins dragon123 einstein elephant facebook football football1 fuckyou1
        garfield gateway1 guitar123 hardcore hello123 hellohello iloveyou iloveyou1 iloveyou2 internet jennifer jessica1 jordan23
        kindred1 kindred123 letmein1 letmein123 liverpool liverpool1 linkinpark login123 marlboro master123 maverick mercedes
        michael1 michelle midnight minecraft monkey123 mustang1 mypassword naruto123 newyork1 nicholas p@ssw0rd p@ssword pa55word
        passw0rd passwort passwort1 password password! password01 password1 password1! password12 password123 password1234
        password2 password3 pokemon1 pokemon123 princess princess1 q1w2e3r4 q1w2e3r4t5 qazwsxedc qwer1234 qwert123 qwert12345
        qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui qwertyuiop qwertz123 qwertzui qwertzuiop rockyou1
        samantha samsung1 scooter1 secret123 security1 september shadow123 slipknot snowball soccer123 spiderman spiderman1
        starwars starwars1 steelers sunshine sunshine1 superman superman1 superstar swordfish test1234 testtest trustno1
        unknown1 victoria welcome1 welcome123 whatever william1 woaini1314 wordpass xxxxxxxx zaq12wsx zaq1zaq1 zxcvbnm1 zxcvbnm123
        zxcvbnm, !qaz2wsx 1234qwer qweasdzxc qweqweqwe qwe123qwe asdfqwer
        """
}
