import Basics

/// The texts of a procedure as its office worded them; what nobody worded reads as described.
public struct CaseTexts: Sendable, Hashable, Codable {
    private var texts: [String: Bilingual] = [:]

    /// No text.
    public init() {}

    private enum CodingKeys: CodingKey { case texts }

    /// Reads texts, also those of the time in which they were kept in one language alone.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        if let korean = try? values.decode([String: String].self, forKey: .texts) {
            texts = korean.mapValues { Bilingual(same: $0) }
        } else {
            texts = try values.decode([String: Bilingual].self, forKey: .texts)
        }
    }

    /// A text; nothing where nobody worded it.
    subscript(key: CaseTextKey) -> Bilingual? {
        get { texts[key.name] }
        set { texts[key.name] = newValue }
    }
}

/// Which text of a procedure.
enum CaseTextKey: Hashable, Sendable {
    /// What is said of a document.
    enum Aspect: String, Sendable, CaseIterable {
        /// Its name.
        case title
        /// What it has to show.
        case hint
        /// Where and how people get it.
        case source

        /// What people call it.
        var title: Bilingual {
            switch self {
            case .title: Bilingual("이름", "Name")
            case .hint: Bilingual("안내", "What it has to show")
            case .source: Bilingual("발급받는 곳", "How to get it")
            }
        }
    }

    /// A sentence of letters, notices or forms.
    case sentence(CaseSentence)
    /// Something about a document, by the document's name.
    case document(String, Aspect)

    /// How it is written down.
    var name: String {
        switch self {
        case .sentence(let sentence): sentence.rawValue
        case .document(let document, let aspect): "document.\(document).\(aspect.rawValue)"
        }
    }

    /// The text of a name, for documents of the names given.
    init?(_ name: String, documents: Set<String>) {
        if let sentence = CaseSentence(rawValue: name) {
            self = .sentence(sentence)
            return
        }
        let parts = name.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, parts[0] == "document",
            let point = parts[1].lastIndex(of: "."),
            let aspect = Aspect(rawValue: String(parts[1][parts[1].index(after: point)...]))
        else { return nil }
        let document = String(parts[1][..<point])
        guard documents.contains(document) else { return nil }
        self = .document(document, aspect)
    }

    /// Whether it may read as nothing.
    var canBeEmpty: Bool {
        switch self {
        case .sentence(let sentence): sentence.standard.korean.isEmpty
        case .document(_, let aspect): aspect != .title
        }
    }

    /// The most characters of it, in one language.
    var maximumCharacterCount: Int {
        if case .document(_, .title) = self {
            CaseQuestion.maximumLineCharacterCount
        } else {
            CaseKeeping.maximumTextCharacterCount
        }
    }
}

extension CaseProcedure {
    /// A sentence as it is said now, with what it leaves open.
    func text(
        _ sentence: CaseSentence,
        _ values: [CaseSentence.Variable: Bilingual] = [:]
    ) -> Bilingual {
        sentence.filled(texts?[.sentence(sentence)] ?? sentence.standard, values)
    }

    /// A document as its office words it.
    func worded(_ requirement: CaseDocumentRequirement) -> CaseDocumentRequirement {
        guard let texts else { return requirement }
        var worded = requirement
        if let title = texts[.document(requirement.name, .title)] { worded.title = title }
        worded.hint = texts[.document(requirement.name, .hint)] ?? requirement.hint
        worded.source = texts[.document(requirement.name, .source)] ?? requirement.source
        return worded
    }

    /// The documents of a claim after the decision.
    var claimDocuments: [CaseDocumentRequirement] {
        documents.filter(\.isForClaim).map(worded)
    }
}
