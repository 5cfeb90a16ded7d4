import Basics
import Korean
import Web

/// The assistant's answer as a chat front end shows it: pieces of Markdown, and where each quotation
/// stands.
struct ChatAnswer: Sendable {
    /// A quotation with its source, in the field `citations` of every answer.
    struct Citation: Encodable, Sendable, Hashable {
        var number: Int
        var title: String
        var locator: String
        var effectiveFrom: LocalDate?
        var url: String
        var quote: String

        private enum CodingKeys: String, CodingKey {
            case number, title, locator, url, quote
            case effectiveFrom = "effective_from"
        }
    }

    /// The answer, piece by piece, as a stream hands it on.
    let pieces: [String]
    let citations: [Citation]

    /// The answer as one text.
    var text: String { pieces.joined() }

    /// Writes an answer.
    ///
    /// - Parameters:
    ///   - answer: The answer, with its draft where there is one.
    ///   - site: The address of the site, for links that work elsewhere.
    ///   - language: The language of the words around the quotations.
    init(_ answer: Answer, site: String, language: Language) {
        citations = answer.quotations.enumerated().map { index, quotation in
            Citation(
                number: index + 1,
                title: quotation.documentTitle,
                locator: quotation.locator,
                effectiveFrom: quotation.effectiveFrom,
                url: site + quotation.link.target,
                quote: quotation.sentences.joined(separator: "\n")
            )
        }
        let links = citations.map { "[\($0.number)](\($0.url))" }
        var blocks: [String] = []
        switch answer.kind {
        case .quoted:
            let draft = (answer.drafted ?? []).map { sentence in
                "\(Self.escaped(sentence.text)) \(links[sentence.quotation])"
            }
            if !draft.isEmpty { blocks.append(draft.joined(separator: "\n")) }
            if let fault = answer.draftFault { blocks.append(fault.message[language]) }
            for (index, quotation) in answer.quotations.enumerated() {
                let lines = quotation.sentences.flatMap { $0.split(whereSeparator: \.isNewline) }
                let quote = lines.map { "> \(Self.escaped(String($0)))" }.joined(separator: "\n")
                let source = Self.escaped(quotation.citation)
                blocks.append("\(quote)\n\n\(index + 1). [\(source)](\(citations[index].url))")
            }
            if !answer.contact.isEmpty {
                let label = Bilingual("담당", "In charge")[language]
                blocks.append("\(label): \(Self.escaped(answer.contact))")
            }
        case .unclear:
            blocks.append(Bilingual("어느 것을 물으셨나요?", "Which do you mean?")[language])
            blocks.append(answer.choices.map { "- \(Self.escaped($0))" }.joined(separator: "\n"))
        case .unknown:
            blocks.append(
                Bilingual("문서에서 답을 찾지 못했습니다.", "No document answers this.")[language]
                    + " [\(Bilingual("담당자에게 묻기", "Ask a person")[language])](\(site)/assistant)"
            )
        }
        pieces = blocks.enumerated().map { $0.offset == 0 ? $0.element : "\n\n" + $0.element }
    }

    /// Text whose marks of Markdown and HTML show as they are (CommonMark 0.31 §2.4, §2.5).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case "[", "]", "*", "_", "`", "\\", "#", "!": result += "\\\(character)"
            default: result.append(character)
            }
        }
        return result
    }
}

/// How much was read and written, in terms of the Korean analyser: it has no other tokens.
struct ChatUsage: Encodable, Sendable, Hashable {
    var promptTokens: Int
    var completionTokens: Int
    var totalTokens: Int { promptTokens + completionTokens }

    private enum CodingKeys: String, CodingKey {
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
        case totalTokens = "total_tokens"
    }

    /// Counts a question and an answer.
    init(question: String, answer: String) {
        promptTokens = Self.count(question)
        completionTokens = Self.count(answer)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(promptTokens, forKey: .promptTokens)
        try container.encode(completionTokens, forKey: .completionTokens)
        try container.encode(totalTokens, forKey: .totalTokens)
    }

    private static func count(_ text: String) -> Int {
        Array(text.utf8).withUnsafeBufferPointer { Analyzer().termCount(utf8: $0).stems }
    }
}
