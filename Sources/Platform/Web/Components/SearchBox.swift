import Basics

/// The box of a page that searches: one field, one button, the words in the address.
public struct SearchBox: Sendable, Hashable {
    /// Where the results stand; the words are its `q`.
    public var action: Link
    /// What is searched.
    public var label: String
    /// What to type.
    public var hint: String?
    /// What was typed.
    public var text: String
    /// The most characters of the field.
    public var maximumLength: Int

    /// Creates a box.
    public init(
        action: Link,
        label: String,
        hint: String? = nil,
        text: String = "",
        maximumLength: Int
    ) {
        self.action = action
        self.label = label
        self.hint = hint
        self.text = text
        self.maximumLength = maximumLength
    }
}

/// A search box; it works without scripts, and "/" leads to it where letter shortcuts are on.
public func searchBox(_ box: SearchBox, in context: PageContext) -> HTML {
    let hint: HTML? = box.hint.map { "<p class=\"hint\" id=\"search-q-hint\">\($0)</p>" }
    let described: Attributes = ["aria-describedby": box.hint == nil ? nil : "search-q-hint"]
    return """
        <form class="searchbox" role="search" action="\(box.action)" method="get">\
        <label for="search-q">\(box.label)</label>\(hint)<div class="line">\
        <input id="search-q" type="search" name="q" value="\(box.text)" \
        maxlength="\(box.maximumLength)" enterkeyhint="search" data-search\(described)>\
        \(button(context.text("검색", "Search")))</div></form>
        """
}

/// A text of which parts are marked as found.
///
/// - Parameters:
///   - text: The text.
///   - marks: What is marked: ranges of its UTF-8 bytes, ascending, apart, of whole characters.
/// - Returns: The text, escaped.
public func markedText(_ text: String, marks: [Range<Int>]) -> HTML {
    let bytes = Array(text.utf8)
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    var position = 0
    var html = HTML.empty
    for mark in marks {
        let before = part(position..<mark.lowerBound)
        let found = part(mark)
        html = html + "\(before)<mark>\(found)</mark>"
        position = mark.upperBound
    }
    return html + HTML(text: part(position..<bytes.count))
}

extension SearchBox {
    static let examples = [
        ComponentExample("search-box", Bilingual("검색 상자", "Search box")) { context in
            let text = context.text("지능형 CCTV 구축", "Intelligent CCTV")
            return searchBox(
                SearchBox(
                    action: Link("/search"),
                    label: context.text("도시 전체에서 찾기", "Search the city"),
                    hint: context.text("예: 공공와이파이, 여권", "For example: public Wi-Fi"),
                    maximumLength: 200
                ),
                in: context
            ) + "<p>\(markedText(text, marks: [0..<9]))</p>"
        }
    ]
}
