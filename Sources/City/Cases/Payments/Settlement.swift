import Basics
import Store
import Tabular
import Web

/// A settlement file of a card company, brought and looked over, taken in or not.
struct SettlementUpload: Codable, Sendable, Hashable {
    var id: String
    var accountID: String
    var fileName: String
    /// The blob that holds it.
    var digest: String
    var createdAt: Instant
    /// How many lines were taken in from it, once they were.
    var takenCount: Int?

    var link: Link { .path("desk", "payments", "settlements", id) }

    static func find(_ id: String, in db: ReadTransaction) throws -> SettlementUpload? {
        try db.first("SELECT * FROM case_settlement WHERE id = \(id)", as: SettlementUpload.self)
    }

    func save(in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_settlement (id, account_id, file_name, digest, created_at, taken_count)
            VALUES (\(id), \(accountID), \(fileName), \(digest), \(createdAt), \(takenCount))
            ON CONFLICT (id) DO UPDATE SET taken_count = excluded.taken_count
            """
        )
    }
}

/// The rows of a settlement file: what was spent or given back with vouchers.
struct SettlementFile: Sendable, Hashable {
    /// The largest file, in bytes.
    static let maximumByteCount = 8 << 20
    /// The most rows of one file.
    static let maximumRowCount = 20_000

    /// A row; an amount below nothing is a purchase that was cancelled.
    struct Row: Sendable, Hashable {
        var number: Int
        var receipt: String
        var reference: String
        var day: LocalDate
        var amount: Won
        var shop: String
    }

    /// Something wrong with a row.
    struct Fault: Sendable, Hashable {
        var row: Int
        var message: Bilingual
    }

    /// The rows that can be read.
    private(set) var rows: [Row] = []
    /// What is wrong with the others.
    private(set) var faults: [Fault] = []

    private static let finder = HeaderFinder([
        "receipt": ["접수번호", "신청번호"], "reference": ["승인번호", "거래번호"],
        "day": ["이용일", "승인일", "거래일"], "amount": ["금액", "이용금액", "승인금액"],
        "shop": ["가맹점", "가맹점명"],
    ])

    /// Reads a file in CSV or XLSX.
    ///
    /// - Throws: An explained error where it is no such table or has too many rows.
    init(_ bytes: [UInt8], fileName: String) throws {
        var reader = try TabularReader.open(bytes, fileName: fileName)
        let head = try reader.rows(upTo: HeaderFinder.maximumRowCount)
        let needed = Set(["receipt", "reference", "day", "amount"])
        guard let header = Self.finder.find(in: head), needed.isSubset(of: header.columns.keys)
        else { throw SettlementRefusal.noTable }
        var count = 0
        func take(_ row: TabularRow) throws {
            guard !row.isBlank else { return }
            count += 1
            guard count <= Self.maximumRowCount else { throw SettlementRefusal.tooManyRows }
            read(row, header.columns)
        }
        for row in head.dropFirst(header.rowsBeforeData) { try take(row) }
        var row = TabularRow()
        while try reader.next(&row) { try take(row) }
    }

    private mutating func read(_ row: TabularRow, _ columns: [String: Int]) {
        func text(_ name: String) -> String {
            columns[name].map { row[$0].text.trimmingWhitespace() } ?? ""
        }
        let reference = text("reference")
        guard !reference.isEmpty, !text("receipt").isEmpty else {
            faults.append(
                Fault(
                    row: row.number,
                    message: Bilingual(
                        "접수번호나 승인번호가 없습니다.",
                        "The receipt or the reference is missing."
                    )
                )
            )
            return
        }
        let cell = columns["day"].map { row[$0] }
        guard let day = cell?.date ?? LocalDate(tabularText: text("day")) else {
            faults.append(
                Fault(row: row.number, message: Bilingual("날짜를 읽지 못했습니다.", "No day."))
            )
            return
        }
        guard let amount = try? MoneyText.won(text("amount")), amount != .zero else {
            faults.append(
                Fault(row: row.number, message: Bilingual("금액을 읽지 못했습니다.", "No amount."))
            )
            return
        }
        rows.append(
            Row(
                number: row.number,
                receipt: text("receipt"),
                reference: String(reference.prefix(PaymentEntry.maximumTextCharacterCount)),
                day: day,
                amount: amount,
                shop: String(text("shop").prefix(PaymentEntry.maximumTextCharacterCount))
            )
        )
    }
}

/// What taking in a settlement file would write, and the rows that match nothing.
struct SettlementReview: Sendable {
    /// The lines to be written, with the row each came from.
    private(set) var entries: [(row: Int, receipt: String, entry: PaymentEntry)] = []
    /// The rows that cannot be taken in, in the order of the file.
    private(set) var faults: [SettlementFile.Fault]

    /// What was paid less what came back.
    var total: Won {
        entries.reduce(.zero) {
            $1.entry.kind == .paid ? $0 + $1.entry.amount : $0 - $1.entry.amount
        }
    }

    /// Tries every row on the ledgers as they would be after the rows before it.
    ///
    /// - Parameters:
    ///   - file: The rows.
    ///   - cases: The cases by receipt number that the officer may pay for.
    ///   - ledgers: Their ledgers by case.
    ///   - taken: The references that lines have already.
    ///   - officer: Who takes it in.
    ///   - now: When.
    init(
        _ file: SettlementFile,
        cases: [String: String],
        ledgers: [String: PaymentLedger],
        taken: Set<String>,
        officer: (id: String, name: String),
        at now: Instant
    ) {
        faults = file.faults
        var ledgers = ledgers
        var taken = taken
        for row in file.rows {
            do {
                guard let caseID = cases[row.receipt] else {
                    throw SettlementRefusal.unknownReceipt(row.receipt)
                }
                guard taken.insert(row.reference).inserted else {
                    throw PaymentError.referenceTaken(row.reference)
                }
                let entry = PaymentEntry(
                    caseID: caseID,
                    kind: row.amount > .zero ? .paid : .returned,
                    amount: Won(abs(row.amount.amount)),
                    reference: row.reference,
                    reason: row.shop,
                    day: row.day,
                    actorID: officer.id,
                    actorName: officer.name,
                    at: now
                )
                try ledgers[caseID, default: PaymentLedger()].append(entry)
                entries.append((row.number, row.receipt, entry))
            } catch let error as any ExplainedError {
                faults.append(SettlementFile.Fault(row: row.number, message: error.message))
            } catch {
                faults.append(
                    SettlementFile.Fault(
                        row: row.number,
                        message: Bilingual("반영할 수 없습니다.", "It cannot be taken in.")
                    )
                )
            }
        }
        faults.sort { $0.row < $1.row }
    }
}

/// A file or a row that is no settlement.
struct SettlementRefusal: ExplainedError, Hashable {
    /// What is wrong and what to do.
    let message: Bilingual
    /// For the log.
    var context: String { message.english }

    static let noTable = SettlementRefusal(
        message: Bilingual(
            "‘접수번호’, ‘승인번호’, ‘이용일’, ‘금액’ 열이 있는 표가 아닙니다.",
            "The table needs the columns 접수번호, 승인번호, 이용일 and 금액."
        )
    )
    static let tooManyRows = SettlementRefusal(
        message: Bilingual(
            "한 번에 \(SettlementFile.maximumRowCount.grouped)줄까지 받습니다. 나누어 올려 주세요.",
            "At most \(SettlementFile.maximumRowCount.grouped) rows at once. Divide the file."
        )
    )

    static func unknownReceipt(_ receipt: String) -> SettlementRefusal {
        SettlementRefusal(
            message: Bilingual(
                "담당하는 신청 가운데 이 접수번호가 없습니다: \(receipt)",
                "No case of yours has the receipt \(receipt)."
            )
        )
    }
}
