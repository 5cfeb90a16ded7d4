import Basics
import Web

/// A question to the catalogue: words, facets, order and page.
///
/// It stands in the address of every listing, feed and download, so that each can be bookmarked,
/// linked and saved.
struct ProjectQuery: Sendable, Hashable {
    /// Projects on one page.
    static let pageSize = 20
    /// The longest text searched for, in characters; more is cut.
    static let maximumTextLength = 200
    /// Values of one facet that count; more are dropped.
    static let maximumValuesPerFacet = 100

    var text = ""
    var filters: [ProjectFacet: [String]] = [:]
    /// The order that was asked for; nothing for the usual one.
    var chosenOrder: ProjectOrder?
    var page = 1

    init() {}

    init(_ items: QueryItems) {
        text = String((items.text("q") ?? "").prefix(Self.maximumTextLength))
        for facet in ProjectFacet.allCases {
            var seen: Set<String> = []
            let values = items.all(facet.rawValue).filter { value in
                !value.isEmpty && value.utf8.count <= 100 && seen.insert(value).inserted
            }
            if !values.isEmpty {
                filters[facet] = Array(values.prefix(Self.maximumValuesPerFacet))
            }
        }
        chosenOrder = items["sort"].flatMap(ProjectOrder.init)
        page = items.pageNumber()
    }

    /// How a listing is ordered where nobody chose: words ask for what answers them best.
    var usualOrder: ProjectOrder { text.isEmpty ? .budget : .relevance }

    /// How the listing is ordered.
    var order: ProjectOrder {
        guard let chosenOrder, chosenOrder != .relevance || !text.isEmpty else {
            return usualOrder
        }
        return chosenOrder
    }

    /// The question as names and values, in a fixed order, without what is as usual.
    var pairs: [(name: String, value: String)] {
        var pairs = conditionPairs
        if order != usualOrder { pairs.append(("sort", order.rawValue)) }
        if page > 1 { pairs.append(("page", String(page))) }
        return pairs
    }

    /// The words and facets only: what a saved search, a feed and a download keep.
    var conditionPairs: [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        if !text.isEmpty { pairs.append(("q", text)) }
        for facet in ProjectFacet.allCases {
            for value in filters[facet] ?? [] { pairs.append((facet.rawValue, value)) }
        }
        return pairs
    }

    /// Whether nothing narrows the catalogue.
    var isEverything: Bool { text.isEmpty && filters.isEmpty }

    /// Whether a project answers the facets; words are the index's business.
    func admits(_ project: PlannedProject) -> Bool {
        filters.allSatisfy { facet, values in
            !Set(facet.values(of: project)).isDisjoint(with: values)
        }
    }
}
