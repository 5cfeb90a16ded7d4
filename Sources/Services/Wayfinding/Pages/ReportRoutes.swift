import Basics
import CityMap
import HTTPTypes
import Hosting
import Identity
import Routing
import Store
import Web

/// Reporting a barrier, and seeing how the report goes.
struct ReportRoutes {
    let desk: WayDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/wayfinding/report") { incoming in
            let place = RouteQuestion.End(words: incoming.query.text("at") ?? "")
            return ReportFormPage(
                kind: incoming.query["kind"].flatMap(ReportKind.init),
                place: place,
                answer: place.words.isEmpty ? .nothing : desk.find(place),
                isSignedIn: incoming.actor.account != nil,
                idempotencyKey: RandomName.make(byteCount: 12)
            ).page(in: incoming.page)
        }
        table.upload(
            "/wayfinding/report",
            access: .everyone,
            maximumFileByteCount: ReportPhoto.maximumByteCount
        ) { incoming, form in try await Self.report(desk, incoming, form) }
        table.page("/wayfinding/status") { incoming in
            try await Self.status(desk, incoming).page(in: incoming.page)
        }
    }

    private static func report(
        _ desk: WayDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        let place = RouteQuestion.End(form.items, "place")
        var page = ReportFormPage(
            kind: form["kind"].flatMap(ReportKind.init),
            place: place,
            text: form.text("text") ?? "",
            answer: desk.find(place),
            isSignedIn: incoming.actor.account != nil,
            idempotencyKey: form.text("_idempotency").map { String($0.prefix(64)) }
                ?? RandomName.make(byteCount: 12)
        )
        let photo = try photo(form, &page)
        if page.kind == nil {
            page.faults["kind"] = Bilingual("무엇이 불편한지 골라 주세요.", "Choose what it is.")
        }
        if page.text.count > BarrierReport.maximumTextCharacterCount {
            page.faults["text"] = Bilingual(
                "설명은 \(BarrierReport.maximumTextCharacterCount)자까지 적을 수 있습니다.",
                "At most \(BarrierReport.maximumTextCharacterCount) characters."
            )
        }
        if case .nothing = page.answer {
            page.faults["place"] = Bilingual("어디인지 적어 주세요.", "Say where it is.")
        }
        guard case .place(let position) = page.answer, let kind = page.kind, page.faults.isEmpty
        else { return .page(page.page(in: incoming.page), .unprocessableContent) }
        guard desk.map.contains(position) else {
            page.faults["place"] = Bilingual("지도 밖에 있는 곳입니다.", "The place is outside the map.")
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        do {
            try desk.throttle.admit(incoming.remoteAddress, at: incoming.now)
        } catch let error as WayfindingError {
            page.faults["place"] = error.message
            return .page(page.page(in: incoming.page), .tooManyRequests)
        }
        let blob = try await photo.asyncMap { try await desk.store.blobs.put($0.bytes).id }
        let new = WayKeeping.NewReport(
            kind: kind,
            position: position,
            place: desk.words(for: position, typed: place.words),
            area: desk.area(of: position),
            text: page.text,
            photo: blob,
            photoType: photo?.contentType,
            code: RandomName.make(byteCount: 10)
        )
        return try await keep(new, desk, incoming, key: page.idempotencyKey)
    }

    /// Keeps the report once, however often the form is sent, and leads to its page.
    private static func keep(
        _ new: WayKeeping.NewReport,
        _ desk: WayDesk,
        _ incoming: Incoming,
        key: String
    ) async throws -> Answer {
        let keeping = WayKeeping(actor: incoming.actor)
        // Going back and reporting something else from the same form is another report.
        let content = "\(new.kind.rawValue) \(new.position.words) \(new.text)"
        let once = "\(key) \(WayKeeping.digest(content))"
        let receipt = try await desk.write { tx in
            try tx.once(scope: "wayfinding.report", key: once) {
                Receipt(number: try keeping.report(new, in: tx).number, code: new.code)
            }.value
        }
        var query = [(name: "number", value: receipt.number)]
        if incoming.actor.account == nil { query.append(("code", receipt.code)) }
        return .other(.seeOther(Link("/wayfinding/status", query: query + [("new", "1")])))
    }

    private struct Receipt: Codable, Sendable {
        var number: String
        var code: String
    }

    private static func photo(_ form: FormFields, _ page: inout ReportFormPage) throws
        -> ReportPhoto?
    {
        guard let file = form.file("photo"), !file.bytes.isEmpty else { return nil }
        do {
            return try ReportPhoto(file.bytes)
        } catch let error as WayfindingError {
            page.faults["photo"] = error.message
            return nil
        }
    }

    private static func status(
        _ desk: WayDesk,
        _ incoming: Incoming
    ) async throws -> ReportStatusPage {
        let number = incoming.query.text("number") ?? ""
        let code = incoming.query.text("code") ?? ""
        let account = incoming.actor.id
        return try await desk.store.read { db in
            var page = ReportStatusPage(number: number, code: code)
            page.own = try account.map { try Reports.of($0, in: db) } ?? []
            guard !number.isEmpty else { return page }
            guard let report = try Reports.find(number, in: db),
                account != nil && report.accountID == account
                    || !code.isEmpty && report.codeDigest == WayKeeping.digest(code)
            else {
                page.isMissing = true
                return page
            }
            page.report = report
            page.isNew = incoming.query["new"] == "1"
            page.events = try Reports.events(of: number, in: db)
            return page
        }
    }
}

extension WayDesk {
    /// A place in words: what was typed, unless that was only a position.
    func words(for position: GeoPoint, typed: String) -> String {
        guard GeoPoint(words: typed) != nil || typed.isEmpty else { return typed }
        guard let near = map.place(near: position) else { return position.words }
        return "\(near.name) 근처"
    }

    /// The street that a place is counted under in the statistics.
    func area(of position: GeoPoint) -> String {
        guard let snap = try? map.planner.snap(position) else { return "" }
        let street = map.network.name(of: snap.segment)
        if !street.isEmpty { return street }
        return map.place(near: position)?.name ?? ""
    }
}

extension Optional {
    /// What an asynchronous function makes of the value, where there is one.
    fileprivate func asyncMap<Value>(
        _ transform: (Wrapped) async throws -> Value
    ) async rethrows -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
