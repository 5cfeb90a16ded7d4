import Basics
import City
import Tabular
import Store
import Web

/// What a source says of one lift, before it is known which lift it means.
struct LiftOutage: Sendable, Hashable, Codable {
    /// The name of the lift on the map, or its identifier.
    var lift: String
    var isWorking: Bool
    var returnsOn: LocalDate?
    var note: String?
}

/// A file of lift outages: CSV or XLSX with the columns of the form.
struct OutageFile: Sendable {
    /// The largest file, in bytes.
    static let maximumByteCount = 2 << 20
    /// The most rows of one file, and of one request of a feed.
    static let maximumRowCount = 5_000

    private static let titles: [String: [String]] = [
        "lift": ["승강기", "엘리베이터", "lift", "name"], "status": ["상태", "status"],
        "returnsOn": ["복구예정일", "복구 예정일", "returnsOn"], "note": ["사유", "비고", "note"],
    ]
    private static let words: [String: Bool] = [
        "고장": false, "운행중지": false, "운행 중지": false, "점검": false, "out": false,
        "outOfService": false, "운행": true, "운행중": true, "운행 중": true, "정상": true, "in": true,
        "inService": true,
    ]

    private(set) var outages: [LiftOutage] = []

    /// Reads a file.
    ///
    /// - Throws: An explained error where it is no table of lifts or a row cannot be read.
    init(_ bytes: [UInt8], fileName: String) throws {
        var reader = try TabularReader.open(bytes, fileName: fileName)
        let head = try reader.rows(upTo: HeaderFinder.maximumRowCount)
        guard let header = HeaderFinder(Self.titles).find(in: head),
            header.columns["lift"] != nil, header.columns["status"] != nil
        else {
            throw WayfindingError(
                .badInput,
                "‘승강기’와 ‘상태’ 열이 있는 표가 아닙니다.",
                "The table has no columns 승강기 (lift) and 상태 (status)."
            )
        }
        for row in head.dropFirst(header.rowsBeforeData) { try take(row, header.columns) }
        var row = TabularRow()
        while try reader.next(&row) { try take(row, header.columns) }
    }

    private mutating func take(_ row: TabularRow, _ columns: [String: Int]) throws {
        guard !row.isBlank else { return }
        guard outages.count < Self.maximumRowCount else {
            throw WayfindingError(
                .badInput,
                "한 번에 \(Self.maximumRowCount.grouped)줄까지 받습니다.",
                "At most \(Self.maximumRowCount.grouped) rows at once."
            )
        }
        func value(_ name: String) -> String {
            columns[name].map { row[$0].text.trimmingWhitespace() } ?? ""
        }
        guard let isWorking = Self.words[value("status")] else {
            throw WayfindingError(
                .badInput,
                "\(row.number)줄: 상태는 ‘고장’이나 ‘운행’으로 적습니다.",
                "Row \(row.number): the status is “out” or “in”."
            )
        }
        let day = value("returnsOn")
        let returnsOn = LocalDate(iso: day)
        guard day.isEmpty || returnsOn != nil else {
            throw WayfindingError(
                .badInput,
                "\(row.number)줄: 복구예정일은 2026-12-01처럼 적습니다.",
                "Row \(row.number): write the day as 2026-12-01."
            )
        }
        outages.append(
            LiftOutage(
                lift: value("lift"),
                isWorking: isWorking,
                returnsOn: returnsOn,
                note: value("note")
            )
        )
    }
}

extension WayDesk {
    /// Writes what a source says of many lifts; names that no lift bears are counted, not guessed.
    func take(
        _ outages: [LiftOutage],
        from source: String,
        by keeping: WayKeeping
    ) async throws -> OutageReceipt {
        let lifts = barriers.lifts
        return try await write { tx in
            var receipt = OutageReceipt(takenCount: 0, unknownLifts: [])
            for outage in outages {
                guard let lift = lifts[outage.lift] ?? lifts.named(outage.lift) else {
                    receipt.unknownLifts.append(outage.lift)
                    continue
                }
                try keeping.set(
                    LiftStatus(
                        liftID: lift.id,
                        source: source,
                        isWorking: outage.isWorking,
                        returnsOn: outage.returnsOn,
                        note: String(
                            (outage.note ?? "").prefix(LiftStatus.maximumNoteCharacterCount)
                        ),
                        at: tx.now,
                        isSample: false
                    ),
                    of: lift,
                    in: tx
                )
                receipt.takenCount += 1
            }
            return receipt
        }
    }
}

/// What an import of outages came to.
struct OutageReceipt: Sendable, Hashable, Codable {
    var takenCount: Int
    /// Names that no lift of the map bears, or several.
    var unknownLifts: [String]

    /// The receipt in words.
    var text: Bilingual {
        let unknown = unknownLifts.prefix(5).joined(separator: ", ")
        guard !unknownLifts.isEmpty else {
            return Bilingual("승강기 \(takenCount)대를 반영했습니다.", "\(takenCount) lifts set.")
        }
        return Bilingual(
            "승강기 \(takenCount)대를 반영했습니다. 지도에 없는 승강기 \(unknownLifts.count)대: \(unknown)",
            "\(takenCount) lifts set; \(unknownLifts.count) are not on the map: \(unknown)"
        )
    }
}
