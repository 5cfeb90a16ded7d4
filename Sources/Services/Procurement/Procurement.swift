public import ArgumentParser
import Basics
import City
public import Hosting
public import Store
public import Web

/// The portal where a city publishes its yearly plan of informatization projects (정보화사업
/// 발주정보).
public struct Procurement: CityService {
    /// The system it is.
    public static let system = CitySystem.procurement
    /// What its people do that the audit trail keeps.
    public static let auditActions: [AuditAction] = [.publishEdition, .readSource]
    /// The tables of the portal.
    public static let migrations = MigrationSet.procurement

    private let platform: Platform
    private let catalogue: Catalogue

    /// Opens the portal: reads the current projects into memory.
    public init(on platform: Platform) async throws {
        self.platform = platform
        catalogue = try await Catalogue.load(
            from: platform.store,
            synonyms: platform.synonyms
        )
    }

    /// What people do here.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("한눈에 보기", "At a glance"), Link("/procurement")),
            ServiceDoor(Bilingual("사업 찾기", "Find projects"), Link("/procurement/projects")),
            ServiceDoor(Bilingual("올해의 보고서", "The year's report"), Link("/procurement/report")),
            ServiceDoor(
                Bilingual("숫자 맞춰 보기", "Do the figures close?"),
                Link("/procurement/consistency")
            ),
            ServiceDoor(
                Bilingual("계획 발행 내역", "Published plans"),
                Link("/procurement/editions")
            ),
        ]
    }

    /// Tells followers and owners of saved searches.
    public var eventHandlers: [EventHandler] {
        [PublicationNews.handler(synonyms: platform.synonyms)]
    }

    /// The projects, for the city's search.
    public var searches: [SearchSource] {
        [ProjectSearch(store: platform.store, catalogue: catalogue).source]
    }

    /// Shows what another process published.
    public func refresh() async throws {
        try await catalogue.refresh(from: platform.store)
    }

    /// The addresses of the portal.
    public var routes: RouteTable {
        var table = RouteTable()
        let desk = PortalDesk(platform: platform, catalogue: catalogue)
        HomeRoutes(desk: desk).add(to: &table)
        SearchRoutes(desk: desk).add(to: &table)
        ReportRoutes(desk: desk).add(to: &table)
        EditionRoutes(desk: desk).add(to: &table)
        UploadRoutes(desk: desk).add(to: &table)
        FollowRoutes(desk: desk).add(to: &table)
        ProcurementEndpoints(desk: desk).add(to: &table)
        return table
    }

    /// `haechi procurement`.
    public static var commands: [any ParsableCommand.Type] { [ProcurementCommand.self] }

    /// Fills the store with the plans of the sample city.
    public static func makeSample(on platform: Platform) async throws {
        try await platform.store.write { tx in
            for agency in SeoulAgencies.invested {
                try Organizations.save(
                    Organization(
                        id: agency.id,
                        kind: .invested,
                        name: agency.name,
                        nameEnglish: agency.nameEnglish
                    ),
                    in: tx
                )
            }
            // A crash in between is taken up where it was: an edition that stands is not made again.
            let editions = SampleCity.editions().sorted { $0.number < $1.number }
            for edition in editions {
                let current = try Editions.current(
                    agencyID: edition.agency.id,
                    planYear: edition.planYear,
                    in: tx
                )
                guard (current?.number ?? 0) < edition.number else { continue }
                _ = try Editions.publish(EditionDraft(sample: edition), in: tx)
            }
        }
    }
}

/// What every route of the portal works with.
struct PortalDesk: Sendable {
    let platform: Platform
    let catalogue: Catalogue

    var store: Store { platform.store }
}

extension EditionDraft {
    /// A generated plan, labelled as what it is.
    init(sample edition: PlanEdition) {
        self.init(
            agency: edition.agency,
            planYear: edition.planYear,
            kind: edition.kind,
            projects: edition.projects,
            sourceFile: "표본(sample)",
            sourceDigest: "",
            publishedBy: "sample"
        )
    }
}
