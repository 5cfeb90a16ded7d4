import Basics
import Footage
import Store
import Vision
import Web

/// One case: what is known, who may look until when, the photos, and who looked.
struct CasePage: Sendable {
    let file: CaseFile
    let audit: [AuditRecord]
    let auditTitles: [String: Bilingual]
    /// The names of those in the audit, by their ids.
    let auditNames: [String: String]
    let live: [LiveSighting]
    let cameraNames: [UInt32: String]
    let isOwn: Bool
    let mayDecide: Bool
    let now: Instant
    var refusal: Bilingual?

    private var search: SearchCase { file.search }

    func page(in context: PageContext) -> Page {
        Page(
            title: search.number,
            breadcrumbs: Ways.crumbs(context: context),
            lead: search.state.tag(context),
            main: """
                \(Ways.tabs(search, "", context))\(notices(context))\(facts(context))\
                \(decision(context))\(photos(context))\(watch(context))\(moreTime(context))\
                \(certificate(context))\(trail(context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil,
            styles: ["missing.css"]
        )
    }

    private func notices(_ context: PageContext) -> HTML {
        if search.state == .open, file.person == nil {
            return warning(
                context.text(
                    "백업에서 되살린 사건이라 열쇠가 없습니다. 끝내고 새로 접수해 주세요.",
                    "This case came back from a backup without its key. Close it and open a new one."
                )
            )
        }
        if search.state == .open, search.expiresAt <= now {
            return warning(
                context.text(
                    "승인 기간이 끝나 영상을 볼 수 없습니다. 아래에서 연장을 요청하거나 사건을 끝내 주세요.",
                    "The approval has run out. Ask for more time below, or close the case."
                )
            )
        }
        if search.state == .waiting {
            return warning(
                context.text(
                    "다른 승인자의 승인을 기다리고 있습니다.",
                    "This waits for the approval of a second person."
                )
            )
        }
        return .empty
    }

    private func warning(_ text: String) -> HTML {
        notificationBanner(NotificationBanner(kind: .warning, title: text))
    }

    private func facts(_ context: PageContext) -> HTML {
        var rows: [SummaryList.Row] = [
            .init(context.text("유형", "Who"), "\(search.kind.title[context.language])"),
            .init(context.text("신고번호", "Report"), "\(search.reportNumber)"),
            .init(context.text("요청", "Asked by"), "\(search.requester)"),
            .init(context.text("근거", "Ground"), "\(search.basis.title[context.language])"),
        ]
        if let person = file.person {
            let colours = [person.upper, person.lower].map { code in
                code.flatMap(ColourName.init)?.title[context.language] ?? "?"
            }
            rows += [
                .init(context.text("부르는 이름", "Called"), "\(person.alias)"),
                .init(context.text("인상착의", "Description"), "\(person.description)"),
                .init(
                    context.text("옷 색", "Clothes"),
                    "\(context.text("상의", "upper")) \(colours[0]) · \(context.text("하의", "lower")) \(colours[1])"
                ),
                .init(
                    context.text("마지막 목격", "Last seen"),
                    """
                    \(person.lastSeenPlace) (\(cameraNames[person.lastSeenCamera] ?? "")) · \
                    \(dateText(person.lastSeenAt, in: context))
                    """
                ),
            ]
        }
        rows += [
            .init(context.text("범위", "Area"), "\(search.areaTitle[context.language])"),
            .init(
                context.text("기간", "Time"),
                """
                \(dateText(search.startsAt, in: context)) – \(dateText(search.expiresAt, in: context))
                """
            ),
        ]
        if let outcome = search.outcome {
            rows.append(.init(context.text("결과", "Outcome"), "\(outcome.title[context.language])"))
        }
        if !search.decisionNote.isEmpty {
            rows.append(.init(context.text("승인자의 말", "Note"), "\(search.decisionNote)"))
        }
        return summaryList(SummaryList(rows), in: context)
    }

    private func decision(_ context: PageContext) -> HTML {
        guard search.state == .waiting, mayDecide else { return .empty }
        let field = FormField(
            name: "note",
            label: context.text("의견", "Note"),
            control: .textArea(rowCount: 2),
            maximumLength: SearchCase.maximumNoteCharacterCount
        )
        return section(
            context.text("승인", "Approval"),
            form(action: Ways.part(search.id, "decide"), context: context) {
                """
                \(formField(field, in: context))\
                \(buttonRow([
                    button(context.text("승인", "Approve"), name: "decision", value: "approve"),
                    button(
                        context.text("반려", "Refuse"), style: .warning, name: "decision",
                        value: "refuse"),
                ]))
                """
            }
        )
    }

    private func photos(_ context: PageContext) -> HTML {
        guard search.state == .open, isOwn, file.person != nil else { return .empty }
        let items = HTML(each: file.photos) { photo in
            let look = file.looks[photo.number]
            let place = Ways.photo(search.id, photo.number)
            let title = context.text("사진 \(photo.number)", "Photo \(photo.number)")
            let state: HTML =
                look.map {
                    """
                    \(context.text("상의", "Upper")) \($0.upper.title[context.language]) · \
                    \(context.text("하의", "lower")) \($0.lower.title[context.language])
                    """
                }
                ?? statusTag(
                    StatusTag(
                        context.text("사람을 골라 주세요", "Choose the person"),
                        kind: .attention
                    )
                )
            return """
                <li class="card"><h3>\(title)</h3><a href="\(place)"><img \
                src="\(place.file("picture"))" alt="\(title)"></a><p>\(state)</p></li>
                """
        }
        let upload = FormField(
            name: "file",
            label: context.text("사진 올리기", "Add a photo"),
            control: .file(
                FileUpload(
                    acceptedTypes: [".jpg", ".jpeg", ".png"],
                    maximumByteCount: CasePhoto.maximumByteCount
                )
            ),
            hint: context.text(
                "실종 당일의 옷차림이 보이는 사진. 옷차림만 쓰고 얼굴은 쓰지 않습니다.",
                "One that shows the clothes of the day. Clothes are used, the face is not."
            ),
            isRequired: true
        )
        return section(
            context.text("사진", "Photos"),
            """
            \(file.photos.isEmpty ? .empty : "<ul class=\"cardgrid sightings\">\(items)</ul>")\
            \(form(action: Ways.part(search.id, "photos"), context: context, takesFiles: true) {
                "\(formField(upload, in: context))\(buttonRow([button(context.text("올리기", "Add"))]))"
            })
            """
        )
    }

    private func watch(_ context: PageContext) -> HTML {
        guard search.state == .open, isOwn, file.person != nil else { return .empty }
        let state =
            file.isWatching
            ? context.text(
                "새 목격이 있으면 알림을 보냅니다. 사건이 끝날 때까지 계속됩니다.",
                "A new sighting sends a notice, until the case is closed."
            )
            : context.text("꺼져 있습니다.", "It is off.")
        let rows = live.map { seen -> [HTML] in
            [
                """
                <a href="\(Ways.sighting(search.id, seen.token))">\
                \(cameraNames[UInt32(seen.camera)] ?? "\(seen.camera)")</a>
                """,
                dateText(seen.seenAt, in: context), "\(percent(seen.score))",
            ]
        }
        let toggle = form(action: Ways.part(search.id, "watch"), context: context) {
            button(
                file.isWatching
                    ? context.text("알림 끄기", "End it") : context.text("알림 켜기", "Begin"),
                style: .secondary,
                name: "watch",
                value: file.isWatching ? "off" : "on"
            )
        }
        return titledTable(
            context.text("실시간 알림", "Live watch"),
            columns: [
                .init(context.text("카메라", "Camera"), isRowHeader: true),
                .init(context.text("시각", "When")),
                .init(context.text("유사도", "Likeness"), isNumeric: true),
            ],
            rows: rows,
            emptyText: context.text("아직 새 목격이 없습니다.", "Nothing new yet."),
            in: context,
            lead: "<p>\(state)</p>",
            more: toggle
        )
    }

    private func moreTime(_ context: PageContext) -> HTML {
        guard search.state == .open, isOwn, file.person != nil else { return .empty }
        let field = FormField(
            name: "hours",
            label: context.text("지금부터", "From now"),
            control: .radios(SearchForm.hourChoices(context)),
            isRequired: true,
            values: [String(SearchForm.hours[1])]
        )
        return section(
            context.text("기간 연장", "More time"),
            form(action: Ways.part(search.id, "extend"), context: context) {
                """
                \(formField(field, in: context))\
                \(buttonRow([button(context.text("연장 요청", "Ask for it"), style: .secondary)]))
                """
            }
        )
    }

    private func certificate(_ context: PageContext) -> HTML {
        guard let report = search.erasure?.value else { return .empty }
        return section(
            context.text("파기 확인서", "Certificate of erasure"),
            id: "erasure",
            """
            \(summaryList(
                SummaryList([
                    .init(context.text("번호", "Number"), "\(report.number)"),
                    .init(context.text("사진", "Photos"), "\(report.photoCount)"),
                    .init(context.text("확인·제외 기록", "Decisions"), "\(report.markCount)"),
                    .init(context.text("목격 이름", "Names of sightings"), "\(report.sightingNameCount)"),
                    .init(context.text("거둔 열람 권한", "Rights taken back"), "\(report.warrantCount)"),
                    .init(
                        context.text("이미 제공한 묶음(받은 기관이 파기)", "Packets given (theirs to erase)"),
                        "\(report.packetCount)"),
                    .init(context.text("파기한 때", "Erased at"), dateText(report.at, in: context)),
                    .init(context.text("담당", "By"), "\(report.by)"),
                ]), in: context))\
            <p>\(context.text(
                "사건의 열쇠를 없앴으므로 백업에 남은 것도 열리지 않습니다. 확인값:",
                "The key of the case is destroyed, so nothing in a backup opens either. Checksum:"))</p>\
            <p class="digest"><code>\(report.digest)</code></p>
            """
        )
    }

    private func trail(_ context: PageContext) -> HTML {
        titledTable(
            context.text("이 사건의 감사기록", "Audit of this case"),
            id: "audit",
            columns: [
                .init(context.text("시각", "When"), isRowHeader: true),
                .init(context.text("한 일", "What")), .init(context.text("누가", "By")),
                .init(context.text("내용", "Details"), isWide: true),
            ],
            rows: audit.map { record in
                [
                    dateText(record.at, in: context),
                    "\(auditTitles[record.action.rawValue]?[context.language] ?? record.action.rawValue)",
                    "\(name(of: record.actor, context))",
                    "\(record.facts(context))",
                ]
            },
            in: context
        )
    }
}

extension CasePage {
    fileprivate func name(of actor: AuditActor, _ context: PageContext) -> String {
        actor.kind == .system
            ? context.text("자동", "Program") : auditNames[actor.id] ?? actor.id
    }
}

extension AuditRecord {
    /// What the facts of a line are called; what is not here is for those who follow a record by hand.
    private static let factTitles: [(name: String, title: Bilingual)] = [
        ("reportNumber", Bilingual("신고번호", "Report")), ("extended", Bilingual("연장", "Extended")),
        ("decision", Bilingual("결정", "Decision")), ("added", Bilingual("올린 사진", "Photo added")),
        ("chosen", Bilingual("고른 사진", "Photo chosen")),
        ("removed", Bilingual("지운 사진", "Photo removed")), ("verdict", Bilingual("판단", "Mark")),
        ("examples", Bilingual("사진 예시", "Photos")), ("like", Bilingual("비슷한 목격", "Alike")),
        ("rejected", Bilingual("제외한 목격", "Rejected")), ("count", Bilingual("건수", "Count")),
        ("view", Bilingual("화면", "View")), ("reason", Bilingual("까닭", "Reason")),
        ("recipient", Bilingual("받는 곳", "To")), ("packet", Bilingual("묶음", "Packet")),
        ("root", Bilingual("해시 사슬 끝", "Chain root")), ("outcome", Bilingual("결과", "Outcome")),
        ("photos", Bilingual("사진 수", "Photos")), ("marks", Bilingual("판단 수", "Marks")),
        ("certificate", Bilingual("증명서", "Certificate")),
    ]

    /// What the values of facts are called that are codes.
    private static let valueTitles: [String: Bilingual] = [
        "approved": Bilingual("승인", "approved"), "refused": Bilingual("반려", "refused"),
        "confirmed": SightingMark.Verdict.confirmed.title,
        "rejected": SightingMark.Verdict.rejected.title, "none": Bilingual("거둠", "taken back"),
        "person": Bilingual("사람만", "the person"), "masked": Bilingual("가림", "masked"),
        "whole": Bilingual("가리지 않음", "nobody masked"),
    ]

    /// The further facts of a line, as a person reads them.
    fileprivate func facts(_ context: PageContext) -> String {
        let known =
            (try? SealedJSON.decode([String: String].self, from: Array(details.utf8))) ?? [:]
        return Self.factTitles.compactMap { name, title in
            guard let value = known[name], value != "0" else { return nil }
            let words = Self.valueTitles[value]?[context.language] ?? value
            return "\(title[context.language]) \(words)"
        }.joined(separator: " · ")
    }
}

/// A likeness as people read it.
func percent(_ score: Double) -> String {
    let hundredths = Int((max(0, min(1, score)) * 100).rounded())
    return "\(hundredths)%"
}

extension Link {
    /// A file under the link.
    func file(_ name: String) -> Link { Link("\(target)/\(Link.encoded(name))") }
}
