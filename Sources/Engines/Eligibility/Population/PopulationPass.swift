public import Basics
import Synchronization

/// Matches everybody against every programme, and says what is new since the last time.
///
/// The columns are read block by block on several threads. Who fits is written to a file; only what changed becomes
/// candidates for a notice. Nobody is told by this: a match is not a consent.
public struct PopulationPass: Sendable {
    /// A change of one resident and one programme.
    public struct Candidate: Sendable, Hashable, BitwiseCopyable {
        /// The resident, by number.
        public var resident: UInt32
        /// Twice the programme's place in the catalogue, plus one where the resident newly fits.
        fileprivate var change: UInt32

        /// The programme's place in the catalogue.
        public var programme: Int { Int(change / 2) }
        /// Whether the resident fits now and did not before; else the reverse.
        public var fits: Bool { change & 1 == 1 }

        init(resident: Int, programme: Int, fits: Bool) {
            self.resident = UInt32(resident)
            change = UInt32(programme) * 2 + (fits ? 1 : 0)
        }
    }

    /// What a pass did.
    public struct Outcome: Sendable, Hashable {
        /// How many pairs of a resident and a programme fit.
        public var fitting: Int
        /// How many are new.
        public var newlyFits: Int
        /// How many are over.
        public var noLongerFits: Int
    }

    /// The rules.
    public let catalogue: CompiledCatalogue
    /// What is known of the residents.
    public let columns: PopulationColumns
    /// The day of the applications that are judged.
    public let date: LocalDate

    /// Makes ready for a day.
    public init(_ catalogue: CompiledCatalogue, _ columns: PopulationColumns, on date: LocalDate) {
        self.catalogue = catalogue
        self.columns = columns
        self.date = date
    }

    private var day: Int64 { Int64(date.daysSinceEpoch) }
    private var blockCount: Int {
        (columns.residentCount + BitBlock.residentCount - 1) / BitBlock.residentCount
    }

