import Basics
import Hosting
import Identity
import Store
import Web

/// A person's notices, and the ways they want to be told.
struct NoticeRoutes {
    let platform: Platform

    func add(to table: inout RouteTable) {
        let store = platform.store
        let publicURL = platform.publicURL
        table.page("/notices", access: .signedIn) { incoming in
            let id = try incoming.accountID()
            let page = incoming.query.pageNumber()
            return try await store.write { tx in
                let found = try Notices.page(page, of: id, in: tx)
                let channels = try Notices.channels(of: id, in: tx)
                try Notices.markRead(of: id, in: tx)
                return NoticesPage(
                    notices: found.notices,
                    total: found.total,
                    number: page,
                    channels: channels
                )
            }.page(in: incoming.page)
        }
        table.submission("/notices/channels", access: .signedIn) { incoming, form in
            let id = try incoming.accountID()
            let channel = try Self.channel(form, of: id, at: incoming.now)
            try await store.write { try Notices.add(channel, in: $0) }
            return .other(.seeOther(Link("/notices")))
        }
        table.submission("/notices/channels/remove", access: .signedIn) { incoming, form in
            let id = try incoming.accountID()
            let channel = form["channel"] ?? ""
            try await store.write { try Notices.remove(channel, of: id, in: $0) }
            return .other(.seeOther(Link("/notices")))
        }
        table.file("/notices/feed/{secret}") { incoming in
            let secret = try incoming.pathParameter("secret")
            let notices = try await store.read { db -> [Notice]? in
                guard let channel = try Notices.channel(feed: secret, in: db) else { return nil }
                return try Notices.page(1, of: channel.accountID, in: db).notices
            }
            guard let notices else { throw Problem.notFound }
            var outgoing = AtomFeed(
                title: incoming.text("내 알림", "My notices"),
                selfLink: .path("notices", "feed", secret),
                pageLink: Link("/notices"),
                publicURL: publicURL,
                author: incoming.page.siteName[incoming.language],
                entries: notices.map { notice in
                    AtomFeed.Entry(
                        id: "notice/\(notice.id)",
                        title: notice.heading[incoming.language],
                        updated: notice.createdAt,
                        link: Link(notice.link),
                        summary: notice.details[incoming.language]
                    )
                }
            ).outgoing(emptyAt: incoming.now)
            outgoing.cache = .never
            return outgoing
        }
    }

    private static func channel(
        _ form: FormFields,
        of accountID: String,
        at now: Instant
    ) throws -> NoticeChannel {
        guard let kind = form["kind"].flatMap(NoticeChannel.Kind.init) else {
            throw Problem.badRequest(Bilingual("알림 방법을 골라 주세요.", "Choose a way."))
        }
        var address = form.text("address") ?? ""
        switch kind {
        case .feed: address = RandomName.make(byteCount: 24)
        case .mail:
            guard address.contains("@"), address.utf8.count <= 254,
                !address.contains(where: { $0.isWhitespace || $0.isNewline })
            else {
                throw Problem.badRequest(
                    Bilingual("전자우편 주소를 확인해 주세요.", "Check the e-mail address.")
                )
            }
        case .webHook:
            guard Link(external: address) != nil, address.hasPrefix("https://"),
                address.utf8.count <= 1000
            else {
                throw Problem.badRequest(
                    Bilingual(
                        "웹훅 주소는 https://로 시작해야 합니다.",
                        "A web hook starts with https://."
                    )
                )
            }
        }
        return NoticeChannel(
            id: RandomName.make(byteCount: 12),
            accountID: accountID,
            kind: kind,
            address: address,
            createdAt: now
        )
    }
}

/// A person's notices.
struct NoticesPage: Sendable {
    var notices: [Notice]
    var total: Int
    var number: Int
    var channels: [NoticeChannel]

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("알림", "Notices"),
            main: """
                \(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Notices.pageSize),
                    in: context))\(ways(context))
                """
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !notices.isEmpty else {
            return emptyState(
                title: context.text("알림이 없습니다", "No notices"),
                text: context.text(
                    "관심사업이나 저장한 검색에 새 소식이 있으면 여기에 모입니다.",
                    "News of what you follow and of your saved searches gathers here."
                )
            )
        }
        return timeline(
            notices.map { notice in
                TimelineEvent(
                    title: notice.heading[context.language],
                    time: dateText(notice.createdAt, in: context),
                    body: """
                        <p>\(notice.details[context.language])</p>\
                        <p><a href="\(Link(notice.link))">\(context.text("보러 가기", "Open"))</a></p>
                        """,
                    phase: notice.readAt == nil ? .current : .past
                )
            },
            in: context
        )
    }

    private func ways(_ context: PageContext) -> HTML {
        let rows: [[HTML]] = channels.map { channel in
            let address: HTML =
                channel.kind == .feed
                ? "<a href=\"\(Link.path("notices", "feed", channel.address))\">Atom</a>"
                : "\(channel.address)"
            let remove = form(action: Link("/notices/channels/remove"), context: context) {
                """
                \(hiddenField("channel", channel.id))\
                \(button(context.text("지우기", "Remove"), style: .quiet))
                """
            }
            return ["\(Self.name(channel.kind)[context.language])", address, remove]
        }
        let known =
            rows.isEmpty
            ? HTML.empty
            : table(
                DataTable(
                    caption: context.text("받는 곳", "Where they go"),
                    columns: [
                        .init(context.text("방법", "Way"), isRowHeader: true),
                        .init(context.text("주소", "Address")),
                        .init(context.text("지우기", "Remove")),
                    ],
                    rows: rows
                ),
                in: context
            )
        let fields = [
            FormField(
                name: "kind",
                label: context.text("방법", "Way"),
                control: .radios(
                    NoticeChannel.Kind.allCases.map {
                        .init(value: $0.rawValue, label: Self.name($0)[context.language])
                    }
                ),
                values: ["mail"]
            ),
            FormField(
                name: "address",
                label: context.text("주소", "Address"),
                hint: context.text(
                    "Atom은 비워 두면 비밀 주소를 만들어 드립니다.",
                    "Leave it empty for Atom: a secret address is made."
                ),
                maximumLength: 1000
            ),
        ]
        return """
            <section><h2>\(context.text("다른 방법으로도 받기", "Other ways to be told"))</h2>\(known)\
            \(form(action: Link("/notices/channels"), context: context) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(button(context.text("더하기", "Add"), style: .secondary))
                """
            })</section>
            """
    }

    private static func name(_ kind: NoticeChannel.Kind) -> Bilingual {
        switch kind {
        case .mail: Bilingual("전자우편", "E-mail")
        case .webHook: Bilingual("웹훅", "Web hook")
        case .feed: Bilingual("Atom 구독", "Atom feed")
        }
    }
}
