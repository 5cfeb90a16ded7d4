import Basics
import CityMap
import Footage
import HTTPTypes
import Identity
import Store
import Vision
import Web

/// The search, the sightings it finds, and the route they make.
struct SightingRoutes: Sendable {
    let desk: MissingDesk

    private var store: Store { desk.store }

    func add(to table: inout RouteTable) {
        table.page("/missing-persons/{id}/search", access: MissingDesk.searchers) { incoming in
            try await results(incoming).page(in: incoming.page)
        }
        table.page("/missing-persons/{id}/sightings/{token}", access: MissingDesk.searchers) {
            incoming in try await sighting(incoming).page(in: incoming.page)
        }
        table.file(
            "/missing-persons/{id}/sightings/{token}/picture",
            access: MissingDesk.searchers
        ) { incoming in try await picture(incoming) }
        addDecisions(to: &table)
        table.page("/missing-persons/{id}/route", access: MissingDesk.searchers) { incoming in
            let (file, route) = try await self.route(incoming)
            return RoutePage(
                file: file,
                route: route,
                attribution: try CityMap.of(desk.platform).attribution
            ).page(in: incoming.page)
        }
        table.file("/missing-persons/{id}/route.geojson", access: MissingDesk.searchers) {
            incoming in
            let (_, route) = try await self.route(incoming)
            return Outgoing(
                contentType: "application/geo+json",
                body: .bytes(try RouteFeatures(route).geoJSON()),
                cache: .never
            )
        }
    }

    /// The case of the address with its open warrant, for the one who holds it.
    func opened(_ incoming: Incoming) async throws -> (file: CaseFile, warrant: FootageWarrant) {
        let id = try incoming.pathParameter("id")
        let keeping = desk.keeping(incoming.actor)
        let file = try await store.write { try CaseFile.read(id, keeping, in: $0) }
        guard let warrant = file.warrant else {
            throw MissingError(
                .impossibleState,
                Bilingual(
                    "승인된 사건에서만 영상을 찾을 수 있습니다.",
                    "Footage is searched inside an approved case only."
                ),
                context: id
            )
        }
        return (file, warrant)
    }

    // MARK: Search

    private func results(_ incoming: Incoming) async throws -> ResultsPage {
        let (file, warrant) = try await opened(incoming)
        var terms = SearchTerms(incoming.query)
        if incoming.query["asked"] == nil { terms.takeColours(of: file) }
        var answer: FootageAnswer?
        let asks = terms
        let refusal = try await desk.attempt {
            let question = try file.question(asks, now: incoming.now)
            answer = try await desk.gate.search(
                question,
                warrant: warrant.id,
                of: file.search.id,
                by: incoming.actor
            )
        }
        return ResultsPage(
            file: file,
            terms: terms,
            answer: answer,
            cameras: try await store.read { try CameraRegister.all(in: $0).byNumber },
            // A page that was only opened has asked nothing yet: that is no fault.
            refusal: incoming.query["asked"] == nil && answer == nil ? nil : refusal
        )
    }

    // MARK: One sighting

    private func sighting(_ incoming: Incoming) async throws -> SightingPage {
        let (file, warrant) = try await opened(incoming)
        let token = try incoming.pathParameter("token")
        let match = try await desk.gate.match(
            token,
            warrant: warrant.id,
            of: file.search.id,
            by: incoming.actor
        )
        let cameras = try await store.read { try CameraRegister.all(in: $0).names }
        return SightingPage(
            file: file,
            match: match,
            cameraName: cameras[match.camera] ?? String(match.camera),
            isUnmasked: try await desk.gate.isUnmasked(
                token,
                of: file.search.id,
                for: incoming.actor
            )
        )
    }

    /// The gate writes the look down; the case itself is not read for it.
    private func picture(_ incoming: Incoming) async throws -> Outgoing {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let warrant = try await store.read { db in
            guard let search = try SearchCases.find(id, in: db), SearchCases.mayRead(search, actor),
                let warrant = try FootageWarrants.of(case: id, in: db).first(where: {
                    $0.holderID == actor.id && $0.revokedAt == nil
                })
            else { throw Problem.notFound }
            return warrant
        }
        let view = incoming.query["view"].flatMap(FootageView.init) ?? .masked
        let jpeg = try await desk.gate.picture(
            try incoming.pathParameter("token"),
            view,
            warrant: warrant.id,
            of: id,
            by: actor
        )
        return Outgoing(contentType: "image/jpeg", body: .bytes(jpeg), cache: .never)
    }

    private func addDecisions(to table: inout RouteTable) {
        table.submission(
            "/missing-persons/{id}/sightings/{token}/mark",
            access: MissingDesk.searchers
        ) { incoming, form in
            let (file, warrant) = try await opened(incoming)
            let id = file.search.id
            let match = try await desk.gate.match(
                try incoming.pathParameter("token"),
                warrant: warrant.id,
                of: id,
                by: incoming.actor
            )
            let keeping = desk.keeping(incoming.actor)
            let verdict = form["verdict"].flatMap(SightingMark.Verdict.init)
            try await store.write { try keeping.mark(match, verdict, of: id, in: $0) }
            return .other(.seeOther(Self.back(id, match, form)))
        }
        table.submission(
            "/missing-persons/{id}/sightings/{token}/unmask",
            access: MissingDesk.searchers
        ) { incoming, form in
            let (file, warrant) = try await opened(incoming)
            let token = try incoming.pathParameter("token")
            let refusal = try await desk.attempt {
                try await desk.gate.unmask(
                    token,
                    reason: form.text("reason") ?? "",
                    warrant: warrant.id,
                    of: file.search.id,
                    by: incoming.actor
                )
            }
            guard let refusal else {
                return .other(.seeOther(Ways.sighting(file.search.id, token)))
            }
            var shown = try await sighting(incoming)
            shown.refusal = refusal
            return .page(shown.page(in: incoming.page), .unprocessableContent)
        }
    }

    /// Where a decision leads: to the list it was made in, at its camera, or to the sighting.
    private static func back(_ id: String, _ match: FootageMatch, _ form: FormFields) -> Link {
        let prefix = "back-"
        let items = form.items.items.filter { $0.name.hasPrefix(prefix) }.map {
            (name: String($0.name.dropFirst(prefix.count)), value: $0.value)
        }
        guard !items.isEmpty else { return Ways.sighting(id, match.token) }
        return Ways.part(id, "search", query: items).at("camera-\(match.camera)")
    }

    // MARK: The route

    func route(_ incoming: Incoming) async throws -> (CaseFile, CaseRoute) {
        let (file, _) = try await opened(incoming)
        let cameras = try await store.read { try CameraRegister.all(in: $0).byNumber }
        let walks = try CameraWalks.of(desk.platform)
        let (marks, now) = (file.marks, incoming.now)
        // On the store's threads: ways over a whole city take their time.
        let route = try await store.read { _ in
            try CaseRoute(marks, cameras: cameras, walks: walks, now: now)
        }
        return (file, route)
    }
}

extension SearchTerms {
    /// Without a photo and without a confirmed sighting, the colours of the description are all there
    /// is to begin with.
    mutating func takeColours(of file: CaseFile) {
        guard file.looks.isEmpty, file.tokens(.confirmed).isEmpty, let person = file.person else {
            return
        }
        upper = person.upper.flatMap(ColourName.init)
        lower = person.lower.flatMap(ColourName.init)
    }
}
