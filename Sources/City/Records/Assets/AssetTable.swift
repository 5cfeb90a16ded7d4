import Basics
import Store
import Tabular

/// The assets as a table, as it is taken away and brought in: the same columns both ways.
struct AssetTable: Sendable {
    /// A column: the name of the value it holds, and its title.
    struct Column: Sendable, Hashable {
        var name: String
        var title: String
        var width: Int
    }

    /// The columns that every kind has.
    static let common: [Column] = [
        Column(name: "number", title: "관리번호", width: 16),
        Column(name: "kind", title: "종류", width: 12),
        Column(name: "name", title: "이름", width: 28),
        Column(name: "maker", title: "제조사", width: 16),
        Column(name: "model", title: "모델", width: 20),
        Column(name: "serial", title: "일련번호", width: 20),
        Column(name: "organization", title: "기관", width: 16),
        Column(name: "place", title: "장소", width: 20),
        Column(name: "spot", title: "설치한 곳", width: 24),
        Column(name: "state", title: "상태", width: 12),
        Column(name: "acquiredOn", title: "취득일", width: 12),
        Column(name: "price", title: "취득가격(원)", width: 16),
        Column(name: "note", title: "비고", width: 40),
    ]

    let kinds: [AssetKindDescription]
    let organizations: [Organization]
    let places: [Place]

    /// The columns of these kinds; a field that two kinds share by its title is one column.
    var columns: [Column] {
        var seen: Set<String> = []
        let facts = kinds.flatMap(\.fields).filter { seen.insert($0.title.korean).inserted }
        return Self.common
            + facts.map { Column(name: "fact.\($0.name)", title: $0.title.korean, width: 14) }
    }

    /// A row of the table.
    func cells(_ asset: Asset) -> [Cell] {
        let kind = kinds.first { $0.kind == asset.kind }
        return columns.map { column in
            switch column.name {
            case "number": .text(asset.number)
            case "kind": .text(kind?.title.korean ?? asset.kind.rawValue)
            case "name": .text(asset.name)
            case "maker": .text(asset.maker)
            case "model": .text(asset.model)
            case "serial": .text(asset.serial)
            case "organization":
                .text(organizations.first { $0.id == asset.organizationID }?.name ?? "")
            case "place": .text(places.first { $0.id == asset.placeID }?.name ?? "")
            case "spot": .text(asset.spot)
            case "state": .text(asset.state.title.korean)
            case "acquiredOn": .text(asset.acquiredOn?.iso ?? "")
            case "price": asset.price.map { .won($0) } ?? .text("")
            case "note": .text(asset.note)
            default: .text(fact(column, of: asset, kind))
            }
        }
    }

    private func fact(_ column: Column, of asset: Asset, _ kind: AssetKindDescription?) -> String {
        guard let field = kind?.fields.first(where: { $0.title.korean == column.title }),
            let value = asset.facts.value[field.name]
        else { return "" }
        return field.shown(value).korean
    }

    /// The document of some assets, in CSV or XLSX.
    func document(_ assets: [Asset], format: AssetFormat) throws -> [UInt8] {
        var bytes: [UInt8] = []
        switch format {
        case .csv:
            var options = CSVWriter.Options()
            options.writesByteOrderMark = true
            var writer = CSVWriter(options: options) { bytes += $0 }
            try writer.write(columns.map(\.title))
            for asset in assets { try writer.write(cells(asset)) }
            try writer.finish()
        case .xlsx:
            var writer = XLSXWriter { bytes += $0 }
            try writer.beginSheet(
                "자산",
                columns: columns.map { XLSXColumn($0.title, width: $0.width) }
            )
            for asset in assets { try writer.write(cells(asset)) }
            try writer.finish()
        }
        return bytes
    }
}

/// The forms in which assets can be taken away.
enum AssetFormat: String, CaseIterable, Sendable {
    /// Comma-separated values in UTF-8 with a byte order mark.
    case csv
    /// An Excel workbook.
    case xlsx

    var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}
