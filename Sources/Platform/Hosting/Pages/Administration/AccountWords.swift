import Basics
import Identity
import Store
import Web

/// The words of accounts and grants: the roles, organizations and services there are to choose from.
struct AccountWords: Sendable {
    /// Every role a room decides with.
    let roles: [RoleTitle]
    /// The organizations the city keeps.
    let organizations: [OrganizationChoice]
    /// The services that run.
    let services: [CitySystem]

    /// Collects the words of the rooms of a city.
    static func collect(from rooms: [any CityModule]) async throws -> AccountWords {
        var organizations: [OrganizationChoice] = []
        for room in rooms { organizations += try await room.organizations() }
        return AccountWords(
            roles: RoleTitle.platform + rooms.flatMap { type(of: $0).roles },
            organizations: organizations,
            services: rooms.compactMap { ($0 as? any CityService).map { type(of: $0).system } }
        )
    }

    /// The organizations an administrator decides for.
    func organizations(of actor: Actor) -> [OrganizationChoice] {
        guard let reach = actor.organizations(for: .administrator) else { return organizations }
        return organizations.filter { reach.contains($0.id) }
    }

    func roleTitle(_ role: Role) -> Bilingual {
        roles.first { $0.role == role }?.title ?? Bilingual(same: role.rawValue)
    }

    func organizationTitle(_ id: String?) -> Bilingual {
        guard let id else { return Bilingual("모든 기관", "Every organization") }
        return organizations.first { $0.id == id }?.title ?? Bilingual(same: id)
    }

    func serviceTitle(_ id: String?) -> Bilingual {
        guard let id else { return Bilingual("모든 서비스", "Every service") }
        return CitySystem(rawValue: id)?.title ?? Bilingual(same: id)
    }
}

extension AccountKind {
    /// What people call it.
    var title: Bilingual {
        switch self {
        case .resident: Bilingual("시민", "Resident")
        case .staff: Bilingual("직원", "Staff")
        case .company: Bilingual("기업", "Company")
        case .device: Bilingual("기기", "Device")
        }
    }
}

extension AccountState {
    /// What people call it.
    var title: Bilingual {
        switch self {
        case .active: Bilingual("사용 중", "In use")
        case .suspended: Bilingual("중지됨", "Suspended")
        }
    }

    /// The state as a sign and a word.
    func tag(in context: PageContext) -> HTML {
        statusTag(
            StatusTag(title[context.language], kind: self == .active ? .active : .refused)
        )
    }
}

/// Where the administrator's pages stand.
enum AdminPlaces {
    static let accounts = Link("/admin/accounts")
    static let newAccount = Link("/admin/accounts/new")
    static let operations = Link("/operations")

    static func account(_ id: String) -> Link { .path("admin", "accounts", id) }

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("계정", "Accounts"), link: accounts)
    }

    /// The views of an administrator, each a page.
    static func tabs(in context: PageContext) -> HTML {
        tabLinks(
            [
                TabLink(
                    title: context.text("계정", "Accounts"),
                    link: accounts,
                    isCurrent: context.path == accounts.target
                ),
                TabLink(
                    title: context.text("운영 현황", "Operations"),
                    link: operations,
                    isCurrent: context.path == operations.target
                ),
            ],
            label: context.text("관리", "Administration")
        )
    }
}
