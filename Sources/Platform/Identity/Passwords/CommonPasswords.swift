/// The words people make passwords of, to be recognised under digits, signs and substitutions.
///
/// Short on purpose: `PasswordPolicy` takes the coat off first, so that one word here stands for
/// hundreds of lines of a leaked list. The last group is Korean typed on an English keyboard.
enum CommonPasswords {
    static let words: Set<String> = Set(
        """
        password passwords passw0rd passwort passphrase pass word admin administrator adminadmin root \
        rootroot user username guest guestguest test tester testing testtest demo default changeme \
        changeit letmein welcome welcomehome login loginlogin access accesscode master superman batman \
        spiderman ironman starwars pokemon nintendo minecraft naruto dragon dragonball monkey donkey \
        tiger lion eagle falcon dolphin butterfly flower sunshine moonlight rainbow princess prince \
        queen angel angels heaven jesus jesuschrist christ church iloveyou iloveu loveyou loveme \
        lovelove lovely mylove forever whatever nothing something computer internet network server \
        database security secret topsecret private google facebook twitter instagram youtube android \
        samsung samsungsamsung galaxy iphone apple microsoft windows linux ubuntu oracle football \
        baseball basketball soccer hockey tennis golf champion winner liverpool chelsea arsenal \
        barcelona manchester realmadrid juventus yankees dallas london paris newyork california \
        seoul seoulcity seoulkorea busan daegu incheon gwangju daejeon ulsan sejong jeju korea \
        koreakorea republicofkorea southkorea hangang namsan dokdo arirang taegukgi michael jennifer \
        jessica michelle daniel jordan joshua matthew andrew thomas robert charlie george harley \
        ashley amanda nicole hannah samantha maggie ginger pepper cookie cookies chocolate banana \
        orange cheese coffee pizza hamburger summer winter spring autumn january february march april \
        june july august september october november december monday tuesday wednesday thursday friday \
        saturday sunday blink blackpink bangtan bts btsarmy exo twice hello hellohello helloworld \
        goodbye goodluck goodmorning freedom liberty trustno trustme mustang ferrari porsche mercedes \
        corvette hunter shadow killer ninja samurai matrix phoenix thunder lightning hello diamond \
        silver golden money dollar lucky happy smile peace family mother father brother sister baby \
        babygirl mynoob qwerty qwertyuiop qwert asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx \
        qazwsxedc wsxedc qweasd qweasdzxc asdqwe abc abcd abcde abcdef abcabc aaa zzz xxx \
        comcom government publicoffice cityhall citizen civil minwon office officer manager sysadmin \
        operator support service services system systems \
        비밀번호 안녕하세요 사랑해 사랑해요 대한민국 서울특별시 서울시청 관리자 행복하세요 감사합니다 \
        qlalfqjsgh dkssud dkssudgktpdy tkfkdgo tkfkdgody eogksalsrnr tjdnf tjdnfxmrquftl tjdnfcjd \
        tjdnftlcj rhksflwk godqhr godqhrgktpdy rkatkgkqslek gksrnr gksrmf cjdwnr alsdnjs
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
    )

    static let keyboardWalks = [
        "`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./", "!@#$%^&*()_+",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "qazwsxedcrfvtgbyhnujmik,ol.p;/",
        "qwerasdfzxcv", "qweasdzxc", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
        "1qazxsw23edcvfr45tgbnhy67ujm", "!qaz@wsx#edc$rfv", "qwer1234", "asdf1234", "1234qwer",
        "1234asdf", "qwerty123456", "123qweasd", "123qwe456", "qwe123asd456", "zaq12wsx",
        "zaq1xsw2",
        "741852963", "789456123", "147258369", "159357456", "1357924680", "2468013579",
        "9876543210",
    ]
}
