import Basics
import Identity
import Web

/// The procedures whose texts may be seen.
struct TextProceduresPage: Sendable {
    static let link = Link("/desk/texts")

    let procedures: [CaseProcedure]
    let proposals: [String: Set<String>]
    /// Whether the reader works at the desk.
    let isOfficer: Bool

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("신청 문구", "Texts"), link: link)
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("신청 문구", "Texts of applications"),
            lead: """
                \(context.text(
                    "신청하는 사람이 읽는 서류 안내, 통지서와 알림의 문구입니다.",
                    "What applicants read of documents, in letters and in notices."))
                """,
            main: "\(isOfficer ? Desk.tabs("/desk/texts", context) : .empty)\(list(context))",
            width: .wide,
            density: .operator
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("절차", "Procedures"),
            columns: [
                .init(context.text("절차", "Procedure"), isRowHeader: true),
                .init(context.text("결재", "Approval")),
                .init(context.text("결재를 기다리는 문구", "Waiting"), isNumeric: true),
            ],
            rows: procedures.map { procedure in
                [
                    """
                    <a href="\(Link.path("desk", "texts", procedure.id))">\
                    \(procedure.title[context.language])</a>
                    """,
                    procedure.needsFourEyes
                        ? "\(context.text("2인", "Two persons"))"
                        : "\(context.text("단독", "One person"))",
                    "\((proposals[procedure.id]?.count ?? 0).grouped)",
                ]
            },
            emptyText: context.text(
                "소속 기관에 신청을 받는 절차가 없습니다.",
                "Your organization takes no applications."
            ),
            in: context
        )
    }
}

/// The texts of one procedure.
struct TextListPage: Sendable {
    let procedure: CaseProcedure
    let documents: [CaseDocumentRequirement]
    /// The names of the texts that wait for a second person.
    let proposals: Set<String>

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text(
                "\(procedure.title.korean): 문구",
                "\(procedure.title.english): texts"
            ),
            breadcrumbs: [TextProceduresPage.crumb(context)],
            main: documentTable(context)
                + HTML(each: CaseSentence.Part.allCases) { sentenceTable($0, context) },
            width: .wide,
            density: .operator
        )
    }

    private func documentTable(_ context: PageContext) -> HTML {
        let keys = documents.flatMap { document in
            CaseTextKey.Aspect.allCases.map { CaseTextKey.document(document.name, $0) }
        }
        return table(Bilingual("서류", "Documents"), keys, context)
    }

    private func sentenceTable(_ part: CaseSentence.Part, _ context: PageContext) -> HTML {
        let sentences = CaseSentence.allCases.filter { $0.part == part }
        return table(part.title, sentences.map { .sentence($0) }, context)
    }

    private func table(_ title: Bilingual, _ keys: [CaseTextKey], _ context: PageContext) -> HTML {
        titledTable(
            title[context.language],
            columns: [
                .init(context.text("문구", "Text"), isRowHeader: true),
                .init(context.text("지금 읽히는 말", "How it reads now")),
                .init(context.text("상태", "State")),
            ],
            rows: keys.map { row($0, context) },
            emptyText: context.text("내는 서류가 없습니다.", "No document is asked for."),
            in: context
        )
    }

    private func row(_ key: CaseTextKey, _ context: PageContext) -> [HTML] {
        let described = documents.first { key.isOf($0) }
        let text = procedure.texts?[key] ?? key.original(described)
        return [
            """
            <a href="\(Link.path("desk", "texts", procedure.id, key.name))">\
            \(key.title(described)[context.language])</a>
            """,
            text.korean.isEmpty ? "–" : "\(text[context.language])",
            proposals.contains(key.name)
                ? statusTag(
                    StatusTag(
                        ProcedureTextVersion.State.proposed.title[context.language],
                        kind: .attention
                    )
                )
                : procedure.texts?[key] == nil
                    ? "\(context.text("원래 문구", "Original"))"
                    : "\(context.text("고친 문구", "Worded anew"))",
        ]
    }
}

extension CaseTextKey {
    /// Whether it says something of a document.
    func isOf(_ document: CaseDocumentRequirement) -> Bool {
        if case .document(document.name, _) = self { true } else { false }
    }

    /// What is said where nobody worded it.
    func original(_ document: CaseDocumentRequirement?) -> Bilingual {
        switch self {
        case .sentence(let sentence): sentence.standard
        case .document(_, .title): document?.title ?? Bilingual("", "")
        case .document(_, .hint): document?.hint ?? Bilingual("", "")
        case .document(_, .source): document?.source ?? Bilingual("", "")
        }
    }

    /// What people call it.
    func title(_ document: CaseDocumentRequirement?) -> Bilingual {
        guard case .document(_, let aspect) = self, let document else { return shortTitle }
        return Bilingual(
            "\(document.title.korean): \(aspect.title.korean)",
            "\(document.title.english): \(aspect.title.english)"
        )
    }
}
