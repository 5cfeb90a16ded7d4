import Basics
import Store

/// A person's talk with the assistant.
struct Conversation: Codable, Sendable, Hashable {
    /// Conversations listed on the start page.
    static let listedCount = 20
    /// The longest title, in characters.
    static let maximumTitleLength = 80

    var id: String
    /// Whose talk it is.
    var accountID: String
    /// The first question, personal data masked.
    var title: String
    var startedAt: Instant
    var updatedAt: Instant
    /// The bot it is with; nothing where it is with the assistant itself.
    var botID: String?
    /// The organization of the person, whose keepers read how often their documents answer.
    var organizationID = ""
}

/// One message of a talk.
struct Message: Codable, Sendable, Hashable {
    /// Who wrote it.
    enum Author: String, Codable, Sendable {
        /// The person who asks.
        case person
        /// The assistant.
        case assistant
        /// A colleague who answered what was handed over.
        case colleague
    }

    var id: String
    var conversationID: String
    /// The place in the talk, from 1.
    var number: Int
    var author: Author
    /// The text, personal data masked; the whole answer of the assistant stands in `answer`.
    var text: String
    var answer: JSONColumn<Answer>?
    var createdAt: Instant
    /// Whether the person found it helpful; nothing where they did not say.
    var isHelpful: Bool?
}

/// What the assistant answered: quotations, a question back, or that it does not know.
struct Answer: Codable, Sendable, Hashable {
    /// What kind of answer it is.
    enum Kind: String, Codable, Sendable {
        /// Quoted from documents.
        case quoted
        /// Two meanings compete: the person is asked which.
        case unclear
        /// No document answers it.
        case unknown
    }

    /// A passage's sentences, with all that is needed to follow them to their source.
    struct Quotation: Codable, Sendable, Hashable {
        var documentID: String
        var passageID: Int64
        var documentTitle: String
        /// Where in the document: `제7조의2`, a heading.
        var locator: String
        /// The sentences, word for word.
        var sentences: [String]
        var effectiveFrom: LocalDate?
        var attachments: [KnowledgeDocument.Attachment]
    }

    /// A sentence that a language model wrote, and the quotation that supports it.
    struct DraftedSentence: Codable, Sendable, Hashable {
        var text: String
        /// The place among the quotations, from 0.
        var quotation: Int
    }

    /// Why an answer that could have a draft has none.
    enum DraftFault: String, Codable, Sendable {
        /// The language model did not answer as it should.
        case unreachable
        /// A sentence of the draft was not supported by a quotation.
        case unsupported
    }

    var kind: Kind
    var quotations: [Quotation]
    /// What to ask instead, where the question was unclear.
    var choices: [String] = []
    /// Words that were searched for words of the question: "초근 → 시간외근무".
    var alternatives: [String] = []
    /// Whom to ask: the department that keeps the first document quoted.
    var contact: String = ""
    /// How likely it is that the quotations answer, 0 to 1.
    var confidence: Double = 0
    /// What a language model wrote, every sentence supported by a quotation; nothing where none did.
    var drafted: [DraftedSentence]?
    /// Why there is no draft, where one was asked for.
    var draftFault: DraftFault?
}

extension Answer.DraftFault {
    /// What the person is told.
    var message: Bilingual {
        switch self {
        case .unreachable:
            Bilingual(
                "초안 작성 서비스에 연결하지 못해 문서의 글만 보여 드립니다.",
                "The drafting service could not be reached; here is what the documents say."
            )
        case .unsupported:
            Bilingual(
                "초안에 문서로 확인되지 않는 문장이 있어 문서의 글만 보여 드립니다.",
                "The draft had a sentence no document supports; here is what the documents say."
            )
        }
    }
}

/// A question that went to a person.
struct HandOver: Codable, Sendable, Hashable {
    /// How far it is.
    enum State: String, Codable, Sendable, CaseIterable {
        case waiting, answered
    }

    /// Working days within which a colleague answers.
    static let dueWorkingDays = 1

    var id: String
    var conversationID: String
    /// The message of the person that is handed over.
    var messageID: String
    var accountID: String
    /// The organization whose agents answer: the person's, or the bot's.
    var organizationID: String
    /// The bot that handed it over.
    var botID: String?
    /// The department whose queue it stands in; empty where it is anybody's.
    var department = ""
    /// Who took it upon themself.
    var assignedTo: String?
    var question: String
    var state: State
    var createdAt: Instant
    var dueAt: Instant
    var answeredBy: String?
    var answeredAt: Instant?
    /// The reply, once there is one.
    var reply: String?
    /// The questions and answers it was turned into, once it was.
    var documentID: String?

    /// Whether it should have been answered by now.
    func isLate(at now: Instant) -> Bool { state == .waiting && dueAt < now }

    /// When an answer is due: the end (18:00) of the next working day.
    static func due(from now: Instant) -> Instant {
        var day = LocalDate(daysSinceEpoch: now.date.daysSinceEpoch + dueWorkingDays)
        while day.weekday > 5 {
            day = LocalDate(daysSinceEpoch: day.daysSinceEpoch + 1)
        }
        return Instant(day, hour: 18)
    }
}

/// What a colleague did with a question that was handed over.
struct HandOverStep: Codable, Sendable, Hashable {
    /// The kinds of steps.
    enum Kind: String, Codable, Sendable {
        /// Took it upon themself.
        case taken
        /// Gave it back to the queue.
        case released
        /// Passed it on to the department it belongs to.
        case passedOn
        /// Answered it.
        case answered
    }

    /// The most steps of one question; one that is passed on more often is answered here.
    static let maximumCount = 50
    /// The longest note, in characters.
    static let maximumNoteLength = 300

    var handOverID: String
    var kind: Kind
    var madeBy: String
    var madeAt: Instant
    /// The department it was passed on to.
    var department = ""
    /// Why, in the colleague's words.
    var note = ""
}
