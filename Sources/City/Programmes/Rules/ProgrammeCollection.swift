public import Basics
public import Eligibility
public import Web

/// The programmes that one portal shows.
public struct ProgrammeCollection: Sendable, Hashable {
    /// A stable name.
    public var id: String
    /// What people call it.
    public var title: Bilingual
    /// The path of the portal, such as `/youth`.
    public var base: String
    /// A programme with any of these tags belongs to it; none takes every programme.
    public var tags: Set<String>

    /// Describes a portal's programmes.
    public init(id: String, title: Bilingual, base: String, tags: Set<String>) {
        self.id = id
        self.title = title
        self.base = base
        self.tags = tags
    }

    /// Every programme of the city.
    public static let all = ProgrammeCollection(
        id: "programmes",
        title: Bilingual("지원사업", "Programmes"),
        base: "/programmes",
        tags: []
    )

    /// Whether a programme belongs to it.
    public func contains(_ programme: Programme) -> Bool {
        tags.isEmpty || !tags.isDisjoint(with: programme.tags)
    }

    /// The page that asks.
    public var checkLink: Link { Link("\(base)/check") }
    /// Everything that was answered.
    public var answersLink: Link { Link("\(base)/check/answers") }
    /// The people of the household.
    public var peopleLink: Link { Link("\(base)/check/people") }
    /// What came of the answers.
    public var resultsLink: Link { Link("\(base)/results") }
}

extension Programme {
    /// Its page.
    public var link: Link { .path("programmes", name) }
}
