import Basics

/// A closed list of words of a plan, such as the contract methods.
///
/// Every list has labels in both languages and reads the spellings that officers write.
protocol PlanTerm: CaseIterable, Codable, Hashable, Sendable, RawRepresentable
where RawValue == String {
    /// The name shown to people.
    var label: Bilingual { get }
    /// Other Korean spellings; each is compared in its matching form.
    var synonyms: [String] { get }
    /// What reads the spellings, made once a type.
    static var reader: TermReader<Self> { get }
}

extension PlanTerm {
    /// Reads a Korean (or English) text leniently; nothing where no spelling fits.
    init?(korean text: some StringProtocol) {
        guard let term = Self.reader.term(in: text) else { return nil }
        self = term
    }
}

/// Reads the words of one list in the spellings that officers write.
///
/// A text that is a spelling wins over one that contains it, and a longer contained spelling over
/// a shorter one, so that `제한경쟁(협상에 의한 계약)` is a negotiated contract.
struct TermReader<Term: PlanTerm>: Sendable {
    private let whole: [String: Term]
    private let contained: [(form: String, term: Term)]

    /// Prepares the spellings of every term.
    ///
    /// With `matchesInside` a text may merely contain a spelling, as `정보시스템 유지관리` does.
    init(matchesInside: Bool) {
        var whole: [String: Term] = [:]
        var contained: [(form: String, term: Term)] = []
        for term in Term.allCases {
            for spelling in [term.label.korean, term.label.english, term.rawValue] + term.synonyms {
                let form = MatchingText.form(of: spelling)
                if whole[form] == nil { whole[form] = term }
                if matchesInside && form.count >= 2 { contained.append((form, term)) }
            }
        }
        self.whole = whole
        self.contained = contained.sorted { ($1.form.count, $0.form) < ($0.form.count, $1.form) }
    }

    /// The term a text means; nothing where no spelling fits.
    func term(in text: some StringProtocol) -> Term? {
        let form = MatchingText.form(of: text)
        guard !form.isEmpty else { return nil }
        return whole[form] ?? contained.first { form.contains($0.form) }?.term
    }
}
