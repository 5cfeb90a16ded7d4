import Basics
import Eligibility
import Programmes
import Web

/// The form that asks a family for what its timeline starts from; what was typed is not forgotten.
struct FamilyForm: Sendable {
    /// How many children the form asks for; more stay as they were told elsewhere.
    static let askedChildCount = 5

    /// What the form asks beside the children: it decides the first programmes of every family.
    private static let askedFacts = [
        "seoulResident", "seoulSince", "bothParentsForeign", "healthInsurance",
    ]

    private var typed: [String: String] = [:]
    private var facts: FactFields
    private(set) var errors: [String: Bilingual] = [:]

    /// A form with what is known.
    init(_ answers: Answers, on date: LocalDate, in rules: RuleCatalogue) {
        facts = FactFields(Self.askedFacts.compactMap(rules.fact), answers: answers.facts)
        guard let family = Family(answers, on: date, in: rules) else { return }
        typed["due"] = family.dueDate?.iso
        typed["expected"] = String(family.expectedCount)
        for (index, born) in family.birthDates.sorted().enumerated() {
            typed["child\(index + 1)"] = born.iso
        }
    }

    /// A form that was sent.
    init(_ fields: FormFields, in rules: RuleCatalogue) {
        facts = FactFields(Self.askedFacts.compactMap(rules.fact), form: fields)
        for name in Self.names { typed[name] = fields.text(name) }
    }

    private static var childNames: [String] { (1...askedChildCount).map { "child\($0)" } }
    private static var names: [String] { ["due", "expected"] + childNames }

    /// Writes what was typed into answers; false where something is wrong, and the fields say what.
    mutating func fill(_ answers: inout Answers, on date: LocalDate) -> Bool {
        let due = day("due")
        if let due,
            due.daysSinceEpoch - date.daysSinceEpoch > Family.maximumDaysToBirth || due <= date
        {
            errors["due"] = Bilingual(
                "내일부터 \(date.adding(days: Family.maximumDaysToBirth))까지의 날을 적어 주세요.",
                "Give a day from tomorrow to \(date.adding(days: Family.maximumDaysToBirth))."
            )
        }
        let born = Self.childNames.compactMap { name -> LocalDate? in
            let born = day(name)
            if let born, born > date || date.daysSinceEpoch - born.daysSinceEpoch > 40 * 366 {
                errors[name] = Bilingual("지난 생일을 적어 주세요.", "Give a birthday that has been.")
            }
            return born
        }
        let values = facts.read(on: date, isRequired: false)
        guard errors.isEmpty, facts.errors.isEmpty else { return false }
        // Children beyond those the form has room for stay.
        let known = answers.people.filter { $0.relation == "child" }.compactMap(\.birthDate)
        let others = known.sorted().dropFirst(Self.askedChildCount)
        let count = typed["expected"].flatMap(Int.init) ?? 1
        let family = Family(
            known: Situation(date: date),
            birthDates: born + others,
            dueDate: due,
            expectedCount: min(max(1, count), Family.maximumExpectedCount)
        )
        family.write(to: &answers, on: date)
        for fact in facts.facts {
            if let value = values[fact.name] {
                answers.answer(fact.name, value)
            } else {
                answers.forget(fact.name)
            }
        }
        return true
    }

    private mutating func day(_ name: String) -> LocalDate? {
        guard let text = typed[name] else { return nil }
        if let date = LocalDate(iso: text) { return date }
        errors[name] = Bilingual(
            "달력에 있는 날을 2026-05-10처럼 적어 주세요.",
            "Write a date of the calendar as 2026-05-10."
        )
        return nil
    }

    func page(in context: PageContext) -> Page {
        let fields = fields(context)
        return Page(
            title: context.text("우리 가족", "Our family"),
            breadcrumbs: [
                StartPage.crumb(context),
                Breadcrumb(title: context.text("시간표", "Timeline"), link: TimelinePage.link),
            ],
            lead: HTML(
                text: context.text(
                    "해당하는 것만 적으면 됩니다. 로그인하지 않으면 하루 뒤에 지웁니다.",
                    "Fill in only what applies. Without signing in it is forgotten after a day."
                )
            ),
            main: """
                \(errorSummary(of: fields, in: context))\
                \(form(action: TimelinePage.familyLink, context: context) {
                    """
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("시간표 보기", "Show the timeline")))
                    """
                })
                """,
            hasErrors: !errors.isEmpty || !facts.errors.isEmpty
        )
    }

    private func fields(_ context: PageContext) -> [FormField] {
        let language = context.language
        func date(_ name: String, _ label: String, hint: String? = nil) -> FormField {
            FormField(
                name: name,
                label: label,
                control: .date(),
                hint: hint,
                error: errors[name]?[language],
                values: [typed[name] ?? ""]
            )
        }
        let counts = (1...Family.maximumExpectedCount).map {
            FormField.Choice(
                value: String($0),
                label: $0 == 1
                    ? context.text("한 명", "One")
                    : context.text("\($0)명(다태아)", "\($0) at once")
            )
        }
        return [
            date(
                "due",
                context.text("출산 예정일", "Due date"),
                hint: context.text("임신 중이면 적어 주세요.", "If you are expecting.")
            ),
            FormField(
                name: "expected",
                label: context.text("태어날 아이", "Children expected"),
                control: .select(counts),
                values: [typed["expected"] ?? "1"]
            ),
        ]
            + Self.childNames.enumerated().map { index, name in
                date(name, context.text("아이 \(index + 1)의 생년월일", "Birthday of child \(index + 1)"))
            }
            + facts.fields(labels: .question, isRequired: false, in: context)
    }
}
