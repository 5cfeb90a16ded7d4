public import Basics

/// The reasons, each told when it is asked for.
extension Judgement {
    private var definition: Programme { basis.catalogue.catalogue.programmes[place] }
    private var compiled: CompiledCatalogue.Version? {
        basis.inForce[place].map { basis.catalogue.versions[$0] }
    }
    private var version: ProgrammeVersion? { compiled.map { definition.versions[$0.version] } }

    /// The programme's name.
    public var programme: String { definition.name }
    /// Its title.
    public var title: Bilingual { definition.title }
    /// The first and last day of the version that judged; nil where none is in force.
    public var inForce: (from: LocalDate, to: LocalDate?)? {
        version.map { (from: $0.from, to: $0.to) }
    }
    /// Why there is no version, where its authors say so.
    public var paused: Bilingual? {
        guard verdict == .notInForce else { return nil }
        return definition.version(on: basis.sheet.date)?.paused
    }
    /// The programme that took its place.
    public var supersededBy: String? { definition.supersededBy }

    /// What it gives in all: to everybody of those it is judged for whom it may fit, and everything that a version
    /// gives to whom its own conditions do not shut out.
    public var estimate: Estimate? {
        let possible = members.map(\.judgement).filter { $0.verdict == verdict }
        if possible.count > 1 { return Estimate(possible.compactMap(\.estimate)) }
        return Estimate(estimates)
    }

    /// What it gives to one person, thing by thing.
    public var estimates: [Estimate] {
        guard let compiled, let version else { return [] }
        return zip(version.benefits, compiled.benefits).compactMap { benefit, programs in
            let isGiven = programs.condition.map { Truth(basis.sheet.value(of: $0)) } ?? .yes
            guard isGiven != .no else { return nil }
            return estimate(benefit, programs.pays, programs.times, isCertain: isGiven == .yes)
        }
    }

    /// Whether applications are taken on the day.
    public var window: WindowState {
        guard let compiled, let version else { return .closed }
        return WindowRule(version.windows, compiled.windows).state(basis.sheet)
    }

    private var truths: [Truth] {
        guard let compiled else { return [] }
        return basis.catalogue.nodes.withUnsafeBufferPointer { nodes in
            basis.literals.withUnsafeBufferPointer { literals in
                compiled.clauses.map {
                    Truth(rawValue: Judge.raw($0, nodes, literals)) ?? .unknown
                }
            }
        }
    }

    /// Every clause.
    public var findings: [Finding] {
        guard let version else { return [] }
        return zip(version.clauses, truths).map { clause, truth in
            Finding(
                clause: clause,
                truth: truth,
                code: basis.sheet.values[clause.fact],
                catalogue: basis.catalogue
            )
        }
    }

    /// The fewest clauses that would have to come out otherwise; empty where none fails.
    public var failing: [String] {
        guard verdict == .ineligible, let index = basis.inForce[place] else { return [] }
        if basis.catalogue.versions[index].isPlain {
            return basis.catalogue.failures(of: index, basis.literals)
        }
        guard let version else { return [] }
        let ways = FailureAnalysis(truths: truths).ways(version.condition)
        return (ways.first ?? []).map { version.clauses[$0].name }
    }

    /// The clauses nobody can judge yet and that decide.
    public var open: [String] {
        guard verdict == .undecided, let version else { return [] }
        return FailureAnalysis(truths: truths).open(version.condition).map {
            version.clauses[$0].name
        }
    }

    /// The clauses of ``failing``, with how they stand.
    public var failingFindings: [Finding] { findings(of: failing) }

    /// The clauses of ``open``, with how they stand.
    public var openFindings: [Finding] { findings(of: open) }

    private func findings(of clauses: [String]) -> [Finding] {
        clauses.isEmpty ? [] : findings.filter { clauses.contains($0.clause.name) }
    }

    /// The documents asked for.
    public var documents: [RequiredDocument] {
        guard let compiled, let version else { return [] }
        return documents(version, compiled, basis.sheet)
    }

    /// The points, where applicants are ranked by them; counted as far as known.
    public var points: Int? {
        guard let compiled, let version, version.selection.method == .points else { return nil }
        return zip(version.selection.points, compiled.points).reduce(0) {
            $0 + (Truth(basis.sheet.value(of: $1.1)) == .yes ? $1.0.count : 0)
        }
    }

    /// The stratum of the draw, where there are any and it is known.
    public var stratum: Bilingual? {
        guard let compiled, let version else { return nil }
        return zip(version.selection.strata, compiled.strata).first {
            Truth(basis.sheet.value(of: $1)) == .yes
        }?.0.label
    }

    private func estimate(
        _ benefit: Benefit,
        _ pays: Program?,
        _ count: Program?,
        isCertain: Bool
    ) -> Judgement.Estimate {
        let each = pays.map { basis.sheet.value(of: $0) }
        let times = count.map { basis.sheet.value(of: $0) } ?? 1
        let isKnown = each != FactCode.unknown && times != FactCode.unknown
        let total = each.flatMap { each -> Int64? in
            guard isKnown else { return nil }
            let (product, overflow) = each.multipliedReportingOverflow(by: times)
            return overflow ? nil : product
        }
        return Judgement.Estimate(
            each: each.flatMap { $0 == FactCode.unknown ? nil : Won($0) },
            times: times == FactCode.unknown ? nil : Int(times),
            total: total.map { Won($0) },
            rhythm: benefit.rhythm,
            isUpperBound: benefit.isUpperBound,
            note: benefit.note,
            label: benefit.label,
            isCertain: isCertain
        )
    }

    /// The documents of those who must bring them; one whose condition is not known is asked for.
    private func documents(
        _ version: ProgrammeVersion,
        _ compiled: CompiledCatalogue.Version,
        _ sheet: FactSheet
    ) -> [RequiredDocument] {
        zip(version.documents, compiled.documents).compactMap { document, condition in
            guard let condition else { return document }
            return Truth(sheet.value(of: condition)) == .no ? nil : document
        }
    }
}

extension Judgement.Estimate {
    /// Several estimates together: a sum where every amount is known or is no money; nil of none.
    init?(_ parts: [Self]) {
        guard let first = parts.first else { return nil }
        guard parts.count > 1 else {
            self = first
            return
        }
        let isAlike = parts.allSatisfy { $0.rhythm == first.rhythm && $0.times == first.times }
        let totals = parts.filter { $0.isMoney && $0.isCertain }.map(\.total)
        self.init(
            each: isAlike ? Self.sum(parts.map(\.each)) : nil,
            times: isAlike ? first.times : nil,
            total: Self.sum(totals),
            rhythm: isAlike ? first.rhythm : .once,
            isUpperBound: parts.contains(where: \.isUpperBound),
            isCertain: parts.allSatisfy(\.isCertain),
            parts: parts
        )
    }

    /// Whether it is money, known or not.
    private var isMoney: Bool {
        each != nil || total != nil || note == nil || parts.contains(where: \.isMoney)
    }

    /// Whether it is paid again and again without a set number.
    public var isOpenEnded: Bool {
        parts.isEmpty
            ? rhythm != .once && times == 1 : parts.contains(where: \.isOpenEnded)
    }

    private static func sum(_ amounts: [Won?]) -> Won? {
        let known = amounts.compactMap { $0 }
        return known.isEmpty || known.count < amounts.count ? nil : known.reduce(.zero, +)
    }
}
