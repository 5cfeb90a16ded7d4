import Basics
import HTTPTypes
import Identity
import Korean
import Store
import Web

extension Purpose {
    /// Somebody keeps the words that mean the same.
    static let synonymKeeping = Purpose(
        code: "hosting.synonymKeeping",
        Bilingual("동의어 관리", "Keeping of the synonyms")
    )
}

/// The page of the words that mean the same.
struct SynonymRoutes {
    static let link = Link("/search/synonyms")
    static let access = RouteAccess.anyRole([.administrator, .knowledgeKeeper])

    let platform: Platform

    func add(to table: inout RouteTable) {
        let platform = platform
        table.page(Self.link.target, access: Self.access) { incoming in
            let text = try await platform.store.read { try SharedSynonyms.text(in: $0) }
            return SynonymsPage(text: text).page(in: incoming.page)
        }
        table.submission(
            Self.link.target,
            access: Self.access,
            // A byte of a form is written with three.
            maximumBodyByteCount: SharedSynonyms.maximumByteCount * 3 + 1_024
        ) { incoming, form in
            let text = form["text"] ?? ""
            guard text.utf8.count <= SharedSynonyms.maximumByteCount else {
                throw Problem.tooLarge(maximumByteCount: SharedSynonyms.maximumByteCount)
            }
            let account = try incoming.accountID()
            let actor = incoming.actor
            do {
                try await platform.store.write { tx in
                    try SharedSynonyms.save(text, by: account, in: tx)
                    try tx.record(
                        .saveSynonyms,
                        on: AuditSubject(kind: "synonyms", id: "1"),
                        by: actor.auditActor,
                        purpose: .synonymKeeping
                    )
                }
            } catch let error as KoreanError {
                let page = SynonymsPage(text: text, error: error.message[incoming.language])
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            try await platform.synonyms.refresh(from: platform.store)
            return .other(.seeOther(Self.link))
        }
    }
}

/// The words that mean the same, as text.
struct SynonymsPage: Sendable {
    var text: String
    var error: String?

    func page(in context: PageContext) -> Page {
        let field = FormField(
            name: "text",
            label: context.text("동의어와 줄임말", "Synonyms and abbreviations"),
            control: .textArea(rowCount: 20),
            hint: context.text(
                "한 줄에 한 묶음. 같은 말은 ‘재택근무, 원격근무’, 한쪽으로만은 ‘초근 => 시간외근무’.",
                "One group a line: “a, b” for the same, “a => b” for one direction."
            ),
            error: error,
            values: [text]
        )
        return Page(
            title: context.text("동의어", "Synonyms"),
            breadcrumbs: [CitySearchRoutes.crumb(context)],
            lead: HTML(
                text: context.text(
                    "도시의 모든 검색이 함께 쓰는 낱말입니다. 저장하면 바로 쓰입니다.",
                    "Every search of the city uses these words, from the moment they are saved."
                )
            ),
            main: errorSummary(of: [field], in: context)
                + form(action: SynonymRoutes.link, context: context) {
                    formField(field, in: context) + button(context.text("저장", "Save"))
                },
            hasErrors: error != nil
        )
    }
}

extension AuditAction {
    /// Saved the synonyms of the city.
    static let saveSynonyms = AuditAction(
        "hosting.saveSynonyms",
        Bilingual("동의어를 저장함", "Saved the synonyms")
    )
}
