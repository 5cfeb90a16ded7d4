/// A language of the city's pages.
public enum Language: String, Sendable, Hashable, CaseIterable, Codable {
    /// Korean, the first language of every page.
    case korean = "ko"
    /// English, the second.
    case english = "en"
}

/// A text in every language of the city.
///
/// The pair is the string catalogue: because both values are arguments, a missing translation does
/// not compile (docs/decisions/0002-texts-in-pairs.md).
public struct Bilingual: Sendable, Hashable, Codable {
    /// The Korean text.
    public var korean: String
    /// The English text.
    public var english: String

    /// Creates a text from its Korean and English forms.
    public init(_ korean: String, _ english: String) {
        self.korean = korean
        self.english = english
    }

    /// A text that reads the same in every language: a proper name, a number.
    public init(same text: String) {
        self.init(text, text)
    }

    /// The text in one language.
    public subscript(language: Language) -> String {
        language == .korean ? korean : english
    }
}
