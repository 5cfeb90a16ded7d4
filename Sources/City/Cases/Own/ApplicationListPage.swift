import Basics
import City
import Store
import Web

/// The applications of a person: drafts first to go on with, then those under way, then the rest.
struct ApplicationListPage: Sendable {
    let cases: [Case]
    let titles: [String: Bilingual]
    let number: Int
    let total: Int

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("내 신청", "My applications"),
            lead: HTML(
                text: context.text(
                    "쓰던 신청서와 낸 신청, 대신 신청한 것이 여기 있습니다.",
                    "Your drafts, what you sent, and what you sent for others."
                )
            ),
            main: cases.isEmpty ? empty(context) : list(context)
        )
    }

    private func empty(_ context: PageContext) -> HTML {
        emptyState(
            title: context.text("아직 신청한 것이 없습니다", "Nothing yet"),
            text: context.text(
                "받을 수 있는 지원사업을 찾아 신청해 보세요.",
                "Find a programme that fits and apply."
            ),
            actions: [
                linkButton(context.text("지원사업 찾기", "Find a programme"), Link("/programmes"))
            ]
        )
    }

    private func list(_ context: PageContext) -> HTML {
        let cards = cases.map { record in
            card(record, context)
        }
        return """
            \(section(
                context.text("모두 \(total)건", "\(total) in all"), cardGrid(cards)))\
            \(pagination(
                Pagination(page: number, itemCount: total, pageSize: Cases.pageSize), in: context))
            """
    }

    private func card(_ record: Case, _ context: PageContext) -> Card {
        let title = titles[record.procedureID] ?? Bilingual(same: record.procedureID)
        let isDraft = record.state == .draft
        var facts: [HTML] = []
        if !record.receipt.isEmpty { facts.append("\(record.receipt)") }
        if record.proxy != nil {
            facts.append(
                "\(context.text("\(record.applicantName) 님 대신", "for \(record.applicantName)"))"
            )
        }
        for date in CaseCalendar(record: record, title: title).dates {
            facts.append("\(date.words[context.language]) \(dateText(date.day, in: context))")
        }
        if isDraft {
            facts.append(
                "\(context.text("저장", "Saved")) \(dateText(record.updatedAt, in: context))"
            )
        }
        if record.isSample { facts.append("\(context.text("표본", "Sample"))") }
        return Card(
            title: title[context.language],
            link: isDraft ? .path("apply", "cases", record.id) : .path("applications", record.id),
            facts: facts,
            status: record.state.tag(in: context)
        )
    }
}

extension CaseState {
    /// The state as a sign and a word.
    func tag(in context: PageContext) -> StatusTag {
        let kind: StatusTag.Kind =
            switch self {
            case .draft, .waiting: .planned
            case .submitted, .inReview, .selecting, .claimed: .active
            case .correctionRequested: .attention
            case .approved, .fulfilled: .done
            case .refused: .refused
            case .withdrawn, .expired: .neutral
            }
        return StatusTag(title[context.language], kind: kind)
    }
}
