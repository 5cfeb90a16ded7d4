public import Basics

/// A line of a case's payment ledger; it is written once and stays.
public struct PaymentEntry: Sendable, Hashable, Codable {
    /// What a line says.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// An amount was granted (지급 결정).
        case decided
        /// An officer asks for a payment (지급 기안).
        case requested
        /// A second person ordered it (지급 명령).
        case ordered
        /// It was paid, or spent with a voucher (지급).
        case paid
        /// The recipient, or their bank, sent it back (반납).
        case returned
        /// It has to be paid back (환수 결정).
        case recoveryOrdered
        /// It was paid back (환수).
        case recovered
        /// The city gives up what was to be paid back (결손·면제).
        case waived
        /// Takes back one earlier line (정정).
        case correction

        /// The kind in words.
        public var title: Bilingual {
            switch self {
            case .decided: Bilingual("지급 결정", "Granted")
            case .requested: Bilingual("지급 기안", "Payment requested")
            case .ordered: Bilingual("지급 명령", "Payment ordered")
            case .paid: Bilingual("지급", "Paid")
            case .returned: Bilingual("반납", "Returned")
            case .recoveryOrdered: Bilingual("환수 결정", "Recovery ordered")
            case .recovered: Bilingual("환수", "Recovered")
            case .waived: Bilingual("환수 면제", "Recovery waived")
            case .correction: Bilingual("정정", "Correction")
            }
        }

        /// Whether officers enter it by hand with an amount of their own.
        var isEntered: Bool { self != .ordered && self != .correction }
    }

    /// The largest amount of a line.
    public static let maximumAmount = Won(1_000_000_000)
    /// The most lines of a case.
    public static let maximumCount = 1_000
    /// The longest reason and reference, in characters.
    public static let maximumTextCharacterCount = 500

    /// The case.
    public var caseID: String
    /// The place in the ledger, from 1.
    public var number: Int
    /// What it says.
    public var kind: Kind
    /// The amount, above nothing.
    public var amount: Won
    /// The line it orders or takes back.
    public var concerns: Int?
    /// The number of the bank or the card company; no two lines have the same.
    public var reference: String?
    /// Why.
    public var reason: String
    /// The day on which the money moved or the decision was made.
    public var day: LocalDate
    /// Who wrote it.
    public var actorID: String
    /// Their name at that time.
    public var actorName: String
    /// When it was written.
    public var at: Instant

    /// Describes a line that is about to be written; the ledger gives it its number.
    public init(
        caseID: String,
        kind: Kind,
        amount: Won,
        concerns: Int? = nil,
        reference: String? = nil,
        reason: String = "",
        day: LocalDate,
        actorID: String,
        actorName: String,
        at: Instant
    ) {
        self.caseID = caseID
        number = 0
        self.kind = kind
        self.amount = amount
        self.concerns = concerns
        self.reference = reference
        self.reason = reason
        self.day = day
        self.actorID = actorID
        self.actorName = actorName
        self.at = at
    }
}

/// What a ledger sums to; it follows from the lines and is kept nowhere.
public struct PaymentBalance: Sendable, Hashable {
    /// What was granted.
    public var decided = Won.zero
    /// What officers asked to be paid and nobody ordered yet.
    public var requested = Won.zero
    /// What was ordered.
    public var ordered = Won.zero
    /// What was paid.
    public var paid = Won.zero
    /// What came back by itself.
    public var returned = Won.zero
    /// What has to be paid back.
    public var recoveryOrdered = Won.zero
    /// What was paid back.
    public var recovered = Won.zero
    /// What was given up.
    public var waived = Won.zero

    /// What may still be asked for.
    public var leftToRequest: Won { decided - requested - ordered + returned }
    /// What was ordered and is not paid yet.
    public var leftToPay: Won { ordered - paid }
    /// What the recipient has.
    public var received: Won { paid - returned - recovered }
    /// What the recipient owes.
    public var owed: Won { recoveryOrdered - recovered - waived }

    /// The first sum that cannot be, as a sentence; nothing where the books close.
    var fault: Bilingual? {
        let rules: [(Bool, Bilingual)] = [
            (
                leftToRequest >= .zero,
                Bilingual("지급 결정액을 넘습니다.", "This exceeds what was granted.")
            ),
            (leftToPay >= .zero, Bilingual("지급 명령액을 넘습니다.", "This exceeds what was ordered.")),
            (
                requested >= .zero,
                Bilingual("지급 기안이 없습니다.", "No payment was requested.")
            ),
            (
                received >= .zero,
                Bilingual("받은 금액을 넘습니다.", "This exceeds what the recipient has.")
            ),
            (
                owed >= .zero,
                Bilingual("환수 결정액을 넘습니다.", "This exceeds what is to be paid back.")
            ),
            (
                owed <= received,
                Bilingual(
                    "받은 금액보다 많이 환수할 수 없습니다.",
                    "More cannot be recovered than the recipient has."
                )
            ),
        ]
        return rules.first { !$0.0 }?.1
    }

    /// Adds a line, or takes one back.
    mutating func add(_ kind: PaymentEntry.Kind, _ amount: Won) {
        switch kind {
        case .decided: decided += amount
        case .requested: requested += amount
        case .ordered:
            requested -= amount
            ordered += amount
        case .paid: paid += amount
        case .returned: returned += amount
        case .recoveryOrdered: recoveryOrdered += amount
        case .recovered: recovered += amount
        case .waived: waived += amount
        case .correction: break
        }
    }
}
