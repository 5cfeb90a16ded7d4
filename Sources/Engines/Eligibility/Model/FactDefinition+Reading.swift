public import Basics

/// What a form needs to ask for a fact and to read the answer.
extension FactDefinition {
    /// Whether there may be none of it: no child, so no date of its birth.
    public var mayBeAbsent: Bool { absence != nil }

    /// Whether it tells of a benefit that was received.
    public var isHistory: Bool { history != nil }

    /// The value a person wrote: `8,000만원`, `24`, `62.5 %`; nil where it is not of the type.
    ///
    /// A set is written as several choices, each for itself.
    public func value(written text: String) -> FactValue? {
        guard case .code(let code) = Literal.read(text, as: type) else { return nil }
        return type.value(of: code)
    }

    /// A value in words.
    public func text(of value: FactValue) -> Bilingual {
        let code = code(of: value) ?? FactCode.unknown
        return Bilingual(type.text(of: code, .korean), type.text(of: code, .english))
    }

    /// Holds a value against the type and the range.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - date: The day of the application, which no event may follow.
    /// - Throws: `EligibilityError` `wrongValue` or `contradiction`.
    public func check(_ value: FactValue, on date: LocalDate) throws {
        _ = try SituationReader.code(of: value, self, on: Int64(date.daysSinceEpoch))
    }
}

extension RuleCatalogue {
    /// What a clause asks for, as a noun or short phrase.
    public func requirement(_ clause: Clause) -> Bilingual {
        ClauseWords(self).requirement(clause)
    }
}
