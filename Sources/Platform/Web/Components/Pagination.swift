import Basics

/// Which part of a long list is shown.
public struct Pagination: Sendable, Hashable {
    /// The page shown, from 1.
    public var page: Int
    /// How many items there are in all.
    public var itemCount: Int
    /// How many items a page holds.
    public var pageSize: Int

    /// Creates a part of a list.
    public init(page: Int, itemCount: Int, pageSize: Int) {
        self.page = max(1, page)
        self.itemCount = max(0, itemCount)
        self.pageSize = max(1, pageSize)
    }

    /// How many pages there are, at least one.
    public var pageCount: Int { max(1, (itemCount + pageSize - 1) / pageSize) }

    /// The pages shown as links: the ends, and two either side of the page shown.
    ///
    /// A gap is nil; a gap of one page is that page.
    var window: [Int?] {
        let near = (page - 2)...(page + 2)
        let shown = (1...pageCount).filter { $0 == 1 || $0 == pageCount || near.contains($0) }
        var result: [Int?] = []
        var previous = 0
        for number in shown {
            if number == previous + 2 { result.append(number - 1) }
            if number > previous + 2 { result.append(nil) }
            result.append(number)
            previous = number
        }
        return result
    }
}

/// Links to the parts of a long list, keeping the query; nothing where there is one part.
public func pagination(_ part: Pagination, in context: PageContext) -> HTML {
    guard part.pageCount > 1 else { return .empty }
    func step(_ page: Int, _ text: String, relation: String) -> HTML {
        guard (1...part.pageCount).contains(page) else { return .empty }
        let link = context.link(setting: "page", to: String(page))
        return "<li><a class=\"step\" rel=\"\(relation)\" href=\"\(link)\">\(text)</a></li>"
    }
    let numbers = HTML(each: part.window) { number in
        guard let number else { return "<li class=\"gap\" aria-hidden=\"true\">…</li>" }
        let label = context.text("\(number)쪽", "Page \(number)")
        let link = context.link(setting: "page", to: String(number))
        let current: HTML = number == part.page ? " aria-current=\"page\"" : .empty
        return "<li><a href=\"\(link)\" aria-label=\"\(label)\"\(current)>\(number)</a></li>"
    }
    let first = min((part.page - 1) * part.pageSize + 1, part.itemCount)
    let last = min(part.page * part.pageSize, part.itemCount)
    return """
        <nav class="pages" aria-label="\(context.text("쪽", "Pages"))">\
        <p>\(context.text(
            "\(part.itemCount.grouped)건 중 \(first.grouped)–\(last.grouped)",
            "\(first.grouped)–\(last.grouped) of \(part.itemCount.grouped)"))</p><ul>\
        \(step(part.page - 1, context.text("이전", "Previous"), relation: "prev"))\(numbers)\
        \(step(part.page + 1, context.text("다음", "Next"), relation: "next"))</ul></nav>
        """
}

extension Pagination {
    static let examples = [
        ComponentExample("pagination", Bilingual("쪽 나눔", "Pagination")) { context in
            pagination(Pagination(page: 6, itemCount: 1431, pageSize: 50), in: context)
        }
    ]
}
