import Korean

/// Questions that ask the same in other words, as one.
struct QuestionGroup: Sendable, Hashable {
    /// The question of the group that was asked most.
    var text: String
    /// How often any of them was asked.
    var count: Int
    /// The other ways it was asked.
    var others: [String]
}

/// Groups questions by the words they share.
///
/// Leader clustering: a question joins the leader it is most like, by the Jaccard index of their stems
/// and bigrams, or leads a group itself. The questions asked most come first and lead.
enum QuestionGroups {
    /// Two questions that share less than this are not the same question.
    static let minimumLikeness = 0.4
    /// The most different questions that are grouped; the rarest are left out.
    static let maximumQuestionCount = 2_000

    /// Groups questions, each with how often it was asked; the group asked most comes first.
    static func make(_ questions: [String: Int]) -> [QuestionGroup] {
        let ordered = questions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var groups: [QuestionGroup] = []
        var sizes: [Int] = []
        var leaders: [String: [Int]] = [:]
        for (text, count) in ordered.prefix(maximumQuestionCount) {
            let terms = Set(TextQuery(text).terms.map(\.text))
            if let group = best(terms, leaders, sizes) {
                groups[group].count += count
                groups[group].others.append(text)
            } else {
                for term in terms { leaders[term, default: []].append(groups.count) }
                groups.append(QuestionGroup(text: text, count: count, others: []))
                sizes.append(terms.count)
            }
        }
        return groups.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    }

    /// The leader that a question is most like, where one is like enough.
    private static func best(
        _ terms: Set<String>,
        _ leaders: [String: [Int]],
        _ sizes: [Int]
    ) -> Int? {
        var shared: [Int: Int] = [:]
        for term in terms { for leader in leaders[term] ?? [] { shared[leader, default: 0] += 1 } }
        func likeness(_ leader: Int, _ count: Int) -> Double {
            Double(count) / Double(terms.count + sizes[leader] - count)
        }
        let best = shared.max {
            (likeness($0.key, $0.value), $1.key) < (likeness($1.key, $1.value), $0.key)
        }
        guard let best, likeness(best.key, best.value) >= minimumLikeness else { return nil }
        return best.key
    }
}
