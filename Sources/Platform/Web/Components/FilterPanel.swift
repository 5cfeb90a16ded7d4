public import Basics

/// Words to search for and properties to choose from, as one form whose answers are the address.
public struct FilterPanel: Sendable, Hashable {
    /// A property of the items, such as the quarter.
    public struct Facet: Sendable, Hashable {
        /// The name in the query.
        public var name: String
        /// What the property is called.
        public var title: String
        /// Its values.
        public var options: [Option]
        /// Whether it is open even with nothing chosen.
        public var isOpen: Bool

        /// Creates a property.
        public init(name: String, title: String, options: [Option], isOpen: Bool = true) {
            self.name = name
            self.title = title
            self.options = options
            self.isOpen = isOpen
        }

        /// Creates a property whose values are counted.
        ///
        /// - Parameters:
        ///   - name: The name in the query.
        ///   - title: What the property is called.
        ///   - values: Its values as they stand in the query, with what is shown.
        ///   - counts: How many items have each value; none where a value is missing.
        ///   - chosen: The values that are chosen.
        ///   - leavesOutEmpty: Whether a value that no item has is left out unless it is chosen.
        ///   - isOpen: Whether it is open even with nothing chosen.
        public init(
            name: String,
            title: String,
            values: [(value: String, label: String)],
            counts: [String: Int],
            chosen: Set<String>,
            leavesOutEmpty: Bool = false,
            isOpen: Bool = true
        ) {
            let options = values.map { value, label in
                Option(
                    value: value,
                    label: label,
                    count: counts[value] ?? 0,
                    isSelected: chosen.contains(value)
                )
            }
            self.init(
                name: name,
                title: title,
                options: leavesOutEmpty
                    ? options.filter { $0.count > 0 || $0.isSelected } : options,
                isOpen: isOpen
            )
        }
    }

    /// A value of a property, with what choosing it would leave.
    public struct Option: Sendable, Hashable {
        /// The value in the query.
        public var value: String
        /// What is shown.
        public var label: String
        /// How many items have it.
        public var count: Int
        /// What they sum to.
        public var sum: Won?
        /// Whether it is chosen.
        public var isSelected: Bool

        /// Creates a value.
        public init(
            value: String,
            label: String,
            count: Int,
            sum: Won? = nil,
            isSelected: Bool = false
        ) {
            self.value = value
            self.label = label
            self.count = count
            self.sum = sum
            self.isSelected = isSelected
        }
    }

    /// Where the list stands.
    public var action: Link
    /// What the search box is called, or nothing where there is none; its name is `q`.
    public var searchLabel: String?
    /// What is in the search box.
    public var searchText: String
    /// The properties.
    public var facets: [Facet]
    /// Parts of the query that the form keeps, such as the order.
    public var kept: [String]

    /// The values shown before "show more".
    public static let shownOptionCount = 6

    /// Creates a panel.
    public init(
        action: Link,
        searchLabel: String? = nil,
        searchText: String = "",
        facets: [Facet],
        kept: [String] = ["sort"]
    ) {
        self.action = action
        self.searchLabel = searchLabel
        self.searchText = searchText
        self.facets = facets
        self.kept = kept
    }

    /// How many conditions are set.
    public var appliedCount: Int {
        facets.reduce(searchText.isEmpty ? 0 : 1) { $0 + $1.options.count { $0.isSelected } }
    }
}

/// The form that narrows a list; on a phone it opens on demand, and it works without scripts.
public func filterPanel(_ panel: FilterPanel, in context: PageContext) -> HTML {
    var search = HTML.empty
    if let label = panel.searchLabel {
        search = """
            <div class="field"><label for="filter-q">\(label)</label>\
            <input id="filter-q" type="search" name="q" value="\(panel.searchText)" \
            enterkeyhint="search" data-search></div>
            """
    }
    let kept = HTML(each: context.query.filter { panel.kept.contains($0.name) }) {
        hiddenField($0.name, $0.value)
    }
    let count = panel.appliedCount
    let note: HTML? = count == 0 ? nil : "<span class=\"badge\">\(count)</span>"
    return """
        <details class="filters"><summary>\(context.text("검색과 조건", "Search and filter"))\(note)\
        </summary><form role="search" action="\(panel.action)" method="get">\(kept)\(search)\
        \(HTML(each: panel.facets) { facet($0, in: context) })\
        <div class="buttons">\(button(context.text("적용", "Apply")))</div></form></details>
        """
}

