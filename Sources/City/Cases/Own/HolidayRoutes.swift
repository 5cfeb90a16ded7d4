import Basics
import HTTPTypes
import Identity
import Store
import Web

/// The holidays beside those of a fixed date, which the administrator keeps: due dates follow them.
struct HolidayRoutes: Sendable {
    /// The longest name of a holiday, in characters.
    static let maximumTitleCharacterCount = 60

    let store: Store

    func add(to table: inout RouteTable) {
        table.page("/admin/holidays", access: .role(.administrator)) { incoming in
            try await page(incoming, [:])
        }
        table.submission("/admin/holidays", access: .role(.administrator)) { incoming, fields in
            try await save(incoming, fields)
        }
        table.submission("/admin/holidays/{day}/remove", access: .role(.administrator)) {
            incoming,
            _ in
            guard let day = LocalDate(iso: try incoming.pathParameter("day")) else {
                throw Problem.notFound
            }
            try await store.write { tx in
                try CaseHolidays.remove(day, in: tx)
                try record(.delete, day, by: incoming.actor, in: tx)
            }
            return .other(.seeOther(Link("/admin/holidays")))
        }
    }

    private func save(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        let title = fields.text("title") ?? ""
        guard let day = LocalDate(iso: fields.text("day") ?? "") else {
            let errors = ["day": CaseAnswerFault.notADay.message]
            return .page(try await page(incoming, errors, fields), .unprocessableContent)
        }
        guard !title.isEmpty, title.count <= Self.maximumTitleCharacterCount else {
            let fault =
                title.isEmpty
                ? CaseAnswerFault.missing : .tooLong(Self.maximumTitleCharacterCount)
            let errors = ["title": fault.message]
            return .page(try await page(incoming, errors, fields), .unprocessableContent)
        }
        try await store.write { tx in
            try CaseHolidays.save(CaseHoliday(day: day, title: title), in: tx)
            try record(.update, day, by: incoming.actor, in: tx)
        }
        return .other(.seeOther(Link("/admin/holidays")))
    }

    private func record(
        _ action: AuditAction,
        _ day: LocalDate,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: AuditSubject(kind: "holiday", id: day.iso),
            by: actor.auditActor,
            purpose: Purpose(
                code: "cases.holidays",
                Bilingual("처리기한 계산", "Counting of due dates")
            )
        )
    }

    private func page(
        _ incoming: Incoming,
        _ errors: [String: Bilingual],
        _ typed: FormFields? = nil
    ) async throws -> Page {
        let holidays = try await store.read { try CaseHolidays.all(in: $0) }
        let context = incoming.page
        let rows = holidays.map { holiday in
            let remove = Web.form(
                action: .path("admin", "holidays", holiday.day.iso, "remove"),
                context: context
            ) {
                button(
                    context.text("빼기", "Remove"),
                    style: .quiet,
                    more: [
                        "aria-label": context.text(
                            "\(holiday.day.iso) 빼기",
                            "Remove \(holiday.day.iso)"
                        )
                    ]
                )
            }
            return SummaryList.Row(holiday.day.iso, "\(holiday.title) \(remove)")
        }
        let fields = [
            FormField(
                name: "day",
                label: context.text("날짜", "Day"),
                control: .date(),
                error: errors["day"]?[context.language],
                isRequired: true,
                values: [typed?.text("day") ?? ""]
            ),
            FormField(
                name: "title",
                label: context.text("이름", "Name"),
                hint: context.text("예: 임시공휴일", "Such as a one-time holiday"),
                error: errors["title"]?[context.language],
                isRequired: true,
                values: [typed?.text("title") ?? ""],
                maximumLength: Self.maximumTitleCharacterCount
            ),
        ]
        return Page(
            title: context.text("공휴일", "Holidays"),
            lead: HTML(
                text: context.text(
                    "날짜가 정해진 공휴일과 대체공휴일은 저절로 셉니다. 음력 명절과 임시공휴일만 여기에 적습니다.",
                    "Holidays of a fixed date and their substitutes are counted by themselves."
                )
            ),
            main: """
                \(errorSummary(of: fields, in: context))\
                \(Web.form(action: Link("/admin/holidays"), context: context) {
                    HTML(each: fields) { formField($0, in: context) }
                        + button(context.text("더하기", "Add"))
                })\(summaryList(SummaryList(rows), in: context))
                """,
            hasErrors: !errors.isEmpty
        )
    }
}
