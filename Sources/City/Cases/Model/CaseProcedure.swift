public import Basics
public import Eligibility
public import Store

/// How an office takes applications for one thing: what it asks, how it decides, how long it keeps them.
public struct CaseProcedure: Sendable, Hashable, Codable {
    /// The longest prefix of receipt numbers, in characters.
    public static let maximumPrefixCharacterCount = 8

    /// The name of the programme, or a name of the service's own.
    public var id: String
    /// The programme of the rules whose verdict counts; nothing where the rules know none.
    public var programme: String?
    /// What is applied for.
    public var title: Bilingual
    /// What it is, in a sentence.
    public var summary: Bilingual
    /// The letters in its receipt numbers: `PC` in `2026-PC-000123`.
    public var receiptPrefix: String
    /// The organization whose officers decide.
    public var organizationID: String
    /// What is asked beyond the facts of the programme.
    public var questions: [CaseQuestion]
    /// The documents asked for beyond those of the programme.
    public var documents: [CaseDocumentRequirement]
    /// How those who get it are chosen.
    public var selection: Selection.Method
    /// Whether something is granted first, and claimed with receipts afterwards.
    public var isTwoPhase: Bool
    /// The working days the office has (처리기한).
    public var dueDays: Int
    /// Whether the decision takes a second person.
    public var needsFourEyes: Bool
    /// How long a decided case is kept, in years.
    public var retentionYears: Int
    /// What its office worded; nothing where nobody did.
    public var texts: CaseTexts?

    /// Describes a procedure.
    public init(
        id: String,
        programme: String? = nil,
        title: Bilingual,
        summary: Bilingual = Bilingual("", ""),
        receiptPrefix: String,
        organizationID: String,
        questions: [CaseQuestion] = [],
        documents: [CaseDocumentRequirement] = [],
        selection: Selection.Method = .everyone,
        isTwoPhase: Bool = false,
        dueDays: Int = 14,
        needsFourEyes: Bool = false,
        retentionYears: Int = 5
    ) {
        self.id = id
        self.programme = programme
        self.title = title
        self.summary = summary
        self.receiptPrefix = String(receiptPrefix.prefix(Self.maximumPrefixCharacterCount))
        self.organizationID = organizationID
        self.questions = questions
        self.documents = documents
        self.selection = selection
        self.isTwoPhase = isTwoPhase
        self.dueDays = dueDays
        self.needsFourEyes = needsFourEyes
        self.retentionYears = retentionYears
    }

    /// Whether places are given out by a selection, after the review.
    public var isSelected: Bool { [.draw, .points, .lowestIncome].contains(selection) }
}

/// A question that a procedure asks beside the facts of its programme.
public struct CaseQuestion: Sendable, Hashable, Codable {
    /// What an answer looks like.
    public enum Content: Sendable, Hashable, Codable {
        /// A line.
        case line
        /// Several lines.
        case text
        /// A whole number in a range.
        case number(ClosedRange<Int>)
        /// An amount of won.
        case money
        /// A day that has come already.
        case pastDate
        /// A day.
        case date
        /// A telephone number.
        case telephone
        /// The number of a bank account.
        case bankAccount
        /// One of several.
        case choice([Choice])
    }

    /// Something to choose.
    public struct Choice: Sendable, Hashable, Codable {
        /// The stored word.
        public var value: String
        /// What people read.
        public var title: Bilingual

        /// Creates a choice.
        public init(value: String, title: Bilingual) {
            self.value = value
            self.title = title
        }
    }

    /// The longest line, in characters.
    public static let maximumLineCharacterCount = 200
    /// The longest text, in characters.
    public static let maximumTextCharacterCount = 4_000

    /// The name of the answer; it never changes.
    public var name: String
    /// The question.
    public var title: Bilingual
    /// What helps to answer; empty where nothing has to be said.
    public var hint: Bilingual
    /// What an answer looks like.
    public var content: Content
    /// Whether it must be answered.
    public var isRequired: Bool

    /// Creates a question.
    public init(
        _ name: String,
        _ title: Bilingual,
        hint: Bilingual = Bilingual("", ""),
        _ content: Content = .line,
        isRequired: Bool = true
    ) {
        self.name = name
        self.title = title
        self.hint = hint
        self.content = content
        self.isRequired = isRequired
    }
}

/// A document that an application needs.
public struct CaseDocumentRequirement: Sendable, Hashable, Codable {
    /// The name under which files are kept.
    public var name: String
    /// What it is called.
    public var title: Bilingual
    /// What it has to show; nothing where nobody said.
    public var hint: Bilingual?
    /// Where and how people get it; nothing where nobody said.
    public var source: Bilingual?
    /// Whether the application is complete without it.
    public var isRequired: Bool
    /// Whether the office may look it up with consent (행정정보공동이용).
    public var canBeLookedUp: Bool
    /// How old it may be at most, in days.
    public var maximumAgeDays: Int?
    /// Whether it belongs to the claim after the decision, not to the application.
    public var isForClaim: Bool

    /// Describes a document.
    public init(
        _ name: String,
        _ title: Bilingual,
        hint: Bilingual? = nil,
        source: Bilingual? = nil,
        isRequired: Bool = true,
        canBeLookedUp: Bool = false,
        maximumAgeDays: Int? = nil,
        isForClaim: Bool = false
    ) {
        self.name = name
        self.title = title
        self.hint = hint
        self.source = source
        self.isRequired = isRequired
        self.canBeLookedUp = canBeLookedUp
        self.maximumAgeDays = maximumAgeDays
        self.isForClaim = isForClaim
    }
}

/// A time in which applications of a procedure are taken, with its own number of places.
public struct CaseRound: Sendable, Hashable, Codable {
    /// Where a round is.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Applications are taken between its days.
        case running
        /// No more are taken; they are reviewed.
        case closed
        /// The places are given out.
        case selected
    }

    /// The identifier.
    public var id: String
    /// The procedure.
    public var procedureID: String
    /// What it is called: `2026년 하반기`.
    public var title: JSONColumn<Bilingual>
    /// The first day on which applications are taken.
    public var opens: LocalDate
    /// The last day.
    public var closes: LocalDate
    /// How many places there are; nothing where there is no limit.
    public var places: Int?
    /// Where it is.
    public var state: State

    /// Creates a round.
    public init(
        id: String,
        procedureID: String,
        title: Bilingual,
        opens: LocalDate,
        closes: LocalDate,
        places: Int? = nil,
        state: State = .running
    ) {
        self.id = id
        self.procedureID = procedureID
        self.title = JSONColumn(title)
        self.opens = opens
        self.closes = closes
        self.places = places
        self.state = state
    }

    /// Whether applications are taken on a day.
    public func isOpen(on day: LocalDate) -> Bool {
        state == .running && opens <= day && day <= closes
    }
}
