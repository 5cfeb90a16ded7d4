import Basics

/// A question that is still open and can change a verdict.
public struct OpenQuestion: Sendable, Hashable {
    /// The facts asked for; several where they share a page (`group`).
    public var facts: [FactDefinition]
    /// The programmes whose verdict waits for it.
    public var programmes: [String]
}

/// Which question to ask next, so that few are asked and none for nothing.
///
/// Greedy decision theory: every answer that the rules tell apart counts the same; asked is what leaves the
/// fewest facts to ask for on average, those of programmes that take applications first. A question is only proposed with a witness: two full answers
/// that differ in it alone and in a verdict.
public struct QuestionPlanner: Sendable {
    /// How many partial answers the search for a witness looks at before it takes the question on trust.
    public static let maximumWitnessStepCount = 400

    /// What a fact weighs that only programmes wait for which take no more applications.
    static let closedWeight = 0.25

    private let catalogue: CompiledCatalogue

    /// Makes a planner over rules.
    public init(_ catalogue: CompiledCatalogue) {
        self.catalogue = catalogue
    }

    /// The next question; nil where no answer could change a verdict.
    ///
    /// Questions that the person does not want to answer are left out by the names of their facts.
    public func next(_ sheet: FactSheet, skipping: Set<String> = []) -> OpenQuestion? {
        var state = PlanningState(catalogue, sheet, skipping: skipping)
        for fact in state.ranked() where state.hasWitness(fact) {
            return question(fact, &state)
        }
        return nil
    }

    /// The next question that settles a verdict though it does not matter how it is answered; nil where
    /// there is none.
    ///
    /// What holds for every answer is still not known to hold before one is given: a limit that is
    /// extended by a time of service holds for whoever is far below it, however long they served.
    public func settling(_ sheet: FactSheet, skipping: Set<String> = []) -> OpenQuestion? {
        var state = PlanningState(catalogue, sheet, skipping: skipping)
        return state.settlingFact.map { question($0, &state) }
    }

    /// Every question that can change a verdict, the best one first.
    public func open(_ sheet: FactSheet, skipping: Set<String> = []) -> [OpenQuestion] {
        var state = PlanningState(catalogue, sheet, skipping: skipping)
        var asked: Set<String> = []
        var result: [OpenQuestion] = []
        for fact in state.ranked() {
            guard !asked.contains(catalogue.catalogue.facts[fact].name), state.hasWitness(fact)
            else { continue }
            let question = question(fact, &state)
            asked.formUnion(question.facts.map(\.name))
            result.append(question)
        }
        return result
    }

    /// Every fact that can change a verdict, in the order of the catalogue: those of ``open(_:skipping:)``
    /// without weighing which is best to ask first, which costs most of the time.
    public func deciding(_ sheet: FactSheet, skipping: Set<String> = []) -> [FactDefinition] {
        var state = PlanningState(catalogue, sheet, skipping: skipping)
        return state.facts.filter { state.hasWitness($0) }.map { catalogue.catalogue.facts[$0] }
    }

    /// The most facts that may still have to be asked for, by the names of those left out.
    public func remaining(_ sheet: FactSheet, skipping: Set<String> = []) -> [FactDefinition] {
        PlanningState(catalogue, sheet, skipping: skipping).facts.map {
            catalogue.catalogue.facts[$0]
        }
    }

    /// One answer for each way in which the comparisons of the open programmes can come out.
    public func answers(to question: OpenQuestion, _ sheet: FactSheet) -> [[FactValue]] {
        let state = PlanningState(catalogue, sheet, skipping: [])
        return question.facts.map { fact in
            let index = catalogue.catalogue.factIndex[fact.name] ?? 0
            return state.cells.answers(to: index, sheet).compactMap(fact.type.value(of:))
        }
    }

    private func question(_ fact: Int, _ state: inout PlanningState) -> OpenQuestion {
        let facts = catalogue.catalogue.facts
        var together = [fact]
        if let group = facts[fact].group {
            for other in state.facts
            where other != fact && facts[other].group == group && state.hasWitness(other) {
                together.append(other)
            }
        }
        return OpenQuestion(
            facts: together.map { facts[$0] },
            programmes: state.programmes(waitingFor: Set(together))
        )
    }
}

