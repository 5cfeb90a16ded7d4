import Basics
import Store
import Web

/// The list of documents.
struct KnowledgeListPage: Sendable {
    var documents: [KnowledgeDocument]
    var words: String
    var status: KnowledgeDocument.Status?
    var number: Int

    func page(in context: PageContext) -> Page {
        let title = context.text("지식 문서", "Documents")
        let start = (number - 1) * Knowledge.pageSize
        let shown = documents.dropFirst(start).prefix(Knowledge.pageSize)
        return Page(
            title: title,
            breadcrumbs: [StartPage.breadcrumb(context)],
            main: """
                \(search(context))\
                <p>\(linkButton(
                    context.text("문서 올리기", "Bring a document in"),
                    Link("/assistant/documents/new"), style: .secondary))</p>\
                \(table(Array(shown), title, context))\
                \(pagination(
                    Pagination(page: number, itemCount: documents.count, pageSize: Knowledge.pageSize),
                    in: context))
                """,
            width: .wide
        )
    }

    private func search(_ context: PageContext) -> HTML {
        let fields = [
            FormField(
                name: "q",
                label: context.text("제목", "Title"),
                control: .text(.search),
                values: [words],
                maximumLength: KnowledgeDocument.maximumTitleLength
            ),
            FormField(
                name: "status",
                label: context.text("상태", "State"),
                control: .select(
                    [.init(value: "", label: context.text("모두", "All"))]
                        + KnowledgeDocument.Status.allCases.map {
                            .init(value: $0.rawValue, label: $0.label[context.language])
                        }
                ),
                values: [status?.rawValue ?? ""]
            ),
        ]
        return form(action: Link("/assistant/knowledge"), method: .get, context: context) {
            HTML(each: fields) { formField($0, in: context) }
                + button(context.text("찾기", "Find"), style: .secondary)
        }
    }

    private func table(
        _ shown: [KnowledgeDocument],
        _ title: String,
        _ context: PageContext
    ) -> HTML {
        guard !shown.isEmpty else {
            return emptyState(
                title: context.text("문서가 없습니다", "No document"),
                text: context.text(
                    "조건을 바꾸거나 문서를 올려 주세요.",
                    "Change the conditions, or bring a document in."
                )
            )
        }
        let language = context.language
        return Web.table(
            DataTable(
                caption: title,
                hidesCaption: true,
                columns: [
                    .init(context.text("제목", "Title"), isRowHeader: true),
                    .init(context.text("종류", "Kind")), .init(context.text("누구의 규정", "Rules of")),
                    .init(context.text("시행일", "In force from")),
                    .init(context.text("상태", "State")),
                ],
                rows: shown.map { document in
                    [
                        "<a href=\"\(document.link)\">\(document.title)</a>",
                        "\(document.kind.label[language])",
                        "\(document.jurisdiction.label[language])",
                        document.effectiveFrom.map { dateText($0, in: context) } ?? "–",
                        document.status.tag(language),
                    ]
                }
            ),
            in: context
        )
    }
}

/// One document with its passages, each a place that answers link to.
struct KnowledgePage: Sendable {
    var document: KnowledgeDocument
    var passages: [KnowledgePassage]
    var isKept: Bool

    func page(in context: PageContext) -> Page {
        Page(
            title: document.title,
            breadcrumbs: [
                StartPage.breadcrumb(context),
                Breadcrumb(
                    title: context.text("지식 문서", "Documents"),
                    link: Link("/assistant/knowledge")
                ),
            ],
            main: """
                \(facts(context))\(keeping(context))\
                <div class="document">\(HTML(each: passages) { passage($0, context) })</div>
                """,
            styles: ["assistant.css"]
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let language = context.language
        var rows: [SummaryList.Row] = [
            .init(context.text("상태", "State"), document.status.tag(language)),
            .init(context.text("종류", "Kind"), "\(document.kind.label[language])"),
            .init(context.text("누구의 규정", "Rules of"), "\(document.jurisdiction.label[language])"),
            .init(context.text("볼 수 있는 사람", "Readers"), "\(document.audience.label[language])"),
        ]
        if let from = document.effectiveFrom {
            rows.append(
                .init(context.text("시행일", "In force from"), dateText(from, in: context))
            )
        }
        if let until = document.effectiveUntil {
            rows.append(.init(context.text("만료일", "Until"), dateText(until, in: context)))
        }
        if !document.contact.isEmpty {
            rows.append(.init(context.text("담당", "In charge"), "\(document.contact)"))
        }
        if let link = Link(external: document.source) {
            rows.append(
                .init(
                    context.text("출처", "Source"),
                    "<a href=\"\(link)\" rel=\"noopener\">\(document.source)</a>"
                )
            )
        }
        if !document.digest.isEmpty {
            let link = Link.path("assistant", "knowledge", document.id, "file")
            rows.append(
                .init(
                    context.text("파일", "File"),
                    "<a href=\"\(link)\" download>\(document.fileName)</a>"
                )
            )
        }
        for item in document.attachments.value {
            let text: HTML =
                item.link(in: document.id).map {
                    "<a href=\"\($0)\" rel=\"noopener\">\(item.name)</a>"
                } ?? "\(item.name)"
            rows.append(.init(context.text("서식·별표", "Forms and annexes"), text))
        }
        return summaryList(SummaryList(rows), in: context)
    }

    private func keeping(_ context: PageContext) -> HTML {
        guard isKept else { return .empty }
        if document.audience == .owner {
            let path = Link.path("assistant", "knowledge", document.id, "remove")
            return form(action: path, context: context) {
                button(context.text("내 문서 지우기", "Remove my document"), style: .warning)
            }
        }
        let path = Link.path("assistant", "knowledge", document.id, "status")
        let buttons = HTML(each: document.status.next) { next in
            form(action: path, context: context) {
                """
                \(hiddenField("status", next.rawValue))\
                \(button(next.deed[context.language], style: .secondary))
                """
            }
        }
        let facts = linkButton(
            context.text("정보 고치기", "Change its facts"),
            .path("assistant", "knowledge", document.id, "facts")
        )
        return """
            <div class="buttons">\(buttons)\(facts)</div>\
            \(FormFilesView(document: document).html(in: context))
            """
    }

    private func passage(_ passage: KnowledgePassage, _ context: PageContext) -> HTML {
        let heading: HTML = passage.topic.isEmpty ? .empty : "<h2>\(passage.topic)</h2>"
        let name = passage.topic.isEmpty ? document.title : passage.topic
        let text = PassageText(passage.body.split(whereSeparator: \.isNewline))
        return """
            <section id="passage-\(String(passage.id))">\(heading)\
            \(text.html(tableName: name, in: context))</section>
            """
    }
}

extension KnowledgeDocument.Status {
    /// What is done to get there.
    var deed: Bilingual {
        switch self {
        case .draft: Bilingual("초안으로 되돌리기", "Back to draft")
        case .reviewed: Bilingual("검토 완료", "Reviewed")
        case .effective: Bilingual("시행하기", "Put in force")
        case .expired: Bilingual("폐지하기", "Expire")
        }
    }

    func tag(_ language: Language) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .draft: .planned
            case .reviewed: .attention
            case .effective: .active
            case .expired: .refused
            }
        return statusTag(StatusTag(label[language], kind: kind))
    }
}
