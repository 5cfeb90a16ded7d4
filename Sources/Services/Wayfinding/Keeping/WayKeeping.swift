import Basics
import City
import Crypto
import Hosting
import Identity
import Routing
import Store
import Web

extension Role {
    /// Confirms reports, assigns repairs, keeps the lifts (보행환경 담당).
    static let wayfindingOfficer = Role(rawValue: "wayfindingOfficer")
}

extension Purpose {
    /// The city keeps its ways passable.
    static let walkingEnvironment = Purpose(
        code: "wayfinding.walkingEnvironment",
        Bilingual("보행환경 관리", "Keeping ways passable")
    )
}

/// Writes reports, lifts and saved routes: each change with its history, its audit, its event and its
/// notices, in one transaction.
struct WayKeeping: Sendable {
    let actor: Actor

    /// A report as it comes in.
    struct NewReport: Sendable {
        var kind: ReportKind
        var position: GeoPoint
        var place: String
        var area: String
        var text: String
        var photo: BlobID?
        var photoType: String?
        /// By which a guest sees how it goes.
        var code: String
        var isSample = false
    }

    /// Takes a report in; routes avoid the place from the next look at the store.
    func report(_ new: NewReport, in tx: WriteTransaction) throws -> BarrierReport {
        let report = BarrierReport(
            number: try YearlyNumbers.next(
                BarrierReport.numberPrefix,
                year: tx.now.date.year,
                in: "wayfinding_report",
                digits: 5,
                tx
            ),
            kind: new.kind,
            latitudeE7: Int64(new.position.latitudeE7),
            longitudeE7: Int64(new.position.longitudeE7),
            place: new.place,
            area: new.area,
            text: String(new.text.prefix(BarrierReport.maximumTextCharacterCount)),
            photo: new.photo?.rawValue,
            photoType: new.photoType,
            state: .reported,
            accountID: actor.id,
            codeDigest: Self.digest(new.code),
            answer: "",
            assignee: "",
            dueOn: nil,
            isSample: new.isSample,
            createdAt: tx.now,
            updatedAt: tx.now,
            version: 1
        )
        try Reports.insert(report, in: tx)
        try note(report, "", by: "", in: tx)
        try Reports.bumpRevision(in: tx)
        try tx.record(
            .create,
            on: Self.subject(report),
            by: actor.auditActor,
            purpose: .walkingEnvironment,
            details: ["kind": report.kind.rawValue]
        )
        _ = try tx.publish(
            BarrierReported(
                number: report.number,
                kind: report.kind.rawValue,
                latitude: new.position.latitude,
                longitude: new.position.longitude
            )
        )
        try tellWalkers(
            of: new.position,
            id: report.number,
            Bilingual("저장한 길에 불편 신고가 들어왔습니다", "A barrier was reported on your route"),
            Bilingual(
                "\(report.kind.title.korean): \(report.place). 아직 확인되지 않았습니다.",
                "\(report.kind.title.english): \(report.place). Not confirmed yet."
            ),
            in: tx
        )
        return report
    }

    /// Takes a report on: confirms, rejects, assigns or closes it.
    ///
    /// - Throws: `WayfindingError` where the state cannot follow or a reason is missing.
    func move(
        _ number: String,
        to state: ReportState,
        note text: String,
        assignee: String = "",
        dueOn: LocalDate? = nil,
        in tx: WriteTransaction
    ) throws {
        guard var report = try Reports.find(number, in: tx) else {
            throw WayfindingError.notFound(number)
        }
        guard report.state.next.contains(state) else {
            throw WayfindingError(
                .impossibleState,
                "‘\(report.state.title.korean)’ 신고는 ‘\(state.title.korean)’(으)로 바꿀 수 없습니다.",
                "A report that is “\(report.state.title.english)” cannot become “\(state.title.english)”.",
                context: number
            )
        }
        let text = String(text.prefix(BarrierReport.maximumAnswerCharacterCount))
        if state == .rejected, text.isEmpty {
            throw WayfindingError(.badInput, "반려하는 까닭을 적어 주세요.", "Say why it is rejected.")
        }
        if state == .assigned {
            guard !assignee.isEmpty else {
                throw WayfindingError(.badInput, "수리할 부서나 업체를 적어 주세요.", "Say who repairs it.")
            }
            report.assignee = String(assignee.prefix(120))
            report.dueOn = dueOn
        }
        report.state = state
        if !text.isEmpty { report.answer = text }
        try Reports.update(report, in: tx)
        try note(report, text, by: actor.account?.displayName ?? "", in: tx)
        try Reports.bumpRevision(in: tx)
        try tx.record(
            .update,
            on: Self.subject(report),
            by: actor.auditActor,
            purpose: .walkingEnvironment,
            details: ["state": state.rawValue]
        )
        try announce(report, in: tx)
    }