/// What is open for one person, while questions are weighed.
private struct PlanningState {
    private let catalogue: CompiledCatalogue
    private let sheet: FactSheet
    private let skipped: Set<Int>
    private var judge: Judge
    let cells: AnswerCells
    /// For each open programme the facts it waits for.
    private let waiting: [Int: Set<Int>]
    /// Programmes that also wait for what the person does not want to answer.
    private let blocked: Set<Int>
    /// Every fact something waits for, in the order of the catalogue.
    let facts: [Int]
    private var witnesses: [Int: Bool] = [:]
    /// For each programme answers with which it fits, as searches came upon them.
    private var fitting: [Int: FactSheet] = [:]

    init(_ catalogue: CompiledCatalogue, _ sheet: FactSheet, skipping: Set<String>) {
        self.catalogue = catalogue
        self.sheet = sheet
        skipped = Set(skipping.compactMap { catalogue.catalogue.factIndex[$0] })
        judge = Judge(catalogue, on: sheet.date)
        let all = judge.waitingFacts(sheet)
        waiting = all.mapValues { [skipped] in $0.subtracting(skipped) }
            .filter { !$0.value.isEmpty }
        blocked = Set(all.filter { [skipped] in !$0.value.isDisjoint(with: skipped) }.keys)
        facts = Set(waiting.values.joined()).sorted()
        let versions = waiting.keys.compactMap { [judge] in judge.inForce[$0] }
        cells = AnswerCells(
            catalogue,
            columns: versions.reduce(into: Set()) { $0.formUnion(catalogue.versions[$1].columns) }
        )
    }

    /// A fact that a programme waits for which waits for nothing the person left out.
    var settlingFact: Int? {
        facts.first { fact in
            waiting.contains { !blocked.contains($0.key) && $0.value.contains(fact) }
        }
    }

    func programmes(waitingFor asked: Set<Int>) -> [String] {
        waiting.filter { !$0.value.isDisjoint(with: asked) }.keys.sorted()
            .map { catalogue.catalogue.programmes[$0].name }
    }

    /// The facts, those that leave the least to ask first.
    mutating func ranked() -> [Int] {
        var scores: [Int: (Double, Double)] = [:]
        let closed = closedProgrammes()
        for fact in facts { scores[fact] = score(fact, closed) }
        return facts.sorted { left, right in
            let (leftScore, rightScore) = (scores[left] ?? (0, 0), scores[right] ?? (0, 0))
            return (leftScore.0, leftScore.1, left) < (rightScore.0, rightScore.1, right)
        }
    }

    /// The programmes that take no more applications, as far as is known.
    private mutating func closedProgrammes() -> Set<Int> {
        judge.readAtoms(sheet)
        let basis = judge.basis(sheet)
        return Set(
            waiting.keys.filter { Judgement(basis, $0, .undecided).window == .closed }
        )
    }

    /// How many facts are left on average after an answer, and how often a programme waits for one.
    ///
    /// What only programmes wait for that take no more applications weighs less: nobody is in a hurry for it.
    private mutating func score(_ fact: Int, _ closed: Set<Int>) -> (Double, Double) {
        let answers = cells.answers(to: fact, sheet)
        var distinct = 0.0
        var total = 0.0
        for answer in answers {
            let left = judge.waitingFacts(sheet.with(fact, answer))
                .mapValues { $0.subtracting(skipped) }
            let all = Set(left.values.joined())
            let urgent =
                closed.isEmpty ? all : Set(left.filter { !closed.contains($0.key) }.values.joined())
            let share = QuestionPlanner.closedWeight
            distinct += Double(urgent.count) + share * Double(all.count - urgent.count)
            total += left.reduce(0) { sum, entry in
                sum + Double(entry.value.count) * (closed.contains(entry.key) ? share : 1)
            }
        }
        let count = Double(max(1, answers.count))
        return (distinct / count, total / count)
    }

