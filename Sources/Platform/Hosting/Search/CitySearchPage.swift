import Basics
public import Korean
public import Web

extension CitySearch {
    /// The page of the results.
    func page(in context: PageContext) -> Page {
        Page(
            title: query.text.isEmpty
                ? context.text("검색", "Search")
                : context.text("‘\(query.text)’ 검색 결과", "Results for “\(query.text)”"),
            lead: query.text.isEmpty ? nil : lead(context),
            main: """
                \(CitySearchRoutes.box(query.text, in: context))\(cutNote(context))\
                \(alsoSearched(alternatives, in: context))\(body(context))
                """,
            width: .wide
        )
    }

    private func lead(_ context: PageContext) -> HTML {
        "<strong>\(context.text("\(count.grouped)건", "\(count.grouped) results"))</strong>"
    }

    private func cutNote(_ context: PageContext) -> HTML? {
        guard isCut else { return nil }
        let limit = SearchRequest.maximumTextLength.grouped
        return notificationBanner(
            NotificationBanner(
                title: context.text("검색어가 너무 깁니다", "The query is too long"),
                body: HTML(
                    text: context.text(
                        "앞의 \(limit)자로 찾았습니다.",
                        "Its first \(limit) characters were searched."
                    )
                )
            )
        )
    }

    private func body(_ context: PageContext) -> HTML {
        if query.text.isEmpty {
            let names = HTML(each: sources) { "<li>\($0.title[context.language])</li>" }
            return section(
                context.text("여기에서 찾습니다", "What is searched"),
                "<ul>\(names)</ul>"
            )
        }
        let found = groups.filter { $0.found.count > 0 }
        guard !found.isEmpty else { return nothing(context) }
        return HTML(each: found) { group($0, context) }
    }

    private func nothing(_ context: PageContext) -> HTML {
        let advice = context.text("낱말을 줄이거나 다른 말로 찾아 보세요.", "Use fewer or other words.")
        let signIn = context.text(
            " 로그인하면 더 찾을 수도 있습니다.",
            " Signed in, you may find more."
        )
        return emptyState(
            title: context.text("찾은 것이 없습니다", "Nothing found"),
            text: context.visitor == nil ? advice + signIn : advice,
            actions: chosen == nil
                ? []
                : [
                    linkButton(
                        context.text("모든 서비스에서 찾기", "Search every service"),
                        link(chosen: nil)
                    )
                ]
        )
    }

    private func group(_ group: Group, _ context: PageContext) -> HTML {
        let title = group.source.title[context.language]
        let count = group.found.count
        let number = context.text("\(count.grouped)건", count.grouped)
        return """
            <section aria-labelledby="group-\(group.source.id)">\
            <h2 id="group-\(group.source.id)">\(title) <small>\(number)</small></h2>\
            <ol class="results" start="\(1 + (page - 1) * CitySearchRoutes.pageSize)">\
            \(HTML(each: group.found.results) { result($0) })</ol>\
            \(more(group, title, context))</section>
            """
    }

    private func result(_ result: SearchResult) -> HTML {
        let text: HTML? = result.text.map { "<p>\(snippet($0))</p>" }
        let facts: HTML? =
            result.facts.isEmpty
            ? nil : "<p class=\"about\">\(result.facts.joined(separator: " · "))</p>"
        return """
            <li><h3><a href="\(result.link)">\(snippet(result.title))</a></h3>\(text)\(facts)</li>
            """
    }

    private func snippet(_ snippet: Snippet) -> HTML {
        let text = markedText(snippet.text, marks: snippet.highlights)
        return """
            \(snippet.isCutAtStart ? "… " : "")\(text)\(snippet.isCutAtEnd ? " …" : "")
            """
    }

    /// The rest of a group: its further pages, and the room's own list.
    private func more(_ group: Group, _ title: String, _ context: PageContext) -> HTML {
        var links: [HTML] = []
        if chosen == nil, group.found.count > group.found.results.count {
            links.append(
                linkButton(
                    context.text("\(title) 결과 더 보기", "More results: \(title)"),
                    link(chosen: group.source.id)
                )
            )
        }
        if let listing = group.found.listing {
            links.append(
                linkButton(
                    context.text("\(title) 목록에서 보기", "In the list: \(title)"),
                    listing,
                    style: .quiet
                )
            )
        }
        if chosen != nil {
            links.append(
                linkButton(
                    context.text("모든 서비스에서 찾기", "Search every service"),
                    link(chosen: nil),
                    style: .quiet
                )
            )
        }
        let pages =
            chosen == nil
            ? HTML.empty
            : pagination(
                Pagination(
                    page: page,
                    itemCount: group.found.count,
                    pageSize: CitySearchRoutes.pageSize
                ),
                in: context
            )
        return pages + (links.isEmpty ? .empty : buttonRow(links))
    }

    private func link(chosen: String?) -> Link {
        var pairs = [(name: "q", value: query.text)]
        if let chosen { pairs.append(("in", chosen)) }
        return Link(CitySearchRoutes.link.target, query: pairs)
    }
}

/// The line that tells what was searched where it is not what was typed; nothing where it is.
public func alsoSearched(
    _ alternatives: [TextQuery.Alternative],
    in context: PageContext
) -> HTML {
    guard !alternatives.isEmpty else { return .empty }
    let parts = alternatives.map { alternative -> HTML in
        let searched = alternative.searched.joined(separator: ", ")
        return "<span>\(alternative.typed) → <strong>\(searched)</strong></span>"
    }
    let title = context.text("이렇게도 찾았습니다", "Also searched")
    return "<p class=\"also\">\(title): \(parts.joined(separator: " · "))</p>"
}
