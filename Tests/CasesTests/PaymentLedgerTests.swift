import Basics
import Testing

@testable import Cases

private func entry(
    _ kind: PaymentEntry.Kind,
    _ amount: Int64,
    concerns: Int? = nil,
    by actor: String = "a",
    reason: String = ""
) -> PaymentEntry {
    PaymentEntry(
        caseID: "c",
        kind: kind,
        amount: Won(amount),
        concerns: concerns,
        reason: reason,
        day: LocalDate(daysSinceEpoch: 20_000),
        actorID: actor,
        actorName: actor,
        at: Instant(millisecondsSinceEpoch: 0)
    )
}

@Suite struct `The ledger of payments` {
    @Test func `pays only what was granted, asked for and ordered by another person`() throws {
        var ledger = PaymentLedger()
        #expect(throws: PaymentError.self) { try ledger.append(entry(.requested, 1)) }
        try ledger.append(entry(.decided, 400_000))
        try ledger.append(entry(.requested, 400_000, by: "officer"))
        #expect(throws: PaymentError.self) { try ledger.append(entry(.paid, 400_000)) }
        let own = #expect(throws: PaymentError.self) {
            try ledger.append(entry(.ordered, 400_000, concerns: 2, by: "officer"))
        }
        #expect(own?.code == .sameHand)
        try ledger.append(entry(.ordered, 400_000, concerns: 2, by: "approver"))
        #expect(ledger.openRequests.isEmpty)
        try ledger.append(entry(.paid, 400_000))
        #expect(throws: PaymentError.self) { try ledger.append(entry(.paid, 1)) }
        #expect(ledger.balance.received == Won(400_000))
    }

    @Test func `takes a line back once, whole, with a reason, and never while others rest on it`()
        throws
    {
        var ledger = PaymentLedger()
        try ledger.append(entry(.decided, 100))
        try ledger.append(entry(.requested, 60, by: "officer"))
        try ledger.append(entry(.requested, 40, by: "officer"))
        try ledger.append(entry(.ordered, 60, concerns: 2, by: "approver"))
        let wrong = [
            entry(.correction, 100, concerns: 1, reason: "r"), entry(.correction, 59, concerns: 4),
            entry(.correction, 60, concerns: 4), entry(.correction, 60, concerns: 2, reason: "r"),
            entry(.correction, 60, concerns: 9, reason: "r"),
        ]
        for line in wrong {
            #expect(throws: PaymentError.self) { try ledger.append(line) }
        }
        try ledger.append(entry(.correction, 60, concerns: 4, reason: "계좌가 틀림"))
        #expect(ledger.openRequests.map(\.number) == [2, 3])
        #expect(throws: PaymentError.self) {
            try ledger.append(entry(.correction, 60, concerns: 4, reason: "또"))
        }
        try ledger.append(entry(.ordered, 60, concerns: 2, by: "approver"))
        #expect(ledger.balance.ordered == Won(60))
    }

    @Test func `recovers no more than was received, and is done when it is recovered or waived`()
        throws
    {
        var ledger = PaymentLedger()
        try ledger.append(entry(.decided, 100))
        try ledger.append(entry(.requested, 100, by: "officer"))
        try ledger.append(entry(.ordered, 100, concerns: 2, by: "approver"))
        try ledger.append(entry(.paid, 100))
        #expect(throws: PaymentError.self) { try ledger.append(entry(.recoveryOrdered, 101)) }
        try ledger.append(entry(.recoveryOrdered, 70))
        try ledger.append(entry(.recovered, 50))
        #expect(ledger.balance.owed == Won(20))
        #expect(throws: PaymentError.self) { try ledger.append(entry(.waived, 21)) }
        try ledger.append(entry(.waived, 20))
        #expect(ledger.balance.owed == .zero)
        #expect(ledger.balance.received == Won(50))
    }

    @Test(arguments: 0..<40) func `sums to the same however it is read, and never loses a line`(
        seed: Int
    ) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var ledger = PaymentLedger()
        var lines: [PaymentEntry] = []
        for _ in 0..<120 {
            let kind = PaymentEntry.Kind.allCases.randomElement(using: &random) ?? .paid
            let target = lines.randomElement(using: &random)
            let takes = kind == .ordered || kind == .correction
            let line = entry(
                kind,
                takes ? target?.amount.amount ?? 1 : Int64.random(in: -5...200, using: &random),
                concerns: takes ? target?.number : nil,
                by: Bool.random(using: &random) ? "a" : "b",
                reason: "r"
            )
            let before = ledger
            do {
                lines.append(try ledger.append(line))
            } catch is PaymentError {
                #expect(ledger == before)
            }
            #expect(ledger.entries == lines)
            #expect(ledger.balance.fault == nil)
        }
        #expect(ledger.entries.map(\.number) == Array(1..<(lines.count + 1)))
        #expect(try PaymentLedger(lines) == ledger)
        // What stands, summed line by line, is the oracle of the balance.
        func standing(_ kind: PaymentEntry.Kind) -> Int64 {
            lines.filter { $0.kind == kind && !ledger.isCorrected($0.number) }
                .reduce(0) { $0 + $1.amount.amount }
        }
        #expect(ledger.balance.decided.amount == standing(.decided))
        #expect(ledger.balance.ordered.amount == standing(.ordered))
        #expect(ledger.balance.requested.amount == standing(.requested) - standing(.ordered))
        #expect(
            ledger.balance.received.amount
                == standing(.paid) - standing(.returned) - standing(.recovered)
        )
    }
}

@Suite struct `A settlement file` {
    @Test func `is tried row by row, and tells which rows match nothing`() throws {
        let csv = """
            접수번호,승인번호,이용일,금액,가맹점
            2026-PT-000001,A1,2026-11-20,30000,표본약국
            2026-PT-000001,A2,2026-11-21,"80,000",표본병원
            2026-PT-000001,A1,2026-11-21,1000,표본약국
            2026-PT-999999,A3,2026-11-21,1000,표본약국
            2026-PT-000001,A4,2026-11-22,-10000,표본약국
            2026-PT-000001,A5,언젠가,1000,표본약국
            ,A6,2026-11-22,1000,표본약국
            """
        let file = try SettlementFile(Array(csv.utf8), fileName: "정산.csv")
        var ledger = PaymentLedger()
        try ledger.append(entry(.decided, 100_000))
        try ledger.append(entry(.requested, 100_000, by: "officer"))
        try ledger.append(entry(.ordered, 100_000, concerns: 2, by: "approver"))
        let review = SettlementReview(
            file,
            cases: ["2026-PT-000001": "c"],
            ledgers: ["c": ledger],
            taken: [],
            officer: ("o", "담당"),
            at: Instant(millisecondsSinceEpoch: 0)
        )
        #expect(review.entries.map(\.row) == [2, 6])
        #expect(review.entries.map(\.entry.kind) == [.paid, .returned])
        #expect(review.total == Won(20_000))
        #expect(review.faults.map(\.row) == [3, 4, 5, 7, 8])
    }

    @Test func `that is another table is refused`() {
        #expect(throws: SettlementRefusal.self) {
            try SettlementFile(Array("이름,나이\n가,1\n".utf8), fileName: "x.csv")
        }
    }
}