    /// Matches everybody, writes who fits and, where an earlier file is given, what changed.
    ///
    /// The file of candidates is records of 8 bytes, read by `candidates(at:)`. Without an earlier file nothing is known
    /// to be new, and there is no candidate: the first night must not tell the whole city. What follows from the
    /// columns is kept where a file is named for it, so that `rematch` computes none of it anew.
    ///
    /// - Throws: `EligibilityError` `unwritable`, or `unreadable` where the earlier file is of other residents.
    public func match(
        writing path: String,
        candidates candidatePath: String,
        keeping derivedPath: String? = nil,
        since before: PopulationMatches? = nil,
        workerCount: Int = 2
    ) async throws -> Outcome {
        if let before, before.residentCount != columns.residentCount {
            throw MappedFile.unreadable(path)
        }
        let names = catalogue.catalogue.programmes.map(\.name)
        let kept = derivedPath == nil ? [] : BlockMatcher(catalogue, columns, on: day).computed
        let run = try PassRun(
            path,
            candidatePath,
            MatchTable(
                programmes: names,
                residentCount: columns.residentCount,
                date: date.daysSinceEpoch
            ),
            try derivedPath.map {
                try DerivedWriter($0, columnCount: kept.count, blockCount: blockCount)
            }
        )
        let order = before.map { before in
            let places = Dictionary(
                before.programmes.enumerated().map { ($1, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            return names.map { places[$0] }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, workerCount) {
                group.addTask {
                    var worker = PassWorker(
                        BlockMatcher(catalogue, columns, on: day),
                        programmeCount: names.count,
                        before,
                        order,
                        keeping: kept
                    )
                    while let block = run.nextBlock(blockCount) {
                        try Task.checkCancellation()
                        try worker.match(block, columns.residentCount, run)
                    }
                }
            }
            try await group.waitForAll()
        }
        return try run.finish(kept.map(catalogue.meaning))
    }

    /// How many pairs of a resident and a programme fit; nothing is written.
    public func countFitting() -> Int {
        var matcher = BlockMatcher(catalogue, columns, on: day)
        var total = 0
        for block in 0..<blockCount {
            matcher.move(to: block)
            let valid = columns.residentCount - block * BitBlock.residentCount
            for programme in matcher.roots.indices {
                let words = matcher.fitting(programme)
                BitBlock.cut(UnsafeMutablePointer(mutating: words), valid)
                total += MatchSet.count(words)
            }
        }
        return total
    }

    /// Matches everybody against one programme whose rules changed, and puts its sets in the place of the old ones.
    ///
    /// - Parameters:
    ///   - name: The programme.
    ///   - path: The file of matches.
    ///   - derived: What the pass over the same columns kept; a rule of another day does not look there.
    /// - Returns: Who newly fits and whom it no longer fits.
    /// - Throws: `EligibilityError` `unknownProgramme`, `unreadable` or `unwritable`.
    public func rematch(
        _ name: String,
        in path: String,
        with derived: DerivedColumns? = nil
    ) throws -> [Candidate] {
        let before = try PopulationMatches(path)
        guard let programme = catalogue.programmeIndex(name),
            let place = before.programmes.firstIndex(of: name),
            before.residentCount == columns.residentCount
        else {
            throw EligibilityError(
                .unknownProgramme,
                Bilingual("모르는 사업입니다: \(name)", "There is no programme “\(name)”.")
            )
        }
        let isOfToday = derived?.date == date && derived?.residentCount == columns.residentCount
        var matcher = BlockMatcher(
            catalogue,
            columns,
            on: day,
            programmes: [programme],
            kept: isOfToday ? derived : nil
        )
        var file = try OutputFile(path, appending: true)
        var table = MatchTable(
            programmes: before.programmes,
            residentCount: before.residentCount,
            date: before.date.daysSinceEpoch
        )
        table.blockOffsets = before.blockOffsets
        table.replaced = before.replaced
        let size = BitBlock.wordCount
        var new: [UInt64] = Array(repeating: 0, count: blockCount * size)
        var old = new
        var sets: [UInt8] = []
        var offsets: [UInt64] = []
        new.withUnsafeMutableBufferPointer { new in
            old.withUnsafeMutableBufferPointer { old in
                guard let new = new.baseAddress, let old = old.baseAddress else { return }
                rematch(programme, place, before, &matcher, new, old) { encoded in
                    offsets.append(UInt64(file.count + sets.count))
                    sets += encoded
                }
            }
        }
        try file.append(sets)
        table.replaced[place] = offsets
        try table.write(&file)
        return Self.changes(new, old, programme)
    }

    /// The sets of all blocks, new and old; each new one is also told as it is written.
    private func rematch(
        _ programme: Int,
        _ place: Int,
        _ before: PopulationMatches,
        _ matcher: inout BlockMatcher,
        _ new: BitBlock.Words,
        _ old: BitBlock.Words,
        _ write: (UnsafeRawBufferPointer) -> Void
    ) {
        let size = BitBlock.wordCount
        withUnsafeTemporaryAllocation(byteCount: MatchSet.maximumByteCount, alignment: 8) { room in
            guard let encoded = room.baseAddress else { return }
            for block in 0..<blockCount {
                matcher.move(to: block)
                let words = matcher.fitting(programme)
                let valid = columns.residentCount - block * BitBlock.residentCount
                BitBlock.cut(UnsafeMutablePointer(mutating: words), valid)
                (new + block * size).update(from: words, count: size)
                before.read(place, block, into: old + block * size)
                BitBlock.cut(old + block * size, valid)
                let count = MatchSet.encode(words, count: MatchSet.count(words), into: encoded)
                write(UnsafeRawBufferPointer(start: encoded, count: count))
            }
        }
    }

    /// The changes between two sets of everybody, in room that is as large as they need.
    private static func changes(
        _ new: [UInt64],
        _ old: [UInt64],
        _ programme: Int
    ) -> [Candidate] {
        let total = zip(new, old).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
        return [Candidate](unsafeUninitializedCapacity: total) { changes, count in
            for block in 0..<(new.count / BitBlock.wordCount) {
                let start = block * BitBlock.wordCount
                new.withUnsafeBufferPointer { new in
                    old.withUnsafeBufferPointer { old in
                        guard let new = new.baseAddress, let old = old.baseAddress else { return }
                        Self.changes(new + start, old + start, programme, block) {
                            changes.initializeElement(at: count, to: $0)
                            count += 1
                        }
                    }
                }
            }
        }
    }

    /// The candidates a pass wrote.
    ///
    /// - Throws: `EligibilityError` `unreadable`.
    public static func candidates(at path: String) throws -> [Candidate] {
        let file = try MappedFile(path)
        guard let words = file.pointer(0, UInt32.self) else { return [] }
        // The first record is the head, because an empty file cannot lie in memory.
        return (1..<(file.count / 8)).map { index in
            let change = words[2 * index + 1]
            return Candidate(
                resident: Int(words[2 * index]),
                programme: Int(change / 2),
                fits: change & 1 == 1
            )
        }
    }

    @inline(__always)
    fileprivate static func changes(
        _ new: UnsafePointer<UInt64>,
        _ old: UnsafePointer<UInt64>,
        _ programme: Int,
        _ block: Int,
        _ body: (Candidate) -> Void
    ) {
        for word in 0..<BitBlock.wordCount {
            var rest = new[word] ^ old[word]
            while rest != 0 {
                let bit = rest.trailingZeroBitCount
                body(
                    Candidate(
                        resident: block * BitBlock.residentCount + word * 64 + bit,
                        programme: programme,
                        fits: new[word] >> UInt64(bit) & 1 == 1
                    )
                )
                rest &= rest &- 1
            }
        }
    }
}

extension BitBlock {
    /// Leaves only the first so many of a block.
    static func cut(_ words: Words, _ count: Int) {
        guard count < residentCount else { return }
        let whole = max(0, count) / 64
        if count % 64 != 0 { words[whole] &= (1 << UInt64(count % 64)) - 1 }
        let from = whole + (count % 64 == 0 ? 0 : 1)
        for word in from..<wordCount { words[word] = 0 }
    }
}

/// What the threads of a pass share: the next block, and the ends of the files.
private final class PassRun: Sendable {
    private let next = Atomic<Int>(0)
    private let state: Mutex<Files>

    private struct Files: ~Copyable {
        var matches: OutputFile
        var candidates: OutputFile
        var derived: DerivedWriter?
        var table: MatchTable
        var outcome = PopulationPass.Outcome(fitting: 0, newlyFits: 0, noLongerFits: 0)
    }

    init(
        _ path: String,
        _ candidatePath: String,
        _ table: MatchTable,
        _ derived: consuming DerivedWriter?
    ) throws {
        var candidates = try OutputFile(candidatePath)
        try candidates.append([UInt64(0)])
        state = Mutex(
            Files(
                matches: try OutputFile(path),
                candidates: candidates,
                derived: derived,
                table: table
            )
        )
    }

    func nextBlock(_ count: Int) -> Int? {
        let block = next.add(1, ordering: .relaxed).oldValue
        return block < count ? block : nil
    }

    /// Keeps a block's sets, changes and derived columns; the sets are whole words of bytes.
    func write(
        _ block: Int,
        _ sets: UnsafeRawBufferPointer,
        _ derived: NarrowLanes,
        _ changes: [PopulationPass.Candidate],
        _ outcome: PopulationPass.Outcome
    ) throws {
        try state.withLock { files in
            files.table.blockOffsets[block] = UInt64(files.matches.count)
            try files.matches.append(sets)
            try files.derived?.append(block, derived)
            if !changes.isEmpty { try files.candidates.append(changes) }
            files.outcome.fitting += outcome.fitting
            files.outcome.newlyFits += outcome.newlyFits
            files.outcome.noLongerFits += outcome.noLongerFits
        }
    }

    func finish(_ meanings: [String]) throws -> PopulationPass.Outcome {
        try state.withLock { files in
            try files.derived?.finish(
                meanings,
                residentCount: files.table.residentCount,
                date: files.table.date
            )
            try files.table.write(&files.matches)
            return files.outcome
        }
    }
}

/// One thread's part of a pass.
private struct PassWorker: ~Copyable {
    private var matcher: BlockMatcher
    private let before: PopulationMatches?
    /// The place of each programme in the earlier file; nil where it is new.
    private let order: [Int?]?
    /// The computed columns that are kept.
    private let kept: [Int]
    private var derived = NarrowLanes()
    private let sets: UnsafeMutableRawBufferPointer
    private let old: BitBlock.Words
    private var changes: [PopulationPass.Candidate] = []

    init(
        _ matcher: consuming BlockMatcher,
        programmeCount: Int,
        _ before: PopulationMatches?,
        _ order: [Int?]?,
        keeping kept: [Int]
    ) {
        self.matcher = matcher
        self.before = before
        self.order = order
        self.kept = kept
        let byteCount = MatchSet.maximumByteCount + MatchSet.offsetByteCount
        sets = .allocate(byteCount: programmeCount * byteCount + 8, alignment: 8)
        old = .allocate(capacity: BitBlock.wordCount)
    }

    deinit {
        sets.deallocate()
        old.deallocate()
    }

    mutating func match(_ block: Int, _ residentCount: Int, _ run: PassRun) throws {
        matcher.move(to: block)
        let valid = residentCount - block * BitBlock.residentCount
        var outcome = PopulationPass.Outcome(fitting: 0, newlyFits: 0, noLongerFits: 0)
        changes.removeAll(keepingCapacity: true)
        derived.removeAll()
        for column in kept {
            derived.append(matcher.values(column), min(valid, BitBlock.residentCount))
        }
        var end = matcher.roots.count * MatchSet.offsetByteCount
        for programme in matcher.roots.indices {
            let words = matcher.fitting(programme)
            BitBlock.cut(UnsafeMutablePointer(mutating: words), valid)
            let count = MatchSet.count(words)
            outcome.fitting += count
            if let before, let place = order?[programme] {
                before.read(place, block, into: old)
            } else {
                old.update(repeating: 0, count: BitBlock.wordCount)
            }
            if before != nil {
                BitBlock.cut(old, valid)
                PopulationPass.changes(words, old, programme, block) { changes.append($0) }
            }
            guard let base = sets.baseAddress else { continue }
            base.storeBytes(
                of: UInt32(end),
                toByteOffset: programme * MatchSet.offsetByteCount,
                as: UInt32.self
            )
            end += MatchSet.encode(words, count: count, into: base + end)
        }
        end = (end + 7) & ~7
        for change in changes {
            if change.fits { outcome.newlyFits += 1 } else { outcome.noLongerFits += 1 }
        }
        let written = UnsafeRawBufferPointer(rebasing: sets[..<end])
        try run.write(block, written, derived, changes, outcome)
    }
}
