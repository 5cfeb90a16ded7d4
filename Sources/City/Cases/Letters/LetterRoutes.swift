import Basics
import Hosting
import Identity
import Store
import Web

/// The letters of a case, for the applicant, their proxy and the officers: a page that prints well, and
/// the PDF where the machine makes one.
struct LetterRoutes: Sendable {
    let platform: Platform

    func add(to table: inout RouteTable) {
        table.page("/letters/{case}/{number}", access: .signedIn) { incoming in
            let letter = try await letter(incoming)
            return LetterPage(
                letter: letter,
                canPrint: await LetterPDF.isAvailable,
                isPrinting: incoming.query["printing"] != nil
            ).page(in: incoming.page)
        }
        table.submission("/letters/{case}/{number}/pdf", access: .signedIn) { incoming, _ in
            let letter = try await letter(incoming)
            if letter.pdfDigest == nil, await LetterPDF.isAvailable {
                try await platform.store.write {
                    try $0.enqueue(LetterPrinting(caseID: letter.caseID, number: letter.number))
                }
            }
            return .other(
                .seeOther(
                    .path(
                        "letters",
                        letter.caseID,
                        String(letter.number),
                        query: [("printing", "yes")]
                    )
                )
            )
        }
        table.file("/letters/{case}/{number}/pdf", access: .signedIn) { incoming in
            let letter = try await letter(incoming)
            guard let blob = letter.pdfDigest.flatMap({ BlobID(rawValue: $0) }) else {
                throw Problem.notFound
            }
            let bytes = try await platform.store.blobs.get(
                blob,
                maximumSize: LetterOffice.maximumByteCount
            )
            let content = letter.content.value
            return .download(
                fileName: "\(content.kind.title.korean)_\(content.receipt).pdf",
                contentType: "application/pdf",
                body: .bytes(bytes)
            )
        }
    }

    /// The letter of the address, for whoever may see the case; that they looked is written down.
    private func letter(_ incoming: Incoming) async throws -> KeptLetter {
        let id = try incoming.pathParameter("case")
        guard let number = Int(try incoming.pathParameter("number")) else {
            throw Problem.notFound
        }
        let letter = try await platform.store.write { tx -> KeptLetter? in
            let actor = incoming.actor
            guard let record = try Cases.find(id, in: tx) else { return nil }
            let purpose: Purpose = record.belongs(to: actor.id) ? .caseApplication : .caseReview
            guard try Cases.record(id, for: actor, purpose: purpose, in: tx) != nil else {
                return nil
            }
            return try CaseLetters.find(number, of: id, in: tx)
        }
        guard let letter else { throw Problem.notFound }
        return letter
    }
}

/// A letter as a page.
struct LetterPage: Sendable {
    let letter: KeptLetter
    /// Whether the machine makes PDFs.
    let canPrint: Bool
    /// Whether the reader has just asked for the PDF.
    let isPrinting: Bool

    func page(in context: PageContext) -> Page {
        let content = letter.content.value
        return Page(
            title: content.kind.title[context.language],
            breadcrumbs: [
                Breadcrumb(
                    title: context.text("신청 현황", "My application"),
                    link: .path("applications", letter.caseID)
                )
            ],
            main: """
                <div class="letter" lang="ko">\(content.content)</div>\(english(context))\
                \(note(context))
                """,
            actions: action(context)
        )
    }

    private func english(_ context: PageContext) -> HTML? {
        guard context.language == .english else { return nil }
        return section("In English", letter.content.value.english)
    }

    private func action(_ context: PageContext) -> HTML? {
        if letter.pdfDigest != nil {
            return linkButton(
                context.text("PDF 내려받기", "Download the PDF"),
                letter.pdfLink,
                style: .primary
            )
        }
        guard canPrint, !isPrinting else { return nil }
        return form(action: letter.pdfLink, context: context) {
            button(context.text("PDF 만들기", "Make the PDF"), style: .primary)
        }
    }

    private func note(_ context: PageContext) -> HTML? {
        guard letter.pdfDigest == nil else { return nil }
        guard !canPrint || isPrinting else { return nil }
        let text =
            canPrint
            ? context.text(
                "PDF를 만드는 중입니다. 잠시 뒤에 다시 열어 주세요. 이 쪽을 바로 인쇄해도 됩니다.",
                "The PDF is being made. This page prints well, too."
            )
            : context.text(
                "이 서버는 PDF를 만들지 않습니다. 이 쪽을 인쇄하면 통지서가 됩니다.",
                "This server makes no PDFs. Print this page: it is the letter."
            )
        return "<p class=\"hint\">\(text)</p>"
    }
}
