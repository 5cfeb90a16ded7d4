import Basics
import Web

/// One entry of the staff directory.
struct PersonPage: Sendable {
    let person: Person
    let organization: Organization?
    /// Whether the reader keeps this entry.
    let isKeeper: Bool

    func page(in context: PageContext) -> Page {
        let title = "\(person.position) \(person.name)"
        return Page(
            title: title,
            breadcrumbs: [PeopleListPage.crumb(context)],
            lead: person.sampleTag(in: context).map { tag in
                """
                \(tag) \(context.text(
                    "이런 사람은 없습니다. 표본 도시를 위해 만들어 냈습니다.",
                    "There is no such person: the entry is made up for the sample city."))
                """
            },
            main: "\(facts(context))\(keeping(context))",
            source: PageSource(
                name: context.text("소속 기관", "The organization"),
                updatedAt: person.updatedAt
            )
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let telephone = Link(external: "tel:\(person.telephone)")
        let mail = person.email.flatMap { Link(external: "mailto:\($0)") }
        let organizationLink = Link("/people", query: [("organization", person.organizationID)])
        var rows: [SummaryList.Row] = [
            .init(
                context.text("기관", "Organization"),
                """
                <a href="\(organizationLink)">\
                \(organization?.title[context.language] ?? person.organizationID)</a>
                """
            ),
            .init(context.text("부서", "Department"), "\(person.department)"),
            .init(context.text("담당업무", "Duties"), "\(person.duty)"),
            .init(
                context.text("전화", "Telephone"),
                telephone.map { "<a href=\"\($0)\">\(person.telephone)</a>" }
                    ?? "\(person.telephone)"
            ),
            .init(
                context.text("전자우편", "E-mail"),
                mail.map { "<a href=\"\($0)\">\(person.email)</a>" } ?? "–"
            ),
        ]
        if isKeeper {
            let linked =
                person.accountID == nil
                ? context.text("없음", "None") : context.text("연결됨", "Linked")
            rows.append(.init(context.text("로그인 계정", "Account"), "\(linked)"))
        }
        return summaryList(SummaryList(rows), in: context)
    }

    private func keeping(_ context: PageContext) -> HTML {
        guard isKeeper else { return .empty }
        let link = person.link.target
        return section(
            context.text("이 안내 관리", "Keep this entry"),
            """
            <p>\(linkButton(context.text("고치기", "Change"), Link(link + "/edit")))</p>\
            \(form(action: Link(link + "/remove"), context: context) {
                button(context.text("지우기", "Remove"), style: .warning)
            })
            """
        )
    }
}

/// The form to add or change an entry.
struct PersonFormPage: Sendable {
    let form: PersonForm
    /// The entry that is changed; nothing where one is added.
    let person: Person?
    let idempotencyKey: String

    func page(in context: PageContext) -> Page {
        let fields = form.fields(in: context)
        var crumbs = [PeopleListPage.crumb(context)]
        if let person {
            crumbs.append(
                Breadcrumb(title: "\(person.position) \(person.name)", link: person.link)
            )
        }
        return Page(
            title: person == nil
                ? context.text("직원 더하기", "Add an entry")
                : context.text("직원 안내 고치기", "Change the entry"),
            breadcrumbs: crumbs,
            main: """
                \(errorSummary(of: fields, in: context))\
                \(Web.form(
                    action: person?.link ?? PeopleListPage.link, context: context,
                    idempotencyKey: idempotencyKey
                ) {
                    """
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("저장", "Save")))
                    """
                })
                """,
            hasErrors: !form.errors.isEmpty
        )
    }
}
