import Basics

/// The whole document of a page.
///
/// It has no inline script or style and asks nothing of another site, so it stands under
/// `default-src 'self'` (CSP Level 3).
public func document(_ page: Page, in context: PageContext) -> HTML {
    let density =
        page.density == .operator || context.density == .operator ? Density.operator : .resident
    return """
        <!doctype html>
        <html lang="\(context.language.rawValue)"\(displayAttributes(density, context))>\
        \(head(page, in: context))<body><a class="skip" href="#main">\
        \(context.text("본문 바로가기", "Skip to the content"))</a>\
        \(officialBanner(in: context))\(sampleBanner(in: context))\(masthead(in: context))\
        \(navigationBar(in: context))\(content(page, in: context))\(footer(in: context))</body></html>
        """
}

private func displayAttributes(_ density: Density, _ context: PageContext) -> Attributes {
    var theme = context.preferences.theme
    if density == .operator, theme == .system { theme = .dark }
    return [
        "data-theme": theme.rawValue, "data-contrast": context.preferences.contrast.rawValue,
        "data-text": context.preferences.textSize.rawValue, "data-density": density.rawValue,
    ]
}

private func head(_ page: Page, in context: PageContext) -> HTML {
    let prefix = page.hasErrors ? context.text("오류: ", "Error: ") : ""
    let alternates = HTML(each: page.alternates) { alternate in
        """
        <link rel="alternate" type="\(alternate.mediaType)" title="\(alternate.title)" \
        href="\(alternate.link)">
        """
    }
    let scripts = HTML(each: ["page.js", "forms.js", "shortcuts.js"] + page.scripts) {
        "<script type=\"module\" src=\"\(context.asset($0))\"></script>"
    }
    let styles = HTML(each: ["haechi.css"] + page.styles) {
        "<link rel=\"stylesheet\" href=\"\(context.asset($0))\">"
    }
    return """
        <head><meta charset="utf-8"><title>\(prefix)\(page.title) | \
        \(context.siteName[context.language])</title>\
        <meta name="viewport" content="width=device-width, initial-scale=1">\
        <meta name="color-scheme" content="light dark">\
        \(styles)<link rel="icon" type="image/svg+xml" href="\(context.asset("haechi.svg"))">\
        \(alternates)\(scripts)</head>
        """
}

private func content(_ page: Page, in context: PageContext) -> HTML {
    let crumbs =
        page.breadcrumbs.isEmpty
        ? HTML.empty : breadcrumbTrail(page.breadcrumbs, current: page.title, in: context)
    let main: HTML =
        page.aside.map { aside in
            """
            <div class="beside"><div class="aside">\(aside)</div><div class="body">\(page.main)</div>\
            </div>
            """
        } ?? "<div class=\"body\">\(page.main)</div>"
    return """
        <div class="frame \(page.aside == nil ? page.width.rawValue : "wide")">\(crumbs)\
        <main id="main" tabindex="-1">\(page.notification)\
        \(pageHeading(title: page.title, lead: page.lead, actions: page.actions))\(main)\
        \(page.source.map { sourceLine($0, in: context) })</main></div>
        """
}

private func sourceLine(_ source: PageSource, in context: PageContext) -> HTML {
    let name: HTML =
        source.link.map { "<a href=\"\($0)\">\(source.name)</a>" } ?? HTML(text: source.name)
    let time: HTML? = source.updatedAt.map { instant in
        let written = dateText(instant, in: context)
        return context.language == .korean ? " · \(written) 기준" : " · as of \(written)"
    }
    return "<p class=\"source\">\(context.text("자료", "Source")): \(name)\(time)</p>"
}

private func footer(in context: PageContext) -> HTML {
    let line = context.text(
        "글자 크기와 대비는 위쪽 ‘화면’에서 바꿀 수 있습니다.",
        "Text size and contrast can be changed under “Display” above."
    )
    return """
        <footer><div class="frame">\(mark())<p><strong>\(context.siteName[context.language])</strong>\
        <br>\(line)</p></div></footer>
        """
}
