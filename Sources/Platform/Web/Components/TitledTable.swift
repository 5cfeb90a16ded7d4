import Basics

/// A part of a page that is one table: the heading is the table's name, so it is written once.
///
/// - Parameters:
///   - title: The heading, and for those who do not see the page the caption.
///   - id: Where a link leads to, or nothing.
///   - columns: The columns.
///   - rows: The rows, each with a cell a column.
///   - emptyText: What stands there where there is no row; nothing where there always is one.
///   - phoneLayout: How it is read on a phone.
///   - context: The request.
///   - lead: What stands above the table in the same part.
///   - more: What follows the table in the same part.
/// - Returns: The part of the page.
public func titledTable(
    _ title: String,
    id: String? = nil,
    columns: [DataTable.Column],
    rows: [[HTML]],
    emptyText: String? = nil,
    phoneLayout: DataTable.PhoneLayout = .cards,
    in context: PageContext,
    lead: HTML = .empty,
    more: HTML = .empty
) -> HTML {
    let content: HTML =
        if rows.isEmpty, let emptyText {
            "<p>\(emptyText)</p>"
        } else {
            table(
                DataTable(
                    caption: title,
                    hidesCaption: true,
                    columns: columns,
                    rows: rows,
                    phoneLayout: phoneLayout
                ),
                in: context
            )
        }
    return section(title, id: id, lead + content + more)
}

enum TitledTable {
    static let examples = [
        ComponentExample("titled-table", Bilingual("제목 있는 표", "Titled table")) { context in
            let columns: [DataTable.Column] = [
                .init(context.text("기기", "Device"), isRowHeader: true),
                .init(context.text("마지막 사용", "Last used")),
            ]
            return titledTable(
                context.text("로그인한 기기", "Where you are signed in"),
                columns: columns,
                rows: [["Firefox", dateText(context.now, in: context)]],
                emptyText: "",
                in: context
            )
                + titledTable(
                    context.text("끝낸 기기", "Sessions ended"),
                    columns: columns,
                    rows: [],
                    emptyText: context.text("없습니다.", "There are none."),
                    in: context
                )
        }
    ]
}
