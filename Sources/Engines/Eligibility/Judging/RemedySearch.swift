import Basics
import Korean

/// What would have to change: the smallest change of what a person can change, or the day to wait for.
///
/// Every proposal is tried on the whole programme before it is made.
struct RemedySearch {
    /// How far ahead waiting is looked at.
    static let maximumWaitDays = 3 * 366

    private var judge: Judge
    private let programme: Int
    private let sheet: FactSheet
    private let version: CompiledCatalogue.Version?
    private let rules: RuleCatalogue

    init(_ judge: Judge, programme: Int, _ sheet: FactSheet) {
        self.judge = judge
        self.programme = programme
        self.sheet = sheet
        version = judge.inForce[programme].map { judge.catalogue.versions[$0] }
        rules = judge.catalogue.catalogue
    }

    /// The first way out that holds: waiting alone, changes alone, or changes and waiting.
    mutating func best() -> Remedy? {
        guard let version else { return nil }
        if let date = wait(sheet) { return remedy([], date) }
        let definition = rules.programmes[programme].versions[version.version]
        judge.readAtoms(sheet)
        let truths = version.clauses.map { judge.truth(ofPart: $0) }
        for way in FailureAnalysis(truths: truths).ways(definition.condition) {
            if let remedy = attempt(way, version) { return remedy }
        }
        return nil
    }

    /// Changes for the clauses of one way, each on top of the one before.
    private mutating func attempt(_ way: [Int], _ version: CompiledCatalogue.Version) -> Remedy? {
        var changed = sheet
        var changes: [Remedy.Change] = []
        for clause in way {
            let part = version.clauses[clause]
            if isMet(part, changed) { continue }
            guard let (fact, code) = change(for: part, clause, version, changed) else { continue }
            changes.append(words(fact, from: changed.values[fact], to: code))
            changed.set(fact, code)
        }
        guard !changes.isEmpty else { return nil }
        if judge.verdict(of: programme, changed) != .ineligible { return remedy(changes, nil) }
        return wait(changed).map { remedy(changes, $0) }
    }

    private mutating func isMet(_ part: Int32, _ sheet: FactSheet) -> Bool {
        judge.readAtoms(sheet)
        return judge.truth(ofPart: part) == .yes
    }

    // MARK: Changes

    /// The fact whose smallest change is enough for a clause.
    private mutating func change(
        for part: Int32,
        _ clause: Int,
        _ version: CompiledCatalogue.Version,
        _ sheet: FactSheet
    ) -> (fact: Int, code: Int64)? {
        let definition = rules.programmes[programme].versions[version.version]
        let column = definition.clauses[clause].fact
        // The clause's own fact first, then what it follows from.
        let behind = inputs(behind: column).sorted {
            ($0 == column ? 0 : 1, $0) < ($1 == column ? 0 : 1, $1)
        }
        for fact in behind where sheet.given[fact] != FactCode.unknown {
            if let code = nearest(fact, part, sheet) { return (fact, code) }
        }
        return nil
    }

