import Basics
import CityMap
import City
import Footage
import HTTPTypes
import Hosting
import Identity
import Store
import Tabular
import Web

/// Plans of placement and replacement.
struct PlannerRoutes {
    let desk: CamerasDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras/planner", access: CamerasDesk.supervisors) { incoming in
            try await Self.list(desk, incoming).page(in: incoming.page)
        }
        table.submission("/cameras/planner", access: CamerasDesk.supervisors) {
            incoming,
            form in try await Self.make(desk, incoming, form)
        }
        table.page("/cameras/planner/{id}", access: CamerasDesk.supervisors) { incoming in
            let plan = try await Self.plan(desk, incoming)
            return PlanPage(plan: plan).page(in: incoming.page)
        }
        table.file("/cameras/planner/{id}/sites.csv", access: CamerasDesk.supervisors) {
            incoming in
            let plan = try await Self.plan(desk, incoming)
            guard let result = plan.result?.value else { throw Problem.notFound }
            return .download(
                fileName: "\(plan.title).csv",
                contentType: "text/csv; charset=utf-8",
                body: .bytes(try Self.document(result, plan.kind))
            )
        }
    }

    private static func plan(_ desk: CamerasDesk, _ incoming: Incoming) async throws -> Plan {
        let organizationID = try desk.supervised(by: incoming.actor)
        let id = try incoming.pathParameter("id")
        guard let plan = try await desk.store.read({ try Plans.find(id, in: $0) }),
            plan.organizationID == organizationID
        else { throw Problem.notFound }
        return plan
    }

    private static func list(
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> PlannerPage {
        let organizationID = try desk.supervised(by: incoming.actor)
        let number = incoming.query.pageNumber()
        return try await desk.store.read { db in
            let found = try Plans.page(number, of: organizationID, in: db)
            return PlannerPage(plans: found.plans, total: found.total, number: number)
        }
    }

    private static func make(
        _ desk: CamerasDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        let organizationID = try desk.supervised(by: incoming.actor)
        let kind = form["kind"].flatMap(Plan.Kind.init) ?? .placement
        var reader = PlanReader(form: form, kind: kind)
        let request = reader.request()
        let title = reader.title()
        guard reader.refusals.isEmpty else {
            var page = try await list(desk, incoming)
            page.refusals = reader.refusals
            page.typed = form
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        let plan = Plan(
            id: RandomName.make(byteCount: 12),
            organizationID: organizationID,
            title: title,
            kind: kind,
            request: JSONColumn(request),
            state: .waiting,
            madeBy: incoming.actor.id ?? "",
            madeByName: incoming.actor.account?.displayName ?? "",
            createdAt: incoming.now
        )
        let isLarge = try kind == .placement && PlanMaker.isLarge(CityMap.of(desk.platform))
        let keeping = EventKeeping(by: incoming.actor)
        let key = form.text("_idempotency") ?? plan.id
        let id = try await desk.store.write { tx in
            try tx.once(scope: "cameras.plan \(incoming.actor.auditName)", key: key) {
                try Plans.save(plan, in: tx)
                try keeping.record(.create, "cameraPlan", plan.id, in: tx)
                if isLarge { try tx.enqueue(PlanJob(plan: plan.id)) }
                return plan.id
            }.value
        }
        if !isLarge { try await PlanMaker.make(id, desk) }
        return .other(.seeOther(Ways.plan(id)))
    }

    /// The places of a plan as a table to take along.
    static func document(_ result: PlanResult, _ kind: Plan.Kind) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var options = CSVWriter.Options()
        options.writesByteOrderMark = true
        var writer = CSVWriter(options: options) { bytes += $0 }
        try writer.write([
            "순서", "곳", "행정동", "위도", "경도", kind == .placement ? "더하는 수요" : "햇수", "카메라 번호",
        ])
        for (place, site) in result.sites.enumerated() {
            try writer.write([
                .text(String(place + 1)), .text(site.name), .text(site.area),
                .text(site.latitude.sixDigits), .text(site.longitude.sixDigits),
                .text(site.gain.oneDecimal), .text(site.camera.map(String.init) ?? ""),
            ])
        }
        try writer.finish()
        return bytes
    }
}

/// Reads what a plan is asked for, and collects every fault.
struct PlanReader {
    let form: FormFields
    let kind: Plan.Kind
    /// What is wrong, by the name of the field.
    private(set) var refusals: [String: Bilingual] = [:]

    init(form: FormFields, kind: Plan.Kind) {
        self.form = form
        self.kind = kind
    }

    mutating func title() -> String {
        let title = form.text("\(kind.rawValue).title") ?? ""
        if title.isEmpty || title.count > Plan.maximumTitleCharacterCount {
            refusals["title"] = Bilingual(
                "이름을 \(Plan.maximumTitleCharacterCount)자 안에서 적어 주세요.",
                "Give a name of at most \(Plan.maximumTitleCharacterCount) characters."
            )
        }
        return title
    }

    mutating func request() -> PlanRequest {
        var request = PlanRequest(
            budget: Won(number("budget", 1...PlanRequest.maximumBudget)),
            unitCost: Won(number("unitCost", PlanRequest.unitCosts))
        )
        switch kind {
        case .placement:
            request.rangeMeters = whole("range", PlanRequest.ranges)
            request.floor = whole("floor", PlanRequest.floors)
            request.homeWeight = whole("homes", PlanRequest.weights)
            request.schoolWeight = whole("schools", PlanRequest.weights)
            request.parkWeight = whole("parks", PlanRequest.weights)
            request.stationWeight = whole("stations", PlanRequest.weights)
        case .replacement: request.equityPercent = whole("equity", PlanRequest.equities)
        }
        return request
    }

    private mutating func whole(_ name: String, _ range: ClosedRange<Int>) -> Int {
        Int(number(name, Int64(range.lowerBound)...Int64(range.upperBound)))
    }

    private mutating func number(_ name: String, _ range: ClosedRange<Int64>) -> Int64 {
        let digits = (form.text("\(kind.rawValue).\(name)") ?? "").filter { $0 != "," }
        if let value = Int64(digits), range.contains(value) { return value }
        let (least, most) = (Int(range.lowerBound).grouped, Int(range.upperBound).grouped)
        refusals[name] = Bilingual(
            "\(least)–\(most) 사이의 정수를 적어 주세요.",
            "A whole number from \(least) to \(most)."
        )
        return range.lowerBound
    }
}
