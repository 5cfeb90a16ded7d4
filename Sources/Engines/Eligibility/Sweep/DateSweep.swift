public import Basics

/// How programmes stand for one person on every day between two dates.
///
/// Each day is judged by the version in force on it: a window of the first fifteen days of each month,
/// a month end or a birthday comes out of the rules to the day. Nothing between two days is guessed,
/// so a window that opens and closes again within a week is not missed.
public struct DateSweep: Sendable {
    /// The most days of a sweep: a childhood.
    public static let maximumDayCount = 20 * 366

    /// How a programme stands on a day.
    public struct Standing: Sendable, Hashable {
        /// Whether applications are taken.
        public enum Window: Sendable, Hashable {
            /// They are.
            case open
            /// They are not.
            case closed
            /// A fact that is not known decides it.
            case unknown
        }

        /// What the rules say of an application of the day.
        public var verdict: Verdict
        /// Whether it is taken.
        public var window: Window
        /// The amount each time; nil where it is not money, not known, or refused.
        public var each: Won?

        /// Whether an application of the day may succeed: it is taken, and nothing known speaks against it.
        public var isPossible: Bool {
            window != .closed && (verdict == .eligible || verdict == .undecided)
        }
    }

    /// Days in a row on which a programme stands the same.
    public struct Run: Sendable, Hashable {
        /// The first day.
        public var from: LocalDate
        /// The last day; nil where it goes on past the end of the sweep.
        public var to: LocalDate?
        /// How it stands.
        public var standing: Standing
    }

    /// The runs of each programme, by its name, earliest first.
    public private(set) var runs: [String: [Run]] = [:]

    /// Judges every day.
    ///
    /// - Parameters:
    ///   - situations: What is known, earliest first. Each holds from its date until the next one's.
    ///   - last: The last day.
    ///   - names: The programmes.
    ///   - person: The one of the situations' people for whom programmes that are judged for each of several are;
    ///     nil where any of them counts.
    ///   - catalogue: The rules.
    /// - Throws: `EligibilityError` `unknownProgramme`, `tooLarge`, or what a situation is refused for.
    public init(
        _ situations: [Situation],
        through last: LocalDate,
        of names: [String],
        for person: String? = nil,
        in catalogue: CompiledCatalogue
    ) throws {
        guard let first = situations.first?.date, first <= last else { return }
        let days = last.daysSinceEpoch - first.daysSinceEpoch + 1
        guard days <= Self.maximumDayCount else {
            throw EligibilityError(
                .tooLarge,
                Bilingual(
                    "한 번에 \(Self.maximumDayCount.grouped)일까지 볼 수 있습니다.",
                    "At most \(Self.maximumDayCount.grouped) days can be looked at."
                )
            )
        }
        let programmes = try names.map { try SweptProgramme($0, catalogue) }
        // What has to be computed anew each day, the amounts included.
        let derivations = catalogue.derivations.places(
            behind: programmes.reduce(into: []) { $0.formUnion($1.columns) }
        )
        var judge = Judge(catalogue, on: first)
        var open = programmes.map { _ in Run?.none }
        for (index, situation) in situations.enumerated() {
            let next = situations.indices.contains(index + 1) ? situations[index + 1].date : nil
            let end = min(last, next?.adding(days: -1) ?? last)
            guard situation.date <= end else { continue }
            let whole = try FactSheet(situation, in: catalogue)
            var sheet = person.flatMap { whole.members(named: $0) } ?? whole
            for day in situation.date.daysSinceEpoch...end.daysSinceEpoch {
                sheet.move(to: Int64(day), computing: derivations)
                judge.readAtoms(sheet)
                for (place, programme) in programmes.enumerated() {
                    let standing = programme.standing(on: Int64(day), judge, sheet)
                    extend(&open[place], by: standing, on: day, programme.name)
                }
            }
        }
        for (place, programme) in programmes.enumerated() {
            if let run = open[place] { runs[programme.name, default: []].append(run) }
        }
    }

    /// Goes on with the run that is open, or closes it and opens another.
    private mutating func extend(
        _ open: inout Run?,
        by standing: Standing,
        on day: Int,
        _ name: String
    ) {
        if open?.standing == standing { return }
        if var run = open {
            run.to = LocalDate(daysSinceEpoch: day - 1)
            runs[name, default: []].append(run)
        }
        open = Run(from: LocalDate(daysSinceEpoch: day), to: nil, standing: standing)
    }
}

/// A programme with its versions at hand.
private struct SweptProgramme {
    private struct Version {
        var compiled: CompiledCatalogue.Version
        var windows: WindowRule
    }

    let name: String
    /// What its conditions, windows and amounts look at.
    let columns: Set<Int>
    private let versions: [Version]

    init(_ name: String, _ catalogue: CompiledCatalogue) throws {
        guard let index = catalogue.programmeIndex(name) else {
            throw EligibilityError(
                .unknownProgramme,
                Bilingual("모르는 사업입니다: \(name)", "There is no programme “\(name)”.")
            )
        }
        let definition = catalogue.catalogue.programmes[index]
        let compiled = catalogue.versions.filter { $0.programme == index }
        var columns: Set<Int> = []
        for version in compiled {
            let body = definition.versions[version.version]
            columns.formUnion(version.columns)
            let computed =
                body.benefits.flatMap { [$0.pays, $0.condition] }
                + body.windows.flatMap { [$0.from, $0.to] }
            for case let expression? in computed { columns.formUnion(expression.facts) }
        }
        self.name = name
        self.columns = columns
        versions = compiled.map {
            Version(
                compiled: $0,
                windows: WindowRule(definition.versions[$0.version].windows, $0.windows)
            )
        }
    }

    /// How it stands on a day whose atoms the judge has read.
    func standing(on day: Int64, _ judge: Judge, _ sheet: FactSheet) -> DateSweep.Standing {
        let version = versions.first { $0.compiled.from <= day && day <= $0.compiled.to }
        guard let version else { return .init(verdict: .notInForce, window: .closed) }
        let verdict = judge.truth(of: version.compiled.root(for: sheet))
        guard verdict != .ineligible else { return .init(verdict: verdict, window: .closed) }
        let window: DateSweep.Standing.Window =
            switch version.windows.state(sheet) {
            case .open: .open
            case .opens, .closed: .closed
            case .unknown: .unknown
            }
        // Of several things the first that is given stands for the rest.
        let given = version.compiled.benefits.first { benefit in
            benefit.condition.map { Truth(sheet.value(of: $0)) != .no } ?? true
        }
        let each = given?.pays.map { sheet.value(of: $0) }
        return DateSweep.Standing(
            verdict: verdict,
            window: window,
            each: each.flatMap { $0 == FactCode.unknown ? nil : Won($0) }
        )
    }
}
