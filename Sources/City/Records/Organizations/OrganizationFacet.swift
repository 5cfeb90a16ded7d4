import Basics
import Web

extension FilterPanel.Facet {
    /// The organizations that a list can be narrowed to, those with nothing in it left out.
    ///
    /// - Parameters:
    ///   - organizations: The organizations, in the order they are shown.
    ///   - counts: How many items each has, by its identifier.
    ///   - chosen: The identifiers that are chosen.
    ///   - context: The request.
    /// - Returns: The property, named `organization` in the query.
    static func organizations(
        _ organizations: [Organization],
        counts: [String: Int],
        chosen: Set<String>,
        in context: PageContext
    ) -> FilterPanel.Facet {
        FilterPanel.Facet(
            name: "organization",
            title: context.text("기관", "Organization"),
            values: organizations.map { ($0.id, $0.title[context.language]) },
            counts: counts,
            chosen: chosen,
            leavesOutEmpty: true
        )
    }
}
