public import Basics

/// A project a public body plans to order (발주계획): what Haechi and OCDS both know of one.
///
/// In OCDS it is a release with the tag `planning`, a tender of status `planned` and a budget.
public struct PlannedProject: Sendable, Hashable {
    /// How suppliers will be chosen, a code of OCDS's `method`.
    public enum ProcurementMethod: String, Sendable, Hashable, CaseIterable {
        /// 일반경쟁: everyone may bid.
        case open
        /// 제한경쟁: everyone who meets conditions may bid.
        case selective
        /// 지명경쟁: those who are asked may bid.
        case limited
        /// 수의계약: one supplier is asked.
        case direct
    }

    /// What is mainly bought, a code of OCDS's `procurementCategory`.
    public enum Category: String, Sendable, Hashable, CaseIterable {
        /// 물품.
        case goods
        /// 공사.
        case works
        /// 용역.
        case services
    }

    /// The body that orders.
    public struct Agency: Sendable, Hashable {
        /// The id of the body, unique among the parties.
        public var id: String
        /// The name of the body.
        public var name: String

        /// Creates a body.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// A code of a classification the city keeps: a project type, a technology.
    public struct Code: Sendable, Hashable {
        /// The classification, such as `PlannedProject.typeScheme`.
        public var scheme: String
        /// The code within it.
        public var id: String
        /// What the code means.
        public var name: String

        /// Creates a code.
        public init(scheme: String = PlannedProject.typeScheme, id: String, name: String) {
            self.scheme = scheme
            self.id = id
            self.name = name
        }
    }

    /// The scheme of project types; the prefix `x_` says that no register knows it.
    public static let typeScheme = "x_informatization-type"
    /// The scheme of technologies; the prefix `x_` says that no register knows it.
    public static let technologyScheme = "x_technology"

    /// The id of the project, unique within the publisher.
    public var id: String
    /// The Korean title (사업명).
    public var title: String
    /// The English title, where there is one.
    public var englishTitle: String?
    /// What the project is about.
    public var summary: String?
    /// The body that orders.
    public var agency: Agency
    /// The department to ask; never a person.
    public var department: String?
    /// The budget.
    public var budget: Won
    /// The first and the last day on which it may be ordered (발주시기).
    public var orderPeriod: ClosedRange<LocalDate>?
    /// The first and the last day of the work (사업기간).
    public var contractPeriod: ClosedRange<LocalDate>?
    /// The kind of project.
    public var type: Code?
    /// The technologies it uses.
    public var technologies: [Code] = []
    /// How suppliers will be chosen.
    public var method: ProcurementMethod?
    /// The method in local words (협상에 의한 계약).
    public var methodDetails: String?
    /// What is mainly bought.
    public var category: Category = .services
    /// When this state of the plan was made public.
    public var publishedAt: Instant
    /// The edition of the plan, from 1; a changed plan is released under the next one.
    public var edition = 1

    /// Creates a project with what OCDS cannot do without; the rest is set afterwards.
    public init(id: String, title: String, agency: Agency, budget: Won, publishedAt: Instant) {
        self.id = id
        self.title = title
        self.agency = agency
        self.budget = budget
        self.publishedAt = publishedAt
    }
}
