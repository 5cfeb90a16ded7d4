import Basics
import Identity
import Web

/// A person's access keys, and the form for a new one.
struct KeysPage {
    static let link = Link("/account/keys")

    let keys: [AccessKeySummary]
    /// Every purpose there is, for the words of the list.
    let titles: [KeyPurposeTitle]
    /// The purposes the person may choose.
    let offered: [KeyPurposeTitle]
    /// A name that was refused, as it was typed.
    var name = ""
    var error: String?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("접근 열쇠", "Access keys"),
            breadcrumbs: [AccountPage.crumb(context)],
            lead: HTML(
                text: context.text(
                    "다른 프로그램이 나를 대신해 해치를 쓸 때 보내는 열쇠입니다. 비밀번호처럼 다뤄 주세요.",
                    "What another program sends to use Haechi for you. Treat a key like a password."
                )
            ),
            main: list(context) + new(context),
            width: .wide,
            hasErrors: error != nil
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("내 열쇠", "My keys"),
            columns: [
                .init(context.text("이름", "Name"), isRowHeader: true),
                .init(context.text("쓸 곳", "For")), .init(context.text("만든 때", "Made")),
                .init(context.text("끝나는 때", "Ends")),
                .init(context.text("마지막 사용", "Last used")),
                .init(context.text("없애기", "Revoke")),
            ],
            rows: keys.map { row($0, context) },
            emptyText: context.text("아직 만든 열쇠가 없습니다.", "There are none yet."),
            in: context
        )
    }

    private func row(_ key: AccessKeySummary, _ context: PageContext) -> [HTML] {
        let purposes = key.purposes.map { purpose in
            titles.first { $0.purpose == purpose }?.title[context.language] ?? purpose.rawValue
        }
        let ends = dateText(key.expiresAt, in: context)
        let over = StatusTag(context.text("끝남", "Over"), kind: .attention)
        return [
            "\(key.name)", "\(purposes.joined(separator: ", "))",
            dateText(key.createdAt, in: context),
            key.expiresAt > context.now ? ends : "\(ends) \(statusTag(over))",
            key.lastUsedAt.map { dateText($0, in: context) } ?? "–",
            form(action: Link("/account/keys/revoke"), context: context) {
                """
                \(hiddenField("key", key.id))\
                \(button(
                    context.text("없애기", "Revoke"), style: .quiet,
                    more: ["aria-label": context.text("\(key.name) 없애기", "Revoke \(key.name)")]))
                """
            },
        ]
    }

    private func new(_ context: PageContext) -> HTML {
        let title = context.text("새 열쇠", "A new key")
        guard !offered.isEmpty else {
            return section(
                title,
                "<p>\(context.text("이 계정으로 열쇠를 쓸 곳이 없습니다.", "Nothing takes a key of this account."))</p>"
            )
        }
        let choices = offered.map {
            FormField.Choice(value: $0.purpose.rawValue, label: $0.title[context.language])
        }
        let fields = [
            FormField(
                name: "name",
                label: context.text("이름", "Name"),
                hint: context.text("예: 내 노트북의 대화 프로그램", "For example: the chat on my laptop"),
                error: error,
                isRequired: true,
                values: [name],
                maximumLength: AccessKeys.maximumNameLength
            ),
            FormField(
                name: "purpose",
                label: context.text("쓸 곳", "What it is for"),
                control: .checkboxes(choices),
                isRequired: true,
                values: choices.count == 1 ? choices.map(\.value) : []
            ),
            FormField(
                name: "days",
                label: context.text("기간", "How long"),
                control: .select(
                    AccessKeys.lifetimesInDays.map {
                        .init(value: "\($0)", label: context.text("\($0)일", "\($0) days"))
                    }
                ),
                isRequired: true,
                values: ["\(AccessKeys.lifetimesInDays[0])"]
            ),
        ]
        return section(
            title,
            errorSummary(of: fields, in: context)
                + form(action: Self.link, context: context) {
                    HTML(each: fields) { formField($0, in: context) }
                        + button(context.text("열쇠 만들기", "Make the key"))
                }
        )
    }
}

/// Shows a new key, once.
struct NewKeyPage {
    let key: NewAccessKey

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("새 접근 열쇠", "Your new access key"),
            breadcrumbs: [
                AccountPage.crumb(context),
                Breadcrumb(
                    title: context.text("접근 열쇠", "Access keys"),
                    link: KeysPage.link
                ),
            ],
            lead: HTML(
                text: context.text(
                    "지금만 보입니다. 쓸 프로그램에 옮겨 적어 주세요.",
                    "It is shown only now. Copy it into the program that uses it."
                )
            ),
            main: """
                <p><code>\(key.secret)</code></p>\
                <p>\(key.summary.name) · \(context.text("끝나는 때", "Ends")): \
                \(dateText(key.summary.expiresAt, in: context))</p>\
                \(linkButton(context.text("열쇠 목록", "My keys"), KeysPage.link))
                """
        )
    }
}
