import Basics
import Identity
import Web

/// The accounts an administrator keeps: search, choose, open.
struct AccountListPage {
    let query: AccountQuery
    let found: Identity.AccountPage
    let words: AccountWords

    static let pageSize = 50

    /// Reads the query of an address; unknown kinds and states are no condition.
    static func query(_ items: QueryItems) -> AccountQuery {
        AccountQuery(
            words: items.text("q") ?? "",
            kinds: Set(items.all("kind").compactMap(AccountKind.init)),
            states: Set(items.all("state").compactMap(AccountState.init))
        )
    }

    func page(in context: PageContext) -> Page {
        let panel = panel(context)
        let number = context.text("\(found.total.grouped)개", "\(found.total.grouped) accounts")
        return Page(
            title: context.text("계정", "Accounts"),
            lead: """
                <strong>\(number)</strong> · \(context.text(
                    "목록에서는 이름을 가립니다. 여는 기록은 감사 기록에 남습니다.",
                    "Names are masked in the list; each one opened is written to the audit trail."))
                """,
            main: """
                \(AdminPlaces.tabs(in: context))\(appliedFilters(panel, in: context))\
                \(list(context))\(pagination(
                    Pagination(
                        page: found.number, itemCount: found.total, pageSize: Self.pageSize),
                    in: context))
                """,
            width: .wide,
            density: .operator,
            aside: filterPanel(panel, in: context),
            actions: linkButton(
                context.text("계정 만들기", "New account"),
                AdminPlaces.newAccount,
                style: .primary
            )
        )
    }

    private func panel(_ context: PageContext) -> FilterPanel {
        func option<Value: RawRepresentable>(
            _ value: Value,
            _ title: Bilingual,
            _ count: Int?,
            _ isSelected: Bool
        ) -> FilterPanel.Option where Value.RawValue == String {
            FilterPanel.Option(
                value: value.rawValue,
                label: title[context.language],
                count: count ?? 0,
                isSelected: isSelected
            )
        }
        return FilterPanel(
            action: AdminPlaces.accounts,
            searchLabel: context.text("이름·아이디·전자우편", "Name, sign-in name, e-mail"),
            searchText: query.words,
            facets: [
                FilterPanel.Facet(
                    name: "kind",
                    title: context.text("구분", "Kind"),
                    options: AccountKind.allCases.map {
                        option($0, $0.title, found.kindCounts[$0], query.kinds.contains($0))
                    }
                ),
                FilterPanel.Facet(
                    name: "state",
                    title: context.text("상태", "State"),
                    options: AccountState.allCases.map {
                        option($0, $0.title, found.stateCounts[$0], query.states.contains($0))
                    }
                ),
            ],
            kept: []
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !found.accounts.isEmpty else {
            return emptyState(
                title: context.text("찾은 계정이 없습니다", "No account found"),
                text: context.text(
                    "낱말을 줄이거나 조건을 빼 보세요.",
                    "Use fewer words or remove a condition."
                ),
                actions: [
                    linkButton(context.text("모든 계정 보기", "All accounts"), AdminPlaces.accounts)
                ]
            )
        }
        let language = context.language
        let rows: [[HTML]] = found.accounts.map { account in
            [
                """
                <a href="\(AdminPlaces.account(account.id))">\(account.maskedDisplayName) \
                <small>\(account.maskedLoginName)</small></a>
                """,
                "\(account.kind.title[language])",
                account.organization.map { "\(words.organizationTitle($0)[language])" } ?? "–",
                account.state.tag(in: context),
                account.lastSignInAt.map { dateText($0, in: context) }
                    ?? "\(context.text("없음", "Never"))",
            ]
        }
        return table(
            DataTable(
                caption: context.text("찾은 계정", "Accounts found"),
                hidesCaption: true,
                columns: [
                    .init(context.text("이름과 아이디", "Name and sign-in name"), isRowHeader: true),
                    .init(context.text("구분", "Kind")),
                    .init(context.text("기관", "Organization")),
                    .init(context.text("상태", "State")),
                    .init(context.text("마지막 로그인", "Last sign-in")),
                ],
                rows: rows
            ),
            in: context
        )
    }
}
