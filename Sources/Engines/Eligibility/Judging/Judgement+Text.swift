public import Basics

extension Judgement {
    /// The judgement as a person reads it.
    public func text(_ language: Language) -> String {
        var lines = ["\(title[language]): \(verdictText[language])"]
        if let paused { lines.append(paused[language]) }
        if verdict != .notInForce { lines.append(windowText[language]) }
        if let estimate, verdict != .ineligible { lines.append(estimate.text(language)) }
        for member in members { lines.append("· " + member.text(language)) }
        if let remedy { lines.append("→ " + remedy.sentence[language]) }
        // Clauses that decide nothing are left out: the other ways of a group of which one holds.
        let deciding = Set(failing + open)
        for finding in findings
        where finding.truth == .yes || deciding.contains(finding.clause.name) {
            let source = finding.clause.source
            let checked = Bilingual("\(source.checked) 확인", "checked \(source.checked)")
            lines.append(
                "\(mark(finding)) \(finding.sentence[language]) "
                    + "[\(source.title[language]), \(checked[language])]"
            )
        }
        if let inForce {
            let end = inForce.to.map { "\($0)" } ?? ""
            lines.append(
                Bilingual(
                    "  적용 규정: \(inForce.from)~\(end)",
                    "  Version in force: \(inForce.from) to \(end)"
                )[language]
            )
        }
        return lines.joined(separator: "\n  ") + "\n"
    }

    private func mark(_ finding: Finding) -> String {
        switch finding.truth {
        case .yes: "○"
        case .no: "×"
        case .unknown: "?"
        }
    }

    /// The verdict in words.
    public var verdictText: Bilingual {
        switch verdict {
        case .eligible: Bilingual("받을 수 있습니다", "eligible")
        case .ineligible: Bilingual("받을 수 없습니다", "not eligible")
        case .undecided: Bilingual("더 알아야 합니다", "more must be known")
        case .notInForce: Bilingual("지금은 시행하지 않습니다", "not in force")
        }
    }

    /// The window in words.
    public var windowText: Bilingual {
        switch window {
        case .open(.some(let last)): Bilingual("\(last)까지 신청", "open until \(last)")
        case .open(nil): Bilingual("언제나 신청", "open without end")
        case .opens(let date): Bilingual("\(date)부터 신청", "opens on \(date)")
        case .closed: Bilingual("신청이 끝났습니다", "closed")
        case .unknown: Bilingual("신청 기간은 아직 알 수 없습니다", "window not known yet")
        }
    }
}

extension Judgement.Member {
    /// How it stands for them, in a line: `첫째 아이(2019-03-10): 받을 수 없습니다. 아이의 개월 수: …`.
    public func text(_ language: Language) -> String {
        let verdict = judgement.verdictText[language]
        var parts = ["\(label[language]): \(verdict)"]
        switch judgement.verdict {
        case .eligible, .undecided:
            if let estimate = judgement.estimate { parts.append(estimate.text(language)) }
            if case .open(.some) = judgement.window { parts.append(judgement.windowText[language]) }
        case .ineligible:
            let sentences = judgement.failingFindings.map { $0.sentence[language] }
            return ([parts[0] + "."] + sentences).joined(separator: " ")
        case .notInForce: break
        }
        return parts.joined(separator: ", ")
    }
}

extension Judgement.Estimate {
    /// The estimate in words: `월 20만원 × 12 = 240만원까지`.
    public func text(_ language: Language) -> String {
        let isKorean = language == .korean
        guard self.parts.isEmpty else {
            // Of equal things of several people the sum says all.
            let isOfSeveral = self.parts.allSatisfy { $0.label == nil && $0.note == nil }
            if !isOfSeveral || each == nil {
                return self.parts.map { $0.text(language) }.joined(separator: " + ")
            }
            var whole = self
            whole.parts = []
            return whole.text(language)
        }
        var parts: [String] = []
        if let each {
            let amount = FactType.exact(each, language)
            let rhythmWord = rhythm.word[language]
            var sum = isKorean ? rhythmWord + amount : amount + rhythmWord
            if let times, times != 1, let total {
                sum += " × \(times) = \(FactType.exact(total, language))"
            }
            parts.append(isUpperBound ? (isKorean ? sum + "까지" : "up to \(sum)") : sum)
        }
        if let note { parts.append(note[language]) }
        if parts.isEmpty { parts.append(isKorean ? "금액은 아직 알 수 없습니다" : "amount not known yet") }
        guard let label else { return parts.joined(separator: ", ") }
        let known = isCertain ? "" : isKorean ? "(조건에 따라)" : " (on conditions)"
        return "\(label[language])\(known) \(parts.joined(separator: ", "))"
    }
}

extension Benefit.Rhythm {
    /// The word beside an amount.
    fileprivate var word: Bilingual {
        switch self {
        case .once: Bilingual("", "")
        case .month: Bilingual("월 ", " a month")
        case .year: Bilingual("연 ", " a year")
        case .visit: Bilingual("회당 ", " a visit")
        }
    }
}
