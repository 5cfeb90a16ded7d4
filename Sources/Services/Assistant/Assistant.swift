public import ArgumentParser
import Basics
import City
public import Hosting
public import Identity
public import Store
public import Web

/// The colleague of the city's staff that never sleeps (서우리 주무관): answers in the words of the
/// documents, says what it does not know, and hands that to a person.
public struct Assistant: CityService {
    /// The system it is.
    public static let system = CitySystem.assistant
    /// The tables of the assistant.
    public static let migrations = MigrationSet.assistant
    /// Who answers what it hands over.
    public static let roles = [
        RoleTitle(.assistantAgent, Bilingual("상담 담당자", "Assistant agent"))
    ]

    /// What its people do that the audit trail keeps.
    public static let auditActions: [AuditAction] = [
        .moveHandOver,
        .makeBot,
        .changeBot,
        .setBotStatus,
        .changeDocument,
        .setDocumentStatus,
        .saveTemplate,
        .removeTemplate,
        .changeForms,
    ]

    /// The script and the style of a talk.
    public static var assets: [Web.AssetFile] {
        [
            .script("talk.js", PackageResources.talk_js),
            .style("assistant.css", PackageResources.assistant_css),
        ]
    }

    private let desk: AssistantDesk

    /// Opens the assistant: reads the knowledge into memory.
    public init(on platform: Platform) async throws {
        desk = AssistantDesk(
            platform: platform,
            index: try await KnowledgeIndex.load(
                from: platform.store,
                synonyms: platform.synonyms
            ),
            drafter: try Drafter(platform)
        )
        try await platform.store.write {
            try $0.schedule(KnowledgeExpiry.name, KnowledgeExpiry(), KnowledgeExpiry.recurrence)
        }
    }

    /// What people do here.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("물어보기", "Ask"), Link("/assistant")),
            ServiceDoor(Bilingual("지식 문서", "Documents"), Link("/assistant/knowledge")),
        ]
    }

    /// The documents, for the city's search.
    public var searches: [SearchSource] { [KnowledgeSearch(index: desk.index).source] }

    /// The addresses of the assistant.
    public var routes: RouteTable {
        var table = RouteTable()
        TalkRoutes(desk: desk).add(to: &table)
        QueueRoutes(desk: desk).add(to: &table)
        TemplateRoutes(desk: desk).add(to: &table)
        KnowledgeRoutes(desk: desk).add(to: &table)
        DocumentFactsRoutes(desk: desk).add(to: &table)
        FormFileRoutes(desk: desk).add(to: &table)
        BotRoutes(desk: desk).add(to: &table)
        BotKeepingRoutes(desk: desk).add(to: &table)
        ChatEndpoints(desk: desk).add(to: &table)
        return table
    }

    /// Looks every morning for documents that lapse.
    public var jobHandlers: [JobHandler] {
        let desk = desk
        return [JobHandler(KnowledgeExpiry.self) { _ in try await desk.reviewExpiry() }]
    }

    /// How drafting goes.
    public func gauges() async throws -> [(name: String, help: String, value: Double)] {
        desk.drafter.gauges
    }

    /// Programs ask it for a person with an access key.
    public static let keyPurposes = [
        KeyPurposeTitle(
            .assistant,
            Bilingual("서우리 주무관에게 묻기", "Asking the staff assistant"),
            access: TalkRoutes.access
        )
    ]

    /// Quotes what another process brought in.
    public func refresh() async throws {
        try await desk.index.refresh(from: desk.store)
    }

    /// `haechi assistant`.
    public static var commands: [any ParsableCommand.Type] { [AssistantCommand.self] }

    /// Who asks, who answers, who keeps the knowledge.
    public static var samplePeople: [SamplePerson] {
        let city = Organization.sampleCity.id
        return [
            SamplePerson(
                staff: "staff",
                Bilingual("시청 직원", "City staff"),
                organization: city,
                department: "총무과"
            ),
            SamplePerson(
                staff: "agent",
                Bilingual("상담 담당자", "Assistant agent"),
                organization: city,
                roles: [.assistantAgent, .knowledgeKeeper]
            ),
            SamplePerson(
                staff: "knowledge",
                Bilingual("지식 관리자", "Knowledge keeper"),
                organization: city,
                roles: [.knowledgeKeeper]
            ),
        ]
    }

    /// Fills the store with the handbook of the sample city.
    public static func makeSample(on platform: Platform) async throws {
        try await SampleHandbook.make(on: platform)
    }
}
