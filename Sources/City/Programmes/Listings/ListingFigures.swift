import Basics

/// Ages as catalogues write them.
enum AgeText {
    /// Whether a text says that any age will do.
    static func isAnyAge(_ text: String) -> Bool {
        text.contains("무관") || text.contains("임신")
    }

    /// The ages of a field such as `0세 ~ 12세` or `0~2세,3~5세,10세 이상`: from the youngest to the
    /// oldest that it names; nothing where it names none.
    static func range(_ text: String) -> AgeRange? {
        var range: AgeRange?
        for part in text.split(separator: ",") {
            guard let next = single(part) else { continue }
            guard let known = range else {
                range = next
                continue
            }
            range = AgeRange(
                from: min(known.from, next.from),
                to: known.to.flatMap { old in next.to.map { max(old, $0) } }
            )
        }
        return range
    }

    /// The ages a title names, such as `만 19~39세`.
    static func range(inTitle text: String) -> AgeRange? {
        guard let found = text.firstMatch(of: pair) else { return nil }
        return make(found.output.1, found.output.2)
    }

    static var pair: Regex<(Substring, Substring, Substring)> {
        /([0-9]{1,3})세?\s*[~∼～-]\s*(?:만\s*)?([0-9]{1,3})세/
    }

    private static func single(_ text: Substring) -> AgeRange? {
        if let found = text.firstMatch(of: pair) { return make(found.output.1, found.output.2) }
        if let found = text.firstMatch(of: /([0-9]{1,3})세\s*이상/), let from = Int(found.output.1) {
            return AgeRange(from: from, to: nil)
        }
        return nil
    }

    private static func make(_ from: Substring, _ to: Substring) -> AgeRange? {
        guard let from = Int(from), let to = Int(to), from <= to, to > 0 else { return nil }
        return AgeRange(from: from, to: to)
    }
}

/// The figures by which two descriptions of one programme can be held against each other.
struct ListingFigures: Sendable, Hashable {
    /// Shares of the median income, in percent.
    var medianPercents: Set<Int> = []
    /// Amounts of money, in 만원.
    var amounts: Set<Int> = []
    /// Pairs of ages.
    var ages: Set<AgeRange> = []

    /// Reads the figures of a text.
    init(_ text: String) {
        for found in text.matches(of: /중위\s*소득[^0-9%\n]{0,12}([0-9]{2,3})\s*%/) {
            if let percent = Int(found.output.1) { medianPercents.insert(percent) }
        }
        for found in text.matches(of: /(?:([0-9]+)억\s*)?([0-9][0-9,]{0,8})\s*만\s*원/) {
            let units = Int(found.output.2.filter { $0 != "," }) ?? 0
            let hundredMillions = found.output.1.flatMap { Int($0) } ?? 0
            amounts.insert(hundredMillions * 10_000 + units)
        }
        let written = text.matches(of: AgeText.pair).map { ($0.output.1, $0.output.2) }
        let asked = text.matches(of: /([0-9]{1,3})세\s*이상\s*(?:만\s*)?([0-9]{1,3})세\s*이하/)
            .map { ($0.output.1, $0.output.2) }
        for (from, to) in written + asked {
            if let from = Int(from), let to = Int(to), from < to {
                ages.insert(AgeRange(from: from, to: to))
            }
        }
    }

    /// What this text says that the other contradicts: a kind of figure that both name, with no
    /// figure in common.
    func disagreements(with other: ListingFigures) -> [Bilingual] {
        var result: [Bilingual] = []
        if let (mine, yours) = disjoint(medianPercents, other.medianPercents) {
            result.append(
                Bilingual(
                    "중위소득 \(mine)% / 규칙 \(yours)%",
                    "median income \(mine) % / rule \(yours) %"
                )
            )
        }
        if let (mine, yours) = disjoint(amounts, other.amounts) {
            result.append(
                Bilingual("\(mine)만원 / 규칙 \(yours)만원", "\(mine)만원 / rule \(yours)만원")
            )
        }
        let shown = { (range: AgeRange) in range.text.korean }
        if !ages.isEmpty, !other.ages.isEmpty, ages.isDisjoint(with: other.ages) {
            let (mine, yours) = (ages.map(shown).sorted(), other.ages.map(shown).sorted())
            result.append(
                Bilingual(
                    "\(mine.joined(separator: ", ")) / 규칙 \(yours.joined(separator: ", "))",
                    "\(mine.joined(separator: ", ")) / rule \(yours.joined(separator: ", "))"
                )
            )
        }
        return result
    }

    private func disjoint(_ mine: Set<Int>, _ yours: Set<Int>) -> (String, String)? {
        guard !mine.isEmpty, !yours.isEmpty, mine.isDisjoint(with: yours) else { return nil }
        func list(_ numbers: Set<Int>) -> String {
            numbers.sorted().map(\.grouped).joined(separator: ", ")
        }
        return (list(mine), list(yours))
    }
}

/// Days a text names, as `2024.5.25.`, `2024년 5월 25일`, `'25.1.1.` or `2024-05-25`.
enum DayText {
    /// The days of a text, in its order.
    static func days(in text: String) -> [LocalDate] {
        text.matches(
            of: /(?:(20[0-9]{2})|['’‘]([0-9]{2}))\s*[.년-]\s*([0-9]{1,2})\s*[.월-]\s*([0-9]{1,2})/
        ).compactMap { found in
            let year = found.output.1.flatMap { Int($0) } ?? found.output.2.flatMap { Int($0) }
            guard let year, let month = Int(found.output.3), let day = Int(found.output.4) else {
                return nil
            }
            return LocalDate(year: year < 100 ? 2000 + year : year, month: month, day: day)
        }
    }

    /// The year a title carries, as in `2024년 청년인턴 모집`.
    static func year(ofTitle text: String) -> Int? {
        text.firstMatch(of: /(?:^|[^0-9])(20[12][0-9])(?:\s*년|\s|\])/).flatMap { Int($0.output.1) }
    }
}