    /// Tells field work, the reporter and those who walk there what became of a report.
    private func announce(_ report: BarrierReport, in tx: WriteTransaction) throws {
        guard let position = report.position else { return }
        switch report.state {
        case .assigned:
            _ = try tx.publish(
                BarrierRepairAssigned(
                    number: report.number,
                    kind: report.kind.rawValue,
                    latitude: position.latitude,
                    longitude: position.longitude,
                    assignee: report.assignee,
                    dueOn: report.dueOn?.iso ?? ""
                )
            )
        case .closed, .rejected:
            let isSolved = report.state == .closed
            _ = try tx.publish(BarrierClosed(number: report.number, isSolved: isSolved))
            if isSolved {
                try tellWalkers(
                    of: position,
                    id: "\(report.number)-closed",
                    Bilingual("저장한 길의 불편이 해결되었습니다", "A barrier on your route is gone"),
                    Bilingual(
                        "\(report.kind.title.korean): \(report.place)",
                        "\(report.kind.title.english): \(report.place)"
                    ),
                    in: tx
                )
            }
        case .reported, .confirmed: break
        }
        guard let account = report.accountID else { return }
        let answer = report.answer.isEmpty ? "" : " " + report.answer
        try Notices.send(
            Notice(
                id: "wayfinding-\(report.number)-\(report.version)",
                accountID: account,
                title: Bilingual(
                    "신고 \(report.number): \(report.state.title.korean)",
                    "Report \(report.number): \(report.state.title.english)"
                ),
                body: Bilingual(
                    "\(report.kind.title.korean), \(report.place).\(answer)",
                    "\(report.kind.title.english), \(report.place).\(answer)"
                ),
                link: WayLinks.status(report.number).target,
                createdAt: tx.now
            ),
            in: tx
        )
    }

    /// Tells everybody whose saved route goes through a place.
    func tellWalkers(
        of place: GeoPoint,
        id: String,
        _ title: Bilingual,
        _ body: Bilingual,
        in tx: WriteTransaction
    ) throws {
        for route in try SavedRoutes.through(place, in: tx) {
            try Notices.send(
                Notice(
                    id: "wayfinding-\(id)-\(route.id)",
                    accountID: route.accountID,
                    title: title,
                    body: Bilingual(
                        "\(route.title): \(body.korean)",
                        "\(route.title): \(body.english)"
                    ),
                    link: "/wayfinding?\(route.question)",
                    createdAt: tx.now
                ),
                in: tx
            )
        }
    }

    private func note(
        _ report: BarrierReport,
        _ text: String,
        by name: String,
        in tx: WriteTransaction
    ) throws {
        try Reports.append(
            ReportEvent(
                reportNumber: report.number,
                state: report.state,
                note: text,
                byName: name,
                at: tx.now
            ),
            in: tx
        )
    }

    static func subject(_ report: BarrierReport) -> AuditSubject {
        AuditSubject(kind: "barrierReport", id: report.number)
    }

    /// What is kept of a guest's code.
    static func digest(_ code: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: SHA256.hash(data: Array(code.utf8)).flatMap {
                [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
            },
            as: UTF8.self
        )
    }
}
