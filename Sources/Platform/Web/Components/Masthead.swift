import Basics

/// The top of every page: the mark, the language, how pages look, who is signed in.
func masthead(in context: PageContext) -> HTML {
    """
    <header class="masthead"><div class="frame"><a class="brand" href="/">\(mark())\
    <span>\(context.siteName[context.language])</span></a>\
    <div class="tools">\(searchLink(in: context))\(languageSwitch(in: context))\(displaySettings(in: context))\
    \(account(in: context))</div></div></header>
    """
}

private func searchLink(in context: PageContext) -> HTML {
    guard let link = context.searchLink else { return .empty }
    return """
        <a class="tool" href="\(link)">\(icon(.search))\
        <span>\(context.text("검색", "Search"))</span></a>
        """
}

/// The strip that says that this is an official site; a city turns it on.
func officialBanner(in context: PageContext) -> HTML {
    guard context.showsOfficialBanner else { return .empty }
    let text = context.text(
        "이 누리집은 대한민국 공식 전자정부 누리집입니다.",
        "This is an official website of the Republic of Korea."
    )
    return "<p class=\"strip\">\(text)</p>"
}

/// The strip that says that the city shown is made up.
func sampleBanner(in context: PageContext) -> HTML {
    guard context.isSample else { return .empty }
    let text = context.text(
        "표본 도시입니다. 사람·사업·금액은 모두 만들어 낸 것입니다.",
        "A sample city: its people, projects and amounts are made up."
    )
    return """
        <p class="strip sample"><strong>\(context.text("표본", "Sample"))</strong> \(text)</p>
        """
}

/// The services, as one row of links; the one shown is the one whose path begins this page's.
func navigationBar(in context: PageContext) -> HTML {
    guard !context.navigation.isEmpty else { return .empty }
    let items = HTML(each: context.navigation) { item in
        let current: Attributes = ["aria-current": currency(of: item.link, in: context)]
        return "<li><a href=\"\(item.link)\"\(current)>\(item.title[context.language])</a></li>"
    }
    return """
        <nav class="services" aria-label="\(context.text("서비스", "Services"))">\
        <ul class="frame">\(items)</ul></nav>
        """
}

private func currency(of link: Link, in context: PageContext) -> String? {
    if link.target == context.path { return "page" }
    return link.target != "/" && context.path.hasPrefix(link.target + "/") ? "true" : nil
}

private func languageSwitch(in context: PageContext) -> HTML {
    let other: Language = context.language == .korean ? .english : .korean
    return """
        <form action="/preferences" method="post">\(hiddenField("_token", context.formToken))\
        \(hiddenField("return", context.returnPath))<button class="tool" name="language" \
        value="\(other.rawValue)" lang="\(other.rawValue)">\
        \(other == .korean ? "한국어" : "English")</button></form>
        """
}

private func displaySettings(in context: PageContext) -> HTML {
    let preferences = context.preferences
    func group(_ name: String, _ title: String, _ choices: [(String, String)], _ value: String)
        -> HTML
    {
        let controls = HTML(each: choices) { choice, label in
            var attributes: Attributes = ["id": "display-\(name)-\(choice)", "name": name]
            attributes.append("value", choice)
            attributes.append("checked", if: choice == value)
            return """
                <div class="choice"><input type="radio"\(attributes)>\
                <label for="display-\(name)-\(choice)">\(label)</label></div>
                """
        }
        return "<fieldset><legend>\(title)</legend>\(controls)</fieldset>"
    }
    let usual = context.text("보통", "Standard")
    return """
        <details class="display"><summary class="tool">\(icon(.display))\
        <span>\(context.text("화면", "Display"))</span></summary>\
        <form action="/preferences" method="post">\(hiddenField("_token", context.formToken))\
        \(hiddenField("return", context.returnPath))\
        \(group("theme", context.text("화면 색", "Colours"), [
            ("system", context.text("기기 설정대로", "As the device")),
            ("light", context.text("밝게", "Light")), ("dark", context.text("어둡게", "Dark")),
        ], preferences.theme.rawValue))\
        \(group("contrast", context.text("명도 대비", "Contrast"), [
            ("standard", usual), ("high", context.text("고대비", "High")),
        ], preferences.contrast.rawValue))\
        \(group("textSize", context.text("글자 크기", "Text size"), [
            ("standard", usual), ("large", context.text("크게", "Large")),
        ], preferences.textSize.rawValue))\
        <div class="choice" data-shortcuts hidden><input type="checkbox" id="display-shortcuts">\
        <label for="display-shortcuts">\(context.text("글자 단축키 쓰기 ( / 검색, g 이동)",
            "Letter shortcuts ( / search, g go)"))</label></div>\
        \(button(context.text("적용", "Apply"), style: .secondary))</form></details>
        """
}

private func account(in context: PageContext) -> HTML {
    let links = context.accountLinks
    guard let visitor = context.visitor else {
        let link = Link(links.signIn.target, query: [("return", context.returnPath)])
        return "<a class=\"tool\" href=\"\(link)\">\(context.text("로그인", "Sign in"))</a>"
    }
    let role: String? =
        if visitor.isAdministrator {
            context.text("관리자", "Administrator")
        } else if visitor.isStaff {
            context.text("직원", "Staff")
        } else { nil }
    let administration: HTML? =
        visitor.isAdministrator
        ? """
        <li><a href="\(links.accounts)">\(context.text("계정 관리", "Accounts"))</a></li>\
        <li><a href="\(links.operations)">\(context.text("운영 현황", "Operations"))</a></li>
        """ : nil
    let unread = visitor.unreadNoticeCount
    let badge: HTML? = unread == 0 ? nil : "<span class=\"badge\">\(unread.grouped)</span>"
    return """
        <details class="display account"><summary class="tool">\(icon(.account))\
        <span>\(visitor.displayName)</span>\(badge)</summary><div><ul>\
        \(role.map { "<li class=\"role\">\($0)</li>" as HTML })\
        <li><a href="\(links.account)">\(context.text("내 정보", "My account"))</a></li>\
        <li><a href="\(links.notices)">\(context.text("알림", "Notices"))\(badge)</a></li>\(administration)</ul>\
        <form action="\(links.signOut)" method="post" data-signs-out>\(hiddenField("_token", context.formToken))\
        <button class="button quiet">\(context.text("로그아웃", "Sign out"))</button></form></div>\
        </details>
        """
}
