import Basics
import Identity
import Web

/// One account with what it may do, and what an administrator can do about it.
struct AdministeredAccountPage {
    let account: AdministeredAccount
    let words: AccountWords
    var grantForm: GrantForm
    /// What was done just now.
    var done: AccountDeed?
    /// Why something could not be done, where it belongs to no field.
    var refusal: String?

    func page(in context: PageContext) -> Page {
        let record = account.record
        return Page(
            title: record.displayName,
            breadcrumbs: [AdminPlaces.crumb(context)],
            main: """
                \(summary(context))\(facts(context))\(grants(context))\(giving(context))\
                \(signingIn(context))
                """,
            notification: done.map {
                notificationBanner(
                    NotificationBanner(kind: .success, title: $0.message[context.language])
                )
            },
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil || !grantForm.errors.isEmpty
        )
    }

    /// Whether this administrator can change the account.
    private var isOpen: Bool { account.isWithinReach }

    private func summary(_ context: PageContext) -> HTML {
        let own = refusal.map { [FieldError(fieldID: nil, message: $0)] } ?? []
        let fields = grantForm.fields(in: context).compactMap { field in
            field.error.map { FieldError(fieldID: field.id, message: $0) }
        }
        return errorSummary(own + fields, in: context)
    }

    private func facts(_ context: PageContext) -> HTML {
        let record = account.record
        let language = context.language
        func row(_ korean: String, _ english: String, _ value: HTML) -> SummaryList.Row {
            SummaryList.Row(context.text(korean, english), value)
        }
        func yes(_ isSet: Bool) -> HTML {
            "\(isSet ? context.text("예", "Yes") : context.text("아니요", "No"))"
        }
        return summaryList(
            SummaryList([
                row("상태", "State", record.state.tag(in: context)),
                row("구분", "Kind", "\(record.kind.title[language])"),
                row("아이디", "Sign-in name", "<code>\(record.loginName)</code>"),
                row("전자우편", "E-mail", "\(record.email ?? "–")"),
                row("전화", "Telephone", "\(record.telephone ?? "–")"),
                row(
                    "소속 기관",
                    "Organization",
                    record.organization.map { "\(words.organizationTitle($0)[language])" } ?? "–"
                ),
                row("만든 때", "Made", dateText(record.createdAt, in: context)),
                row(
                    "마지막 로그인",
                    "Last sign-in",
                    record.lastSignInAt.map { dateText($0, in: context) }
                        ?? "\(context.text("없음", "Never"))"
                ),
                row("두 번째 확인(OTP)", "Second factor", yes(account.hasSecondFactor)),
                row("기관 계정과 연결", "Linked to a provider", yes(account.isLinked)),
                row("새 비밀번호 필요", "Must choose a password", yes(account.mustChangePassword)),
                row("열린 로그인", "Open sessions", "\(account.sessionCount.grouped)"),
            ]),
            in: context
        )
    }

    private func grants(_ context: PageContext) -> HTML {
        let language = context.language
        let link = AdminPlaces.account(account.record.id)
        let rows: [[HTML]] = account.record.grants.map { grant in
            let take = form(action: Link(link.target + "/grants/take"), context: context) {
                """
                \(GrantForm.hidden(grant))\(button(
                    context.text("거두기", "Take"), style: .quiet,
                    more: ["aria-label": context.text(
                        "\(words.roleTitle(grant.role).korean) 거두기",
                        "Take \(words.roleTitle(grant.role).english)")]))
                """
            }
            return [
                "\(words.roleTitle(grant.role)[language])",
                "\(words.organizationTitle(grant.organization)[language])",
                "\(words.serviceTitle(grant.service)[language])", isOpen ? take : "–",
            ]
        }
        return titledTable(
            context.text("권한", "Grants"),
            id: "grants",
            columns: [
                .init(context.text("역할", "Role"), isRowHeader: true),
                .init(context.text("기관", "Organization")),
                .init(context.text("서비스", "Service")), .init(context.text("거두기", "Take")),
            ],
            rows: rows,
            emptyText: context.text("받은 권한이 없습니다.", "It holds no grant."),
            in: context
        )
    }

    private func giving(_ context: PageContext) -> HTML {
        guard isOpen else {
            return notificationBanner(
                NotificationBanner(
                    title: context.text(
                        "이 계정의 권한은 내가 관리하는 범위보다 넓어서 바꿀 수 없습니다.",
                        "This account reaches further than you do, so you cannot change it."
                    )
                )
            )
        }
        let link = AdminPlaces.account(account.record.id)
        return section(
            context.text("권한 주기", "Give a grant"),
            form(action: Link(link.target + "/grants"), context: context) {
                """
                \(HTML(each: grantForm.fields(in: context)) { formField($0, in: context) })\
                \(button(context.text("주기", "Give")))
                """
            }
        )
    }

    private func signingIn(_ context: PageContext) -> HTML {
        guard isOpen else { return .empty }
        let deeds = AccountDeed.offered(for: account)
        return section(
            context.text("로그인 관리", "Signing in"),
            summaryList(
                SummaryList(
                    deeds.map { deed in
                        SummaryList.Row(
                            deed.effect[context.language],
                            form(
                                action: Link(
                                    AdminPlaces.account(account.record.id).target + "/"
                                        + deed.path
                                ),
                                context: context
                            ) {
                                button(
                                    deed.title[context.language],
                                    style: deed == .suspended ? .warning : .secondary
                                )
                            }
                        )
                    }
                ),
                in: context
            )
        )
    }
}
