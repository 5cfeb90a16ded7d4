import Basics

/// A table of data.
public struct DataTable: Sendable, Hashable {
    /// How the table is read on a phone.
    public enum PhoneLayout: String, Sendable, Hashable {
        /// Each row becomes a card; each cell says its column.
        case cards
        /// The table keeps its form and scrolls sideways in its own frame.
        case scroll
    }

    /// The order of a sortable column.
    public enum SortOrder: String, Sendable, Hashable {
        /// Not sorted by this column now.
        case none
        /// Smallest first.
        case ascending
        /// Largest first.
        case descending
    }

    /// A column.
    public struct Column: Sendable, Hashable {
        /// What the column holds.
        public var title: String
        /// Whether its cells are numbers, set right with figures of one width.
        public var isNumeric: Bool
        /// Whether its cells name their rows.
        public var isRowHeader: Bool
        /// Whether its cells are long, or hold a control: on a phone each takes the whole width.
        public var isWide: Bool
        /// Where a click on the title leads, to sort by the column.
        public var sortLink: Link?
        /// How the rows are sorted by it now.
        public var sortOrder: SortOrder

        /// Creates a column.
        public init(
            _ title: String,
            isNumeric: Bool = false,
            isRowHeader: Bool = false,
            isWide: Bool = false,
            sortLink: Link? = nil,
            sortOrder: SortOrder = .none
        ) {
            self.title = title
            self.isNumeric = isNumeric
            self.isRowHeader = isRowHeader
            self.isWide = isWide
            self.sortLink = sortLink
            self.sortOrder = sortOrder
        }
    }

    /// What the table shows; its title.
    public var caption: String
    /// Whether the title is only for those who do not see the page.
    public var hidesCaption: Bool
    /// The columns.
    public var columns: [Column]
    /// The rows, each with a cell a column.
    public var rows: [[HTML]]
    /// The sums under the rows, or nothing.
    public var footer: [HTML]
    /// How it is read on a phone.
    public var phoneLayout: PhoneLayout

    /// Creates a table.
    public init(
        caption: String,
        hidesCaption: Bool = false,
        columns: [Column],
        rows: [[HTML]],
        footer: [HTML] = [],
        phoneLayout: PhoneLayout = .cards
    ) {
        self.caption = caption
        self.hidesCaption = hidesCaption
        self.columns = columns
        self.rows = rows
        self.footer = footer
        self.phoneLayout = phoneLayout
    }
}

/// A table of data.
///
/// The explicit roles keep the table a table for assistive technology when a phone sets its rows as
/// cards, because a changed `display` takes the implicit ones away.
public func table(_ table: DataTable, in context: PageContext) -> HTML {
    let heads = HTML(each: table.columns) { head($0, in: context) }
    let rows = HTML(each: table.rows) { "<tr role=\"row\">\(cells($0, table.columns))</tr>" }
    let sums: HTML? =
        table.footer.isEmpty
        ? nil
        : """
        <tfoot role="rowgroup"><tr role="row">\(cells(table.footer, table.columns))</tr></tfoot>
        """
    return """
        <div class="table \(table.phoneLayout.rawValue)" role="region" tabindex="0" \
        aria-label="\(table.caption)"><table role="table">\
        <caption\(table.hidesCaption ? " class=\"unseen\"" as HTML : .empty)>\(table.caption)\
        </caption><thead role="rowgroup"><tr role="row">\(heads)</tr></thead>\
        <tbody role="rowgroup">\(rows)</tbody>\(sums)</table></div>
        """
}

private func head(_ column: DataTable.Column, in context: PageContext) -> HTML {
    var attributes: Attributes = ["class": column.isNumeric ? "number" : nil]
    guard let link = column.sortLink else {
        return "<th role=\"columnheader\" scope=\"col\"\(attributes)>\(column.title)</th>"
    }
    if column.sortOrder != .none { attributes.append("aria-sort", column.sortOrder.rawValue) }
    let arrow =
        switch column.sortOrder {
        case .none: "↕"
        case .ascending: "↑"
        case .descending: "↓"
        }
    return """
        <th role="columnheader" scope="col"\(attributes)><a href="\(link)">\(column.title)\
        <span class="arrow" aria-hidden="true">\(arrow)</span></a></th>
        """
}

private func cells(_ cells: [HTML], _ columns: [DataTable.Column]) -> HTML {
    HTML(each: zip(cells, columns)) { cell, column in
        let kind: HTML =
            column.isNumeric
            ? " class=\"number\"" : column.isWide ? " class=\"wide\"" : .empty
        return column.isRowHeader
            ? "<th role=\"rowheader\" scope=\"row\"\(kind)>\(cell)</th>"
            : "<td role=\"cell\" data-label=\"\(column.title)\"\(kind)>\(cell)</td>"
    }
}

extension DataTable {
    static let examples = [
        ComponentExample("table", Bilingual("표", "Table")) { context in
            func row(_ name: String, _ count: Int, _ sum: Won) -> [HTML] {
                [HTML(text: name), "\(count.grouped)", money(sum, in: context)]
            }
            return table(
                DataTable(
                    caption: context.text("기관별 발주계획", "Plans by agency"),
                    columns: [
                        Column(context.text("기관", "Agency"), isRowHeader: true),
                        Column(
                            context.text("건수", "Projects"),
                            isNumeric: true,
                            sortLink: Link("/example", query: [("sort", "count")])
                        ),
                        Column(
                            context.text("사업비", "Budget"),
                            isNumeric: true,
                            sortLink: Link("/example", query: [("sort", "-sum")]),
                            sortOrder: .descending
                        ),
                    ],
                    rows: [
                        row(context.text("서울시", "City"), 422, .eok(2151)),
                        row(context.text("자치구", "Districts"), 857, .eok(1113)),
                        row(context.text("투자·출연기관", "Invested bodies"), 152, .eok(439)),
                    ],
                    footer: row(context.text("합계", "Total"), 1431, .eok(3703))
                ),
                in: context
            )
        }
    ]
}
