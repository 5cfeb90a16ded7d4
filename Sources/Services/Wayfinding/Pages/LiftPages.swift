import Basics
import Routing
import Web

/// The lifts of the city and what their sources say.
struct LiftPage: Sendable {
    let lifts: [CityLift]
    let statuses: [String: [LiftStatus]]
    /// Whether the person may set them.
    let isOfficer: Bool
    var refusal: Bilingual?
    /// What an import came to.
    var imported: Bilingual?

    func page(in context: PageContext) -> Page {
        let standings = lifts.map { LiftStanding(statuses[$0.id] ?? []) }
        return Page(
            title: context.text("승강기 상태", "Lifts"),
            breadcrumbs: [WayLinks.homeCrumb(context)],
            lead: HTML(
                text: context.text(
                    "멈춘 승강기는 모든 길찾기가 피해 갑니다. 정보가 서로 다르면 확인되지 않은 것으로 봅니다.",
                    "Routes avoid lifts that stand still; where sources disagree, nobody is sure."
                )
            ),
            main:
                "\(figures(standings, context))\(map(context))\(list(context))\(importForm(context))",
            notification: notification(context),
            width: .wide,
            density: isOfficer ? .operator : .resident,
            hasErrors: refusal != nil
        )
    }

    private func notification(_ context: PageContext) -> HTML? {
        if let refusal {
            return errorSummary(
                [FieldError(fieldID: nil, message: refusal[context.language])],
                in: context
            )
        }
        return imported.map {
            notificationBanner(NotificationBanner(kind: .success, title: $0[context.language]))
        }
    }

    private func figures(_ standings: [LiftStanding], _ context: PageContext) -> HTML {
        keyFigures(
            LiftStanding.allCases.map { standing in
                KeyFigure(
                    label: standing.title[context.language],
                    value: String(standings.count { $0 == standing }),
                    unit: context.text("대", "")
                )
            }
        )
    }

    private func map(_ context: PageContext) -> HTML {
        guard !lifts.isEmpty else { return .empty }
        return mapFrame(
            MapFrame(
                caption: ChartCaption(
                    id: "lifts-map",
                    title: context.text("승강기 위치", "Where the lifts are"),
                    summary: context.text("승강기 \(lifts.count)대", "\(lifts.count) lifts")
                ),
                nameTitle: context.text("승강기", "Lift"),
                noteTitle: context.text("상태", "State"),
                places: lifts.map { lift in
                    .init(
                        name: lift.name,
                        position: lift.position.mapPosition,
                        note: LiftStanding(statuses[lift.id] ?? []).tag(context)
                    )
                }
            ),
            in: context
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !lifts.isEmpty else {
            return emptyState(
                title: context.text("지도에 승강기가 없습니다", "The map has no lift"),
                text: context.text("다른 지도를 쓰는지 확인해 주세요.", "See which map is set.")
            )
        }
        return HTML(each: lifts) { lift in
            section(
                lift.name,
                id: "lift-\(lift.id)",
                """
                <p>\(LiftStanding(statuses[lift.id] ?? []).tag(context))</p>\
                \(sources(statuses[lift.id] ?? [], context))\
                \(isOfficer ? setting(lift, context) : .empty)
                """
            )
        }
    }

    private func sources(_ statuses: [LiftStatus], _ context: PageContext) -> HTML {
        guard !statuses.isEmpty else { return .empty }
        let items = HTML(each: statuses) { status in
            let source =
                status.source == LiftStatus.officer
                ? context.text("담당자", "Officer") : status.source
            let word =
                status.isWorking
                ? context.text("운행 중", "in service") : context.text("운행 중지", "out of service")
            let back = status.returnsOn.map {
                context.text(", \($0.iso) 복구 예정", ", expected back \($0.iso)")
            }
            let note = status.note.isEmpty ? "" : " – \(status.note)"
            return """
                <li>\(source): \(word)\(back)\(note) (\(dateText(status.at, in: context)))</li>
                """
        }
        return "<ul>\(items)</ul>"
    }

    private func setting(_ lift: CityLift, _ context: PageContext) -> HTML {
        // Several forms on a page: the names of their fields carry the lift.
        let fields = [
            FormField(
                name: "standing-\(lift.id)",
                label: context.text("담당자가 확인한 상태", "As the officer found it"),
                control: .select([
                    .init(value: "out", label: context.text("운행 중지", "Out of service")),
                    .init(value: "in", label: context.text("운행 중", "In service")),
                    .init(value: "forget", label: context.text("내 확인 지우기", "Take back")),
                ]),
                isRequired: true
            ),
            FormField(
                name: "returnsOn-\(lift.id)",
                label: context.text("복구 예정일", "Expected back"),
                control: .date(earliest: context.now.date)
            ),
            FormField(
                name: "note-\(lift.id)",
                label: context.text("사유", "Reason"),
                autocomplete: "off",
                maximumLength: LiftStatus.maximumNoteCharacterCount
            ),
        ]
        return """
            <details><summary>\(context.text("상태 바꾸기", "Change"))\
            <span class="unseen"> \(lift.name)</span></summary>\
            \(form(action: .path("wayfinding", "lifts", lift.id), context: context) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([button(context.text("저장", "Save"), style: .secondary)]))
                """
            })</details>
            """
    }

    private func importForm(_ context: PageContext) -> HTML {
        guard isOfficer else { return .empty }
        return section(
            context.text("고장 목록 가져오기", "Bring in a list of outages"),
            form(action: Link("/wayfinding/lifts"), context: context, takesFiles: true) {
                """
                <p class="hint">\(context.text(
                    "CSV나 XLSX: 승강기(이름), 상태(고장·운행), 복구예정일, 사유. 프로그램은 /api/wayfinding/lifts에 접근 키로 보냅니다.",
                    "CSV or XLSX: lift, status, returnsOn, note. Programs post to /api/wayfinding/lifts."
                ))</p>\
                \(formField(
                    FormField(
                        name: "source",
                        label: context.text("출처", "Source"),
                        isRequired: true,
                        autocomplete: "off",
                        maximumLength: LiftStatus.maximumSourceCharacterCount
                    ),
                    in: context))\
                \(formField(
                    FormField(
                        name: "file",
                        label: context.text("파일", "File"),
                        control: .file(
                            FileUpload(
                                acceptedTypes: [".csv", ".xlsx"],
                                maximumByteCount: OutageFile.maximumByteCount
                            )
                        ),
                        isRequired: true
                    ),
                    in: context))\
                \(buttonRow([button(context.text("가져오기", "Bring in"), style: .secondary)]))
                """
            }
        )
    }
}

extension LiftStanding {
    /// The standing as a tag.
    func tag(_ context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .outOfService: .refused
            case .contradictory: .attention
            case .working: .done
            case .unknown: .neutral
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}
