import Basics
import Tabular
import Web

/// A file of assets, read row by row: what can be taken in, and what is wrong with the rest.
struct AssetImport: Sendable {
    /// The largest file, in bytes.
    static let maximumByteCount = 8 << 20
    /// The most rows of one file.
    static let maximumRowCount = 20_000
    /// The faults that are shown; the rest are counted.
    static let shownFaultCount = 200

    /// Something wrong with a row.
    struct Fault: Sendable, Hashable {
        /// The row of the file, from 1.
        var row: Int
        /// The title of the column; empty where it is the row as a whole.
        var column: String
        var message: Bilingual
    }

    /// The assets that can be taken in, with the row each came from.
    private(set) var assets: [(row: Int, asset: Asset)] = []
    /// What is wrong, in the order of the file.
    private(set) var faults: [Fault] = []
    /// The rows that hold anything.
    private(set) var rowCount = 0

    /// The rows that cannot be taken in.
    var refusedRowCount: Int { rowCount - assets.count }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: CSV or XLSX.
    ///   - fileName: What it is called.
    ///   - table: The kinds, organizations and places its words are looked up in; only organizations
    ///     the person keeps assets of are among them.
    ///   - taken: What is in the store already.
    ///   - now: When, for days that have not come yet.
    ///   - newID: Makes an identifier.
    /// - Throws: An explained error where it is no table, has no known columns, or too many rows.
    init(
        _ bytes: [UInt8],
        fileName: String,
        table: AssetTable,
        taken: AssetTwins,
        at now: Instant,
        newID: () -> String
    ) throws {
        var reader = try TabularReader.open(bytes, fileName: fileName)
        let columns = table.columns
        let finder = HeaderFinder(
            Dictionary(uniqueKeysWithValues: columns.map { ($0.name, [$0.title]) })
        )
        let head = try reader.rows(upTo: HeaderFinder.maximumRowCount)
        guard let header = finder.find(in: head), header.columns["name"] != nil else {
            throw AssetImportRefusal(
                Bilingual(
                    "‘이름’과 ‘종류’ 열이 있는 표가 아닙니다. 내려받은 표의 제목줄을 그대로 써 주세요.",
                    "This table has no column 이름 (name). Keep the header of the downloaded table."
                )
            )
        }
        var seen = taken
        func take(_ row: TabularRow) throws {
            guard !row.isBlank else { return }
            rowCount += 1
            guard rowCount <= Self.maximumRowCount else {
                throw AssetImportRefusal(
                    Bilingual(
                        "한 번에 \(Self.maximumRowCount.grouped)줄까지 받습니다. 나누어 올려 주세요.",
                        "At most \(Self.maximumRowCount.grouped) rows at once. Divide the file."
                    )
                )
            }
            let values = header.columns.mapValues { row[$0].text.trimmingWhitespace() }
            add(values, row: row.number, table: table, at: now, id: newID(), &seen)
        }
        for row in head.dropFirst(header.rowsBeforeData) { try take(row) }
        var row = TabularRow()
        while try reader.next(&row) { try take(row) }
    }

    private mutating func add(
        _ texts: [String: String],
        row: Int,
        table: AssetTable,
        at now: Instant,
        id: String,
        _ seen: inout AssetTwins
    ) {
        var values = texts
        let before = faults.count
        func refuse(_ name: String, _ message: Bilingual) {
            let title = table.columns.first { $0.name == name }?.title ?? ""
            faults.append(Fault(row: row, column: title, message: message))
        }
        let word = texts["kind"] ?? ""
        let kind = table.kinds.first {
            $0.title.korean == word || $0.title.english == word || $0.kind.rawValue == word
        }
        guard let kind else {
            refuse("kind", Bilingual("모르는 종류입니다: \(word)", "An unknown kind: \(word)"))
            return
        }
        if let fault = lookUp("organization", in: table.organizations, \.name, \.id, &values) {
            refuse("organization", fault)
        }
        if values["place"]?.isEmpty == false,
            let fault = lookUp("place", in: table.places, \.name, \.id, &values)
        {
            refuse("place", fault)
        }
        if let word = texts["state"], !word.isEmpty {
            let state = AssetState.allCases.first {
                $0.title.korean == word || $0.title.english == word || $0.rawValue == word
            }
            if let state {
                values["state"] = state.rawValue
            } else {
                refuse("state", AssetFault.notAChoice(AssetState.allCases.map(\.title)).message)
            }
        }
        if let day = texts["acquiredOn"].flatMap({ LocalDate(tabularText: $0) }) {
            values["acquiredOn"] = day.iso
        }
        var reader = AssetReader(values: values, kind: kind)
        let asset = reader.asset(id: id, at: now)
        for (name, message) in reader.errors.sorted(by: { $0.key < $1.key }) {
            refuse(name, message)
        }
        if let fault = seen.fault(of: asset) { refuse("number", fault) }
        if faults.count == before { assets.append((row, asset)) }
    }

    /// Replaces a name by its identifier; answers what is wrong where nothing has the name.
    private func lookUp<Item>(
        _ name: String,
        in items: [Item],
        _ title: KeyPath<Item, String>,
        _ id: KeyPath<Item, String>,
        _ values: inout [String: String]
    ) -> Bilingual? {
        let word = values[name] ?? ""
        if word.isEmpty, items.count == 1 {
            values[name] = items[0][keyPath: id]
            return nil
        }
        let found = items.first { $0[keyPath: title] == word || $0[keyPath: id] == word }
        guard let found else {
            return Bilingual("찾지 못했습니다: \(word)", "Not found: \(word)")
        }
        values[name] = found[keyPath: id]
        return nil
    }
}

/// The numbers and serial numbers that are taken, in the store and further up in a file.
struct AssetTwins: Sendable {
    private var numbers: Set<String> = []
    private var serials: Set<String> = []

    /// What is taken by the assets of an organization and, for serial numbers, by all.
    init(_ rows: [Row]) {
        for row in rows { insert(row) }
    }

    /// What of an asset nobody else may have.
    struct Row: Codable, Sendable {
        var kind: AssetKind
        var organizationID: String
        var number: String
        var serial: String
    }

    /// Adds an asset; answers what is wrong where its number or serial number is taken.
    mutating func fault(of asset: Asset) -> Bilingual? {
        insert(
            Row(
                kind: asset.kind,
                organizationID: asset.organizationID,
                number: asset.number,
                serial: asset.serial
            )
        )
    }

    @discardableResult
    private mutating func insert(_ row: Row) -> Bilingual? {
        if !row.number.isEmpty, !numbers.insert("\(row.organizationID)/\(row.number)").inserted {
            return Bilingual("이미 있는 관리번호입니다.", "The number is taken.")
        }
        if !row.serial.isEmpty, !serials.insert("\(row.kind.rawValue)/\(row.serial)").inserted {
            return Bilingual("이미 있는 일련번호입니다.", "The serial number is taken.")
        }
        return nil
    }
}

/// A file that is no table of assets.
struct AssetImportRefusal: ExplainedError, Hashable {
    /// What is wrong and what to do.
    let message: Bilingual
    /// For the log.
    var context: String { message.english }

    init(_ message: Bilingual) { self.message = message }
}
