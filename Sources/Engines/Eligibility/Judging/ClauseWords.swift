import Basics
import Korean

/// Clauses in sentences, with the particles the words before them ask for.
struct ClauseWords {
    private let catalogue: RuleCatalogue

    init(_ catalogue: RuleCatalogue) {
        self.catalogue = catalogue
    }

    /// What a clause says and how it stands.
    func sentence(_ clause: Clause, _ truth: Truth, _ code: Int64) -> Bilingual {
        Bilingual(korean(clause, truth, code), english(clause, truth, code))
    }

    /// What a clause asks for, as a noun or short phrase.
    func requirement(_ clause: Clause) -> Bilingual {
        if let label = clause.label { return label }
        let fact = catalogue.facts[clause.fact]
        if case .bool = fact.type { return fact.label }
        let limits = clause.comparisons.map { limit($0, fact.type) }
        return Bilingual(
            "\(fact.label.korean) \(limits.map(\.korean).joined(separator: " "))",
            "\(fact.label.english) \(limits.map(\.english).joined(separator: " and "))"
        )
    }

    // MARK: Korean

    private func korean(_ clause: Clause, _ truth: Truth, _ code: Int64) -> String {
        let fact = catalogue.facts[clause.fact]
        if let history = fact.history { return korean(history, truth) }
        let value = fact.type.text(of: code, .korean)
        if let label = clause.label {
            let now = code == FactCode.unknown ? "" : " (\(fact.label.korean): \(value))"
            switch truth {
            case .yes: return "‘\(label.korean)’ 조건을 충족합니다.\(now)"
            case .no: return "‘\(label.korean)’ 조건을 충족하지 않습니다.\(now)"
            case .unknown: return "‘\(label.korean)’ 조건은 아직 알 수 없습니다."
            }
        }
        if case .bool = fact.type { return korean(fact, clause, truth, code) }
        let limits = clause.comparisons.map { limit($0, fact.type).korean }
        let topic = Particle.topic.attach(fact.label.korean)
        let must = "\(topic) \(limits.joined(separator: " "))\(ending(clause, fact.type))"
        switch truth {
        case .yes: return "\(must) 하며, \(value)이므로 충족합니다."
        case .no: return "\(must) 하는데 \(value)입니다."
        case .unknown: return "\(must) 하는데 아직 알 수 없습니다."
        }
    }

    private func korean(_ history: HistoryFact, _ truth: Truth) -> String {
        let title = catalogue.programmeTitles[history.programme]?.korean ?? history.programme
        let who =
            history.household.map { catalogue.households[$0].label.korean + "의 누구도 " } ?? ""
        let object = Particle.object.attach("‘\(title)’")
        let (must, isSo, isNot): (String, String, String) =
            switch history.tense {
            case .receiving: ("받고 있지 않아야", "받고 있습니다", "받고 있지 않습니다")
            case .everReceived: ("받은 적이 없어야", "받은 적이 있습니다", "받은 적이 없습니다")
            case .receivedWithin(let months):
                (
                    "최근 \(months)개월 안에 받지 않았어야", "그 안에 받았습니다",
                    "그 안에 받지 않았습니다"
                )
            case .received(let times, let thisYear):
                (
                    "\(thisYear ? "올해 " : "")\(times)번 받지 않았어야", "받았습니다",
                    "그만큼 받지 않았습니다"
                )
            }
        switch truth {
        case .yes: return "\(who)\(object) \(must) 하며, \(isNot)."
        case .no: return "\(who)\(object) \(must) 하는데 \(isSo)."
        case .unknown: return "\(who)\(object) \(must) 하는데 아직 알 수 없습니다."
        }
    }

    private func korean(
        _ fact: FactDefinition,
        _ clause: Clause,
        _ truth: Truth,
        _ code: Int64
    ) -> String {
        let wants = wantsYes(clause)
        let must = "‘\(fact.label.korean)’에 " + (wants ? "해당해야" : "해당하지 않아야")
        let now = code == 1 ? "해당합니다" : "해당하지 않습니다"
        switch truth {
        case .yes: return "\(must) 하며, \(now)."
        case .no: return "\(must) 하는데 \(now)."
        case .unknown: return "\(must) 하는데 아직 알 수 없습니다."
        }
    }

