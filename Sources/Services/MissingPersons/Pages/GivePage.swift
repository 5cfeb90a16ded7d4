import Basics
import Footage
import Web

/// What leaves the case: the packet for the police, and the end of the case.
struct GivePage: Sendable {
    let file: CaseFile
    let packets: [GivenPacket]
    let cameraNames: [UInt32: String]
    var refusal: Bilingual?

    func page(in context: PageContext) -> Page {
        let search = file.search
        return Page(
            title: context.text("제공·종결", "Give and close"),
            breadcrumbs: Ways.crumbs(search, context: context),
            main: """
                \(Ways.tabs(search, "give", context))\(give(context))\(given(context))\(end(context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func give(_ context: PageContext) -> HTML {
        let confirmed = file.marks.filter { $0.verdict == .confirmed }
        let title = context.text("경찰에 제공할 묶음", "Packet for the police")
        guard !confirmed.isEmpty else {
            return section(
                title,
                """
                <p>\(context.text(
                    "본인으로 확인한 목격이 있어야 묶음을 만들 수 있습니다.",
                    "A packet needs at least one confirmed sighting."))</p>
                """
            )
        }
        let recipient = FormField(
            name: "recipient",
            label: context.text("받는 기관·담당자", "Who gets it"),
            isRequired: true,
            values: [file.search.requester],
            autocomplete: "off",
            maximumLength: MissingPerson.maximumLineCharacterCount
        )
        let lead = context.text(
            "확인한 목격 \(confirmed.count)건의 정지영상(다른 사람은 모두 가림), 동선, 누가 요청했는지가 해시 사슬과 함께 ZIP 하나에 들어갑니다.",
            "\(confirmed.count) pictures with everybody else masked, the route and who asked, in one ZIP with a hash chain."
        )
        return section(
            title,
            """
            <p>\(lead)</p>\(form(action: Ways.part(file.search.id, "packets"), context: context) {
                """
                \(formField(recipient, in: context))\
                \(buttonRow([button(context.text("묶음 만들어 받기", "Make and download it"))]))
                """
            })
            """
        )
    }

    private func given(_ context: PageContext) -> HTML {
        titledTable(
            context.text("제공한 묶음", "Packets given"),
            columns: [
                .init(context.text("번호", "No."), isNumeric: true, isRowHeader: true),
                .init(context.text("제공한 때", "When")), .init(context.text("받은 곳", "To")),
                .init(context.text("목격", "Sightings"), isNumeric: true),
                .init(context.text("확인값", "Root of the chain"), isWide: true),
            ],
            rows: packets.map { packet in
                [
                    "\(packet.number)", dateText(packet.givenAt, in: context),
                    "\(packet.recipient)", "\(packet.sightingCount)", "<code>\(packet.root)</code>",
                ]
            },
            emptyText: context.text("아직 없습니다.", "None yet."),
            in: context
        )
    }

    private func end(_ context: PageContext) -> HTML {
        let outcome = FormField(
            name: "outcome",
            label: context.text("결과", "Outcome"),
            control: .radios(
                SearchOutcome.allCases.map {
                    .init(value: $0.rawValue, label: $0.title[context.language])
                }
            ),
            isRequired: true
        )
        return section(
            context.text("사건 끝내기", "Close the case"),
            id: "close",
            """
            <p>\(context.text(
                "사진과 판단, 목격의 이름, 열람 권한이 지워지고 사건의 열쇠가 파기됩니다. 되돌릴 수 없습니다.",
                "Photos, decisions, the names of sightings and the right to look are erased, and the key of the case is destroyed. There is no way back."))</p>\
            \(form(action: Ways.part(file.search.id, "close"), context: context) {
                """
                \(formField(outcome, in: context))\
                \(buttonRow([
                    button(context.text("끝내고 파기", "Close and erase"), style: .warning)]))
                """
            })
            """
        )
    }
}
