public import Basics
import Store

/// The ledger of a case: its lines, what they sum to, and which line may follow.
///
/// A line is never changed and never taken out. What was wrong is taken back by a line of its own, and
/// only where the books still close without it.
public struct PaymentLedger: Sendable, Hashable {
    /// The lines, in the order they were written.
    public private(set) var entries: [PaymentEntry] = []
    /// What they sum to.
    public private(set) var balance = PaymentBalance()

    /// An empty ledger.
    public init() {}

    /// Reads a ledger that was kept.
    ///
    /// - Throws: `PaymentError` where a line cannot follow those before it.
    public init(_ entries: [PaymentEntry]) throws {
        for entry in entries { try append(entry) }
    }

    /// The requests that nobody ordered or took back yet.
    public var openRequests: [PaymentEntry] {
        entries.filter { $0.kind == .requested && !isSettled($0.number) }
    }

    /// Whether another line takes a line back.
    public func isCorrected(_ number: Int) -> Bool {
        entries.contains { $0.kind == .correction && $0.concerns == number }
    }

    /// Writes the next line.
    ///
    /// - Returns: The line with its number.
    /// - Throws: `PaymentError` where it cannot follow.
    @discardableResult
    public mutating func append(_ entry: PaymentEntry) throws -> PaymentEntry {
        var entry = entry
        guard entries.count < PaymentEntry.maximumCount else {
            throw PaymentError.tooMany(entry.caseID)
        }
        guard entry.amount > .zero, entry.amount <= PaymentEntry.maximumAmount else {
            throw PaymentError.amount(entry.amount)
        }
        var sums = balance
        switch entry.kind {
        case .ordered:
            let request = try requested(entry)
            guard request.actorID != entry.actorID else { throw PaymentError.sameHand(entry) }
            sums.add(.ordered, entry.amount)
        case .correction: sums.add(try corrected(entry).kind, .zero - entry.amount)
        default: sums.add(entry.kind, entry.amount)
        }
        if let fault = sums.fault { throw PaymentError.impossible(fault, entry) }
        entry.number = entries.count + 1
        entries.append(entry)
        balance = sums
        return entry
    }

    private func line(_ number: Int?) -> PaymentEntry? {
        entries.first { $0.number == number }
    }

    /// Whether a request was ordered, by an order that stands, or taken back.
    private func isSettled(_ number: Int) -> Bool {
        isCorrected(number)
            || entries.contains {
                $0.kind == .ordered && $0.concerns == number && !isCorrected($0.number)
            }
    }

    private func requested(_ entry: PaymentEntry) throws -> PaymentEntry {
        guard let request = line(entry.concerns), request.kind == .requested,
            request.amount == entry.amount, !isSettled(request.number)
        else {
            throw PaymentError.impossible(
                Bilingual("결재할 지급 기안이 없습니다.", "There is no such request to order."),
                entry
            )
        }
        return request
    }

    private func corrected(_ entry: PaymentEntry) throws -> PaymentEntry {
        guard let wrong = line(entry.concerns), wrong.kind != .correction,
            wrong.amount == entry.amount, !isCorrected(wrong.number), !entry.reason.isEmpty
        else {
            throw PaymentError.impossible(
                Bilingual(
                    "정정은 아직 정정하지 않은 한 줄의 금액 전부를, 사유를 적어 되돌립니다.",
                    "A correction takes back the whole of one line, once, with a reason."
                ),
                entry
            )
        }
        guard wrong.kind != .requested || !isSettled(wrong.number) else {
            throw PaymentError.impossible(
                Bilingual(
                    "이미 결재된 기안입니다. 지급 명령을 먼저 정정해 주세요.",
                    "The request was ordered; take back the order first."
                ),
                entry
            )
        }
        return wrong
    }
}

/// A line that the ledger cannot take.
public struct PaymentError: ExplainedError, Hashable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, Hashable {
        /// The amount is nothing, below it, or too large.
        case badAmount
        /// The books would not close.
        case impossible
        /// Who asked for a payment cannot order it.
        case sameHand
        /// The number of the bank or card company is in another line.
        case referenceTaken
        /// The case has as many lines as it may have.
        case tooMany
    }

    /// The kind.
    public let code: Code
    /// What is wrong and what to do.
    public let message: Bilingual
    /// For the log.
    public let context: String

    static func amount(_ amount: Won) -> PaymentError {
        PaymentError(
            code: .badAmount,
            message: Bilingual(
                "금액은 1원부터 \(PaymentEntry.maximumAmount.text(.korean))까지 적습니다.",
                "An amount is between KRW 1 and \(PaymentEntry.maximumAmount.text(.english))."
            ),
            context: "\(amount.amount)"
        )
    }

    static func impossible(_ message: Bilingual, _ entry: PaymentEntry) -> PaymentError {
        PaymentError(
            code: .impossible,
            message: message,
            context: "\(entry.caseID) \(entry.kind.rawValue) \(entry.amount.amount)"
        )
    }

    static func sameHand(_ entry: PaymentEntry) -> PaymentError {
        PaymentError(
            code: .sameHand,
            message: Bilingual(
                "지급을 기안한 사람은 결재할 수 없습니다. 다른 결재자가 결재해 주세요.",
                "Who requested a payment cannot order it; another approver has to."
            ),
            context: entry.caseID
        )
    }

    static func referenceTaken(_ reference: String) -> PaymentError {
        PaymentError(
            code: .referenceTaken,
            message: Bilingual(
                "이미 반영한 승인번호입니다: \(reference)",
                "The reference \(reference) was taken in already."
            ),
            context: reference
        )
    }

    static func tooMany(_ caseID: String) -> PaymentError {
        PaymentError(
            code: .tooMany,
            message: Bilingual(
                "한 신청의 지급 내역은 \(PaymentEntry.maximumCount.grouped)줄까지입니다.",
                "A case has at most \(PaymentEntry.maximumCount.grouped) lines."
            ),
            context: caseID
        )
    }
}