    private func inputs(behind column: Int) -> Set<Int> {
        var seen: Set<Int> = []
        var open = [column]
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            if next < rules.facts.count, let derivation = rules.facts[next].derivation {
                open += derivation.facts
            }
        }
        return seen.filter { $0 < rules.facts.count && rules.facts[$0].change != .never }
    }

    /// The nearest value that meets a clause; nil where none does.
    private mutating func nearest(_ fact: Int, _ part: Int32, _ sheet: FactSheet) -> Int64? {
        let definition = rules.facts[fact]
        let current = sheet.given[fact]
        switch definition.type {
        case .bool, .choice:
            let count = Int64(definition.type.choices?.choices.count ?? 2)
            return (0..<count).first { $0 != current && isMet(part, sheet.with(fact, $0)) }
        case .set:
            return nil
        case .integer, .money, .date, .months, .percent:
            let lowest = definition.range.lowest ?? 0
            let highest = definition.range.highest ?? FactCode.maximumMagnitude / 2
            let isLower = [.lower, .any].contains(definition.change)
            let isHigher = [.higher, .any].contains(definition.change)
            let down = isLower ? search(fact, part, sheet, from: current, to: lowest) : nil
            let up = isHigher ? search(fact, part, sheet, from: current, to: highest) : nil
            guard let down, let up else { return down ?? up }
            return current - down <= up - current ? down : up
        }
    }

    /// The value nearest to the present one, by bisection between it and the end of the range.
    private mutating func search(
        _ fact: Int,
        _ part: Int32,
        _ sheet: FactSheet,
        from current: Int64,
        to end: Int64
    ) -> Int64? {
        guard current != end, isMet(part, sheet.with(fact, end)) else { return nil }
        var (bad, good) = (current, end)
        while abs(good - bad) > 1 {
            let middle = bad + (good - bad) / 2
            if isMet(part, sheet.with(fact, middle)) { good = middle } else { bad = middle }
        }
        return good
    }

    // MARK: Waiting

    /// The first day on which the programme no longer refuses and applications are or will be taken.
    private mutating func wait(_ sheet: FactSheet) -> LocalDate? {
        let today = Int64(judge.date.daysSinceEpoch)
        let catalogue = judge.catalogue
        var moved = sheet
        for version in catalogue.versions where version.programme == programme {
            let body = rules.programmes[programme].versions[version.version]
            let windows = WindowRule(body.windows, version.windows)
            let first = max(today + 1, version.from)
            let last = min(today + Int64(Self.maximumWaitDays), version.to)
            guard first <= last else { continue }
            for day in first...last {
                moved.move(to: day, computing: version.derivations)
                judge.readAtoms(moved)
                guard judge.truth(of: version.root(for: moved)) != .ineligible else { continue }
                if windows.state(moved) != .closed {
                    return LocalDate(daysSinceEpoch: Int(day))
                }
            }
        }
        return nil
    }

    // MARK: Words

    private func words(_ fact: Int, from current: Int64, to code: Int64) -> Remedy.Change {
        let definition = rules.facts[fact]
        let type = definition.type
        let text = { (value: Int64) in
            Bilingual(type.text(of: value, .korean), type.text(of: value, .english))
        }
        let (low, high) = (min(current, code), max(current, code))
        let subject = Particle.subject.attach(definition.label.korean)
        let sentence: Bilingual
        if type.isOrdered, type != .date {
            let difference = text(high - low)
            let isLower = code < current
            sentence = Bilingual(
                "\(subject) \(difference.korean) \(isLower ? "낮으면" : "높으면") 가능합니다.",
                "Possible if \(definition.label.english) were \(difference.english) "
                    + "\(isLower ? "lower" : "higher")."
            )
        } else {
            sentence = Bilingual(
                "\(subject) ‘\(text(code).korean)’이면 가능합니다.",
                "Possible if \(definition.label.english) were “\(text(code).english)”."
            )
        }
        return Remedy.Change(
            fact: definition.name,
            label: definition.label,
            from: text(current),
            to: text(code),
            sentence: sentence,
            value: type.value(of: code) ?? .absent
        )
    }

    private func remedy(_ changes: [Remedy.Change], _ date: LocalDate?) -> Remedy {
        var korean = changes.map(\.sentence.korean)
        var english = changes.map(\.sentence.english)
        // All but the last go on: 낮으면 가능합니다. → 낮고,
        for index in korean.indices.dropLast() {
            korean[index] = korean[index]
                .replacing("으면 가능합니다.", with: "고,")
                .replacing("이면 가능합니다.", with: "이고,")
            english[index + 1] =
                "and " + english[index + 1].replacing("Possible if ", with: "")
            english[index] = String(english[index].dropLast()) + ","
        }
        if let date {
            if changes.isEmpty {
                korean = ["\(date)부터 가능합니다."]
                english = ["Possible from \(date)."]
            } else {
                korean.insert("\(date)부터,", at: 0)
                english.insert("From \(date):", at: 0)
            }
        }
        return Remedy(
            changes: changes,
            waitUntil: date,
            sentence: Bilingual(
                korean.joined(separator: " "),
                english.joined(separator: " ")
            )
        )
    }
}