    /// Whether some answers to everything else leave a verdict to this one fact.
    mutating func hasWitness(_ fact: Int) -> Bool {
        if let known = witnesses[fact] { return known }
        var found = false
        for programme in waiting.keys.sorted() where !found {
            guard let waits = waiting[programme], waits.contains(fact) else { continue }
            if turns(fact, programme) {
                found = true
                continue
            }
            var steps = 0
            // What is counted in won or days comes last: where its limits are follows from the others.
            let others = waits.subtracting([fact]).sorted { left, right in
                (breadth(left), left) < (breadth(right), right)
            }
            found = search(fact, programme, others[...], sheet, &steps)
        }
        witnesses[fact] = found
        return found
    }

    private func breadth(_ fact: Int) -> Int64 {
        AnswerCells.breadth(of: catalogue.catalogue.facts[fact], on: sheet.date)
    }

    /// Whether another answer to the fact alone makes a programme fail that was found to fit: a witness
    /// that needs no search of its own.
    private mutating func turns(_ fact: Int, _ programme: Int) -> Bool {
        guard let sheet = fitting[programme], sheet.values[fact] != FactCode.unknown else {
            return false
        }
        for answer in cells.answers(to: fact, sheet) {
            if judge.verdict(of: programme, sheet.with(fact, answer)) == .ineligible {
                return true
            }
        }
        return false
    }

    /// Answers the others one by one, until two answers to the fact come to different verdicts.
    private mutating func search(
        _ fact: Int,
        _ programme: Int,
        _ others: ArraySlice<Int>,
        _ sheet: FactSheet,
        _ steps: inout Int
    ) -> Bool {
        steps += 1
        if steps > QuestionPlanner.maximumWitnessStepCount { return true }
        var verdicts: Set<Verdict> = []
        let answers = cells.answers(to: fact, sheet)
        for answer in answers {
            let answered = sheet.with(fact, answer)
            let verdict = judge.verdict(of: programme, answered)
            if verdict == .eligible { fitting[programme] = answered }
            verdicts.insert(verdict)
        }
        if verdicts.isSuperset(of: [.eligible, .ineligible]) { return true }
        // What waits for a skipped fact too cannot come out well now, but it can be ruled out.
        if blocked.contains(programme), verdicts.count > 1 { return true }
        guard verdicts.contains(.undecided), let other = others.first else { return false }
        // Two facts may decide together: the other's boundaries are those beside either end of this one.
        var tried: Set<Int64> = []
        let ends = [answers.first, answers.last].compactMap { $0 }
        for answer in ends.flatMap({ cells.answers(to: other, sheet.with(fact, $0)) }) {
            guard tried.insert(answer).inserted else { continue }
            if search(fact, programme, others.dropFirst(), sheet.with(other, answer), &steps) {
                return true
            }
        }
        return false
    }
}

extension Judge {
    /// For each undecided programme the facts that could be asked for to decide it.
    mutating func waitingFacts(_ sheet: FactSheet) -> [Int: Set<Int>] {
        readAtoms(sheet)
        var result: [Int: Set<Int>] = [:]
        for (programme, index) in inForce.enumerated() {
            guard let index else { continue }
            let version = catalogue.versions[index]
            guard truth(of: version.root) == .undecided else { continue }
            let body = catalogue.catalogue.programmes[programme].versions[version.version]
            let members = version.beneficiary.map { sheet.members($0).map(\.sheet) } ?? []
            var facts = members.isEmpty ? openFacts(version, body, sheet) : []
            for member in members {
                readAtoms(member)
                facts.formUnion(openFacts(version, body, member))
            }
            if !members.isEmpty { readAtoms(sheet) }
            result[programme] = facts
        }
        return result
    }

    /// The facts that could be asked for to decide the open clauses, after `readAtoms`.
    private func openFacts(
        _ version: CompiledCatalogue.Version,
        _ body: ProgrammeVersion,
        _ sheet: FactSheet
    ) -> Set<Int> {
        let analysis = FailureAnalysis(truths: version.clauses.map { truth(ofPart: $0) })
        var facts: Set<Int> = []
        for clause in analysis.open(body.condition) {
            for column in body.clauses[clause].columns {
                facts.formUnion(
                    catalogue.askedBehind[column].filter { sheet.values[$0] == FactCode.unknown }
                )
            }
        }
        return facts
    }
}

extension Clause {
    /// The columns it looks at: its fact, and those its limits follow from.
    fileprivate var columns: Set<Int> {
        comparisons.reduce(into: [fact]) { $0.formUnion($1.limit.facts) }
    }
}
