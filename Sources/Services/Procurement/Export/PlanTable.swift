import Basics
import Tabular

/// The projects as a table: what CSV and XLSX downloads hold.
///
/// The officer in charge is personal data and is not among the columns. The headers are those the
/// importer reads, so a download can be corrected and uploaded again.
enum PlanTable {
    /// The columns, in order.
    static let columns: [XLSXColumn] = [
        XLSXColumn("관리번호", width: 14), XLSXColumn("계획연도", width: 10),
        XLSXColumn("기관구분", width: 12), XLSXColumn("기관명", width: 20),
        XLSXColumn("담당부서", width: 20), XLSXColumn("사업명", width: 48),
        XLSXColumn("사업유형", width: 16), XLSXColumn("사업비(원)", width: 18, format: .won),
        XLSXColumn("발주시기", width: 16), XLSXColumn("발주연도", width: 10),
        XLSXColumn("신기술", width: 20), XLSXColumn("계약방법", width: 16),
        XLSXColumn("조달방식", width: 12), XLSXColumn("상태", width: 12),
        XLSXColumn("사업내용", width: 60),
    ]

    /// A project's row.
    static func cells(_ project: PlannedProject) -> [Cell] {
        [
            .text(project.key), .integer(Int64(project.planYear)),
            .text(project.agencyKind.label.korean), .text(project.agencyName),
            .text(project.department), .text(project.title), .text(project.type.label.korean),
            .won(project.budget), .text(timing(project.order)),
            .integer(Int64(project.order.year)),
            .text(project.sortedTechnologies.map(\.label.korean).joined(separator: ", ")),
            .text(project.contractMethod?.label.korean ?? ""),
            .text(project.route?.label.korean ?? ""), .text(project.status.label.korean),
            .text(project.description),
        ]
    }

    private static func timing(_ order: OrderTime) -> String {
        guard order.timing != .orderedInPreviousYear, let month = order.month else {
            return order.timing.label.korean
        }
        return "\(month)월"
    }
}