private func facet(_ facet: FilterPanel.Facet, in context: PageContext) -> HTML {
    let id = "filter-" + FormField.identifier(facet.name)
    func option(_ index: Int, _ option: FilterPanel.Option) -> HTML {
        var attributes: Attributes = ["id": "\(id)-\(index + 1)", "name": facet.name]
        attributes.append("value", option.value)
        attributes.append("checked", if: option.isSelected)
        let sum: HTML? = option.sum.map { "<small>\(money($0, in: context))</small>" }
        return """
            <li><input type="checkbox"\(attributes)><label for="\(id)-\(index + 1)">\
            <span>\(option.label)</span><span class="amounts">\
            \(context.text("\(option.count.grouped)건", option.count.grouped))\(sum)</span></label></li>
            """
    }
    // What is chosen is never hidden behind "show more".
    let indexed = Array(facet.options.enumerated())
    let limit = FilterPanel.shownOptionCount
    let first = indexed.filter { $0.offset < limit || $0.element.isSelected }
    let rest = indexed.filter { $0.offset >= limit && !$0.element.isSelected }
    var more = HTML.empty
    if !rest.isEmpty {
        let title = context.text("\(rest.count)개 더 보기", "\(rest.count) more")
        more = """
            <details class="more"><summary>\(title)</summary>\
            <ul>\(HTML(each: rest) { option($0.offset, $0.element) })</ul></details>
            """
    }
    let isOpen = facet.isOpen || facet.options.contains { $0.isSelected }
    return """
        <details class="facet"\(isOpen ? " open" as HTML : .empty)><summary>\(facet.title)</summary>\
        <fieldset><legend class="unseen">\(facet.title)</legend>\
        <ul>\(HTML(each: first) { option($0.offset, $0.element) })</ul>\(more)</fieldset></details>
        """
}

/// The conditions set, each with a link that takes it away.
public func appliedFilters(_ panel: FilterPanel, in context: PageContext) -> HTML {
    guard panel.appliedCount > 0 else { return .empty }
    func chip(_ title: String, _ value: String, _ link: Link) -> HTML {
        """
        <li><a class="chip" href="\(link)"><span class="unseen">\
        \(context.text("조건 빼기:", "Remove:")) </span><small>\(title)</small> \(value)\
        \(icon(.close))</a></li>
        """
    }
    var chips: [HTML] = []
    if !panel.searchText.isEmpty {
        chips.append(
            chip(
                panel.searchLabel ?? "",
                panel.searchText,
                context.link(removing: "q", value: panel.searchText)
            )
        )
    }
    for facet in panel.facets {
        for option in facet.options where option.isSelected {
            let link = context.link(removing: facet.name, value: option.value)
            chips.append(chip(facet.title, option.label, link))
        }
    }
    let kept = context.query.filter { panel.kept.contains($0.name) }
    return """
        <div class="chips"><h2 class="unseen">\(context.text("적용한 조건", "Conditions"))</h2>\
        <ul>\(chips)<li><a href="\(Link(context.path, query: kept))">\
        \(context.text("모두 지우기", "Clear all"))</a></li></ul></div>
        """
}

extension FilterPanel {
    static let examples = [
        ComponentExample("filter", Bilingual("조건 고르기", "Filter")) { context in
            let quarters = zip(1...4, [(637, 1402), (160, 380), (45, 110), (589, 1811)]).map {
                Option(
                    value: "q\($0)",
                    label: context.text("\($0)분기", "Quarter \($0)"),
                    count: $1.0,
                    sum: .eok(Int64($1.1)),
                    isSelected: $0 == 1
                )
            }
            let districts = ["종로구", "중구", "용산구", "성동구", "광진구", "동대문구", "중랑구", "성북구"]
            let panel = FilterPanel(
                action: Link("/example"),
                searchLabel: context.text("사업명", "Project name"),
                searchText: "메타버스",
                facets: [
                    Facet(
                        name: "quarter",
                        title: context.text("발주 시기", "Quarter"),
                        options: quarters
                    ),
                    Facet(
                        name: "district",
                        title: context.text("자치구", "District"),
                        options: districts.enumerated().map {
                            Option(
                                value: $1,
                                label: $1,
                                count: 40 - $0,
                                sum: .eok(Int64(60 - 3 * $0))
                            )
                        }
                    ),
                ]
            )
            return appliedFilters(panel, in: context) + filterPanel(panel, in: context)
        }
    ]
}
