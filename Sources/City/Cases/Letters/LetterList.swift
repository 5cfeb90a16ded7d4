import Basics
import City
import Web

/// The letters of a case in a table, for the applicant and for officers.
struct LetterList: Sendable {
    let letters: [KeptLetter]

    func content(in context: PageContext) -> HTML {
        guard !letters.isEmpty else { return .empty }
        return titledTable(
            context.text("보낸 통지", "Letters"),
            id: "letters",
            columns: [
                .init(context.text("통지", "Letter"), isRowHeader: true),
                .init(context.text("보낸 때", "Sent")), .init("PDF"),
            ],
            rows: letters.map { letter in
                [
                    "<a href=\"\(letter.link)\">\(letter.kind.title[context.language])</a>",
                    dateText(letter.createdAt, in: context),
                    letter.pdfDigest == nil
                        ? "–" : "<a href=\"\(letter.pdfLink)\">PDF</a>",
                ]
            },
            in: context
        )
    }
}
