import Basics
import Identity
import Store

/// A department's own assistant: a set of documents, a menu and an audience.
///
/// What its keepers work on and what people use are kept apart: a change of a bot in use is seen by
/// nobody before it is reviewed and put in force, as a document is.
struct Bot: Codable, Sendable, Hashable {
    /// The same four states as a document's.
    typealias Status = KnowledgeDocument.Status

    var id: String
    /// The organization that keeps it.
    var organizationID: String
    /// How far `content` has come.
    var status: Status
    /// The bot as its keepers have it now.
    var content: JSONColumn<BotContent>
    /// The bot as people use it; nothing where it was never put in force, or is retired.
    var published: JSONColumn<BotContent>?
    /// Grows with every change, so that two keepers at once do not lose each other's work.
    var version: Int
    var createdBy: String
    var createdAt: Instant
    var updatedBy: String
    var updatedAt: Instant

    /// Whether a person may use it: the one access rule for a bot.
    ///
    /// What it quotes is asked again, document by document: a bot opens nothing.
    func isUsable(by actor: Actor) -> Bool {
        guard let content = published?.value, let account = actor.account, account.kind == .staff
        else { return false }
        if isKept(by: actor) { return true }
        switch content.audience {
        case .staff: return true
        case .organization: return account.organization == organizationID
        case .departments:
            return content.departments.contains { actor.works(in: $0, of: organizationID) }
        }
    }

    /// Whether a person may change it.
    func isKept(by actor: Actor) -> Bool {
        actor.may(.knowledgeKeeper, in: organizationID)
    }

    /// The department that takes what it hands over; empty where it is anybody's.
    var queueDepartment: String { (published ?? content).value.handOverDepartment }

    /// What may be done to it next.
    var next: [Status] {
        published != nil && status != .effective ? status.next + [.expired] : status.next
    }
}

/// What a bot is.
struct BotContent: Codable, Sendable, Hashable {
    /// Whom a bot is for.
    enum Audience: String, Codable, Sendable, CaseIterable {
        /// Every member of staff.
        case staff
        /// The staff of its organization.
        case organization
        /// Those whom the staff directory names in some departments.
        case departments
    }

    /// The longest name, in characters.
    static let maximumNameLength = 40
    /// The longest greeting, in characters.
    static let maximumGreetingLength = 600
    /// The longest contact, in characters.
    static let maximumContactLength = 100
    /// The most departments it is for, and whose documents it quotes.
    static let maximumDepartmentCount = 20

    var name = ""
    var greeting = ""
    var audience = Audience.organization
    /// The departments it is for, where it is for departments.
    var departments: [String] = []
    var scope = BotScope()
    var menu = BotMenu()
    /// Whom to ask: the department and its extension.
    var contact = ""
    /// The department whose queue takes what it hands over.
    var handOverDepartment = ""
}

/// The documents a bot answers from.
struct BotScope: Codable, Sendable, Hashable {
    /// The most documents chosen one by one.
    static let maximumDocumentCount = 500

    /// Whole shelves.
    var shelves: [KnowledgeCategory] = []
    /// The documents that departments of the bot's organization keep.
    var departments: [String] = []
    /// Documents chosen one by one.
    var documents: [String] = []

    /// Whether nothing was chosen.
    var isEmpty: Bool { shelves.isEmpty && departments.isEmpty && documents.isEmpty }

    /// Whether a document is among them; somebody's own document never is.
    func contains(_ document: KnowledgeDocument, of organizationID: String) -> Bool {
        guard document.audience != .owner else { return false }
        return shelves.contains(document.category)
            || documents.contains(document.id)
            || (document.organizationID == organizationID
                && departments.contains(document.department))
    }
}

extension BotContent.Audience {
    var label: Bilingual {
        switch self {
        case .staff: Bilingual("전 직원", "All staff")
        case .organization: Bilingual("우리 기관", "Our organization")
        case .departments: Bilingual("정한 부서", "Some departments")
        }
    }
}

/// The bot a talk is with, as people use it.
struct BotInUse: Sendable, Hashable {
    var id: String
    var organizationID: String
    var content: BotContent

    /// A bot with what is in force of it; nothing where it is not in use.
    init?(_ bot: Bot) {
        guard let content = bot.published?.value else { return nil }
        self.init(bot, content: content)
    }

    /// A bot as its keepers have it, to be tried before it is in use.
    init(_ bot: Bot, content: BotContent) {
        id = bot.id
        organizationID = bot.organizationID
        self.content = content
    }

    /// Whether it answers from a document.
    func quotes(_ document: KnowledgeDocument) -> Bool {
        content.scope.contains(document, of: organizationID)
    }
}