    /// The verb after the last limit: 이하여야, 이상이어야, 가운데 하나여야.
    private func ending(_ clause: Clause, _ type: FactType) -> String {
        guard let last = clause.comparisons.last else { return "여야" }
        switch last.relation {
        case .notEqual, .noneOf: return "아니어야"
        case .includes, .includesAll: return "해당해야"
        case .includesNone: return "해당하지 않아야"
        default:
            let phrase = limit(last, type).korean
            return Particle.topic.form(after: phrase) == "는" ? "여야" : "이어야"
        }
    }

    private func wantsYes(_ clause: Clause) -> Bool {
        guard let comparison = clause.comparisons.first,
            case .constant(let limit) = comparison.limit
        else { return true }
        return (limit == 1) == (comparison.relation == .equal)
    }

    // MARK: English

    private func english(_ clause: Clause, _ truth: Truth, _ code: Int64) -> String {
        let fact = catalogue.facts[clause.fact]
        let value = fact.type.text(of: code, .english)
        let isKnown = code != FactCode.unknown
        let state: String =
            switch truth {
            case .yes: "is met"
            case .no: "is not met"
            case .unknown: "cannot be judged yet"
            }
        if let label = clause.label {
            let now = isKnown ? " (\(fact.label.english): \(value))" : ""
            return "“\(label.english)” \(state)\(now)."
        }
        if case .bool = fact.type {
            let name = fact.history == nil ? "“\(fact.label.english)”" : fact.label.english
            let wanted = wantsYes(clause) ? "must apply" : "must not apply"
            let now =
                truth == .unknown
                ? "that is not known yet" : code == 1 ? "it applies" : "it does not apply"
            return "\(name) \(wanted); \(now)."
        }
        let limits = clause.comparisons.map { limit($0, fact.type).english }
        let now = isKnown ? "it is \(value)" : "it is not known yet"
        let subject = fact.label.english.prefix(1).uppercased() + fact.label.english.dropFirst()
        return "\(subject) must be \(limits.joined(separator: " and ")); \(now)."
    }

    // MARK: Limits

    private func limit(_ comparison: Comparison, _ type: FactType) -> Bilingual {
        let value = limitText(comparison, type)
        let (ko, en) = (value.korean, value.english)
        switch comparison.relation {
        case .equal: return value
        case .notEqual, .noneOf:
            return Bilingual(Particle.subject.attach(ko) + " ", "other than \(en)")
        case .atLeast: return Bilingual("\(ko) 이상", "at least \(en)")
        case .atMost: return Bilingual("\(ko) 이하", "at most \(en)")
        case .moreThan: return Bilingual("\(ko) 초과", "more than \(en)")
        case .lessThan: return Bilingual("\(ko) 미만", "less than \(en)")
        case .onOrAfter: return Bilingual("\(ko) 이후", "on or after \(en)")
        case .onOrBefore: return Bilingual("\(ko) 이전", "on or before \(en)")
        case .after: return Bilingual("\(ko) 다음 날 이후", "after \(en)")
        case .before: return Bilingual("\(ko) 전날 이전", "before \(en)")
        case .oneOf: return Bilingual("\(ko) 가운데 하나", "one of: \(en)")
        case .includes: return Bilingual("\(ko) 가운데 하나에 ", "any of: \(en)")
        case .includesAll: return Bilingual("\(ko) 모두에 ", "all of: \(en)")
        case .includesNone: return Bilingual("\(ko) 가운데 어느 것에도 ", "none of: \(en)")
        }
    }

    private func limitText(_ comparison: Comparison, _ type: FactType) -> Bilingual {
        if !comparison.list.isEmpty {
            return Bilingual(
                comparison.list.map { type.text(of: $0, .korean) }.joined(separator: ", "),
                comparison.list.map { type.text(of: $0, .english) }.joined(separator: ", ")
            )
        }
        switch comparison.limit {
        case .constant(let code):
            // Several choices are kept as a mask whatever the fact's own type.
            let shown: FactType =
                if comparison.relation.takesList, let choices = type.choices { .set(choices) } else
                {
                    type
                }
            return Bilingual(shown.text(of: code, .korean), shown.text(of: code, .english))
        case .fact(let fact): return catalogue.facts[fact].label
        default: return Bilingual("계산한 값", "the computed value")
        }
    }
}
