import Basics
import Eligibility

/// A city of ten million against a thousand programmes: yesterday, today, and what changed.
struct Everybody {
    let folder: String
    let residentCount: Int
    private let day = LocalDate(daysSinceEpoch: 20_600)

    init(folder: String, residentCount: Int) {
        self.folder = folder
        self.residentCount = residentCount
    }

    func measure() async throws {
        let catalogue = try Self.catalogue(seed: 12_345)
        let written = try await stepTime { try makeColumns(catalogue) }
        let columns = written.result
        print("{\"measure\":\"columns\",\"wall\":\(written.wall),\"atoms\":\(catalogue.atomCount)}")
        let yesterday = LocalDate(daysSinceEpoch: day.daysSinceEpoch - 1)
        try await pass("first pass", catalogue, columns, yesterday, "yesterday", nil)
        let before = try PopulationMatches("\(folder)/yesterday")
        try await pass("next day", catalogue, columns, day, "today", before)
        try await rematch(columns)
        try await oneResident(catalogue, columns)
    }

    static func catalogue(seed: UInt64) throws -> CompiledCatalogue {
        var random = SeededRandom(seed: seed)
        var limits = RuleLimits()
        limits.maximumFileByteCount = 4 << 20
        let text = SyntheticRules.text(&random, withHouseholds: true)
        return CompiledCatalogue(
            try RuleCatalogue([RuleFile(name: "synthetic.yaml", text: text)], limits: limits)
        )
    }

    /// Households of one to five, one after the other; everything else at random, one in fifty not known.
    private func makeColumns(_ catalogue: CompiledCatalogue) throws -> PopulationColumns {
        var random = SeededRandom(seed: 7)
        var writer = try PopulationWriter(
            "\(folder)/columns",
            residentCount: residentCount,
            catalogue.catalogue
        )
        for column in 0..<SyntheticRules.columnCount {
            let values = UInt64(SyntheticRules.values(column))
            try writer.addNumbers("f\(column)", in: 0...Int64(values)) { _ in
                let bits = random.next()
                return bits & 63 == 0 ? nil : Int64(((bits >> 32) * values) >> 32)
            }
        }
        let today = UInt64(day.daysSinceEpoch)
        try writer.addNumbers("birthDate", in: -15_000...21_000) { _ in
            Int64(today) - Int64(((random.next() >> 32) * 34_000) >> 32)
        }
        try writer.addNumbers("salary", in: 0...12_000_000) { _ in
            let bits = random.next()
            return bits & 3 == 0 ? 0 : Int64(((bits >> 32) * 8_000_000) >> 32)
        }
        var starts: [Int32] = []
        var sizes: [Int8] = []
        while starts.count < residentCount {
            let size = min(Int(random.next() % 5) + 1, residentCount - starts.count)
            let start = Int32(starts.count)
            for _ in 0..<size {
                starts.append(start)
                sizes.append(Int8(size))
            }
        }
        try writer.addHousehold("family") { resident, add in
            add(resident, 0)
            let start = Int(starts[resident])
            for member in start..<start + Int(sizes[resident]) where member != resident {
                add(member, -1)
            }
        }
        // Those insured together are only a part of those who live together.
        try writer.addHousehold("insured") { resident, add in
            add(resident, 0)
            let start = Int(starts[resident])
            for member in start..<start + Int(sizes[resident])
            where member != resident && member % 2 == resident % 2 {
                add(member, -1)
            }
        }
        return try writer.finish()
    }

    private func pass(
        _ name: String,
        _ catalogue: CompiledCatalogue,
        _ columns: PopulationColumns,
        _ date: LocalDate,
        _ file: String,
        _ before: PopulationMatches?
    ) async throws {
        let step = try await stepTime {
            try await PopulationPass(catalogue, columns, on: date).match(
                writing: "\(folder)/\(file)",
                candidates: "\(folder)/candidates",
                keeping: "\(folder)/derived",
                since: before
            )
        }
        let pairs = Double(residentCount) * Double(catalogue.programmeCount)
        print(
            "{\"measure\":\"\(name)\",\"wall\":\(step.wall),\"processor\":\(step.processor),"
                + "\"fitting\":\(step.result.fitting),\"newlyFits\":\(step.result.newlyFits),"
                + "\"noLongerFits\":\(step.result.noLongerFits),"
                + "\"pairsPerSecond\":\(pairs / step.processor),\"megabytes\":\(peakMegabytes())}"
        )
        if before != nil {
            let kernel = await stepTime {
                PopulationPass(catalogue, columns, on: date).countFitting()
            }
            print(
                "{\"measure\":\"kernel\",\"processor\":\(kernel.processor),"
                    + "\"fitting\":\(kernel.result),"
                    + "\"pairsPerSecond\":\(pairs / kernel.processor)}"
            )
        }
    }

    /// Programmes here and there have the conditions of another seed.
    private func rematch(_ columns: PopulationColumns) async throws {
        let changed = try Self.catalogue(seed: 54_321)
        let pass = PopulationPass(changed, columns, on: day)
        let derived = try DerivedColumns("\(folder)/derived")
        var times: [Double] = []
        var changes = 0
        for programme in stride(from: 0, to: SyntheticRules.programmeCount, by: 47) {
            let step = try await stepTime {
                try pass.rematch("p\(programme)", in: "\(folder)/today", with: derived).count
            }
            times.append(step.processor * 1_000)
            changes += step.result
        }
        report("one changed rule over everybody", times, unit: "ms")
        print("{\"measure\":\"changes by rules\",\"count\":\(changes)}")
    }

    private func oneResident(
        _ catalogue: CompiledCatalogue,
        _ columns: PopulationColumns
    ) async throws {
        var random = SeededRandom(seed: 3)
        var judge = Judge(catalogue, on: day)
        var matching: [Double] = []
        var reading: [Double] = []
        var changes = 0
        for _ in 0..<2_000 {
            let resident = Int.random(in: 0..<residentCount, using: &random)
            var sheet: FactSheet?
            reading.append(
                try timed { sheet = try columns.sheet(of: resident, in: catalogue, on: day) }
            )
            guard let old = sheet else { continue }
            let new = try old.answering("f20", .integer(Int.random(in: 0..<500, using: &random)))
            matching.append(timed { changes += judge.changes(from: old, to: new).count })
        }
        report("one changed resident matched and compared", matching, unit: "us")
        report("one resident read out of the columns", reading, unit: "us")
        print("{\"measure\":\"changes by residents\",\"count\":\(changes)}")
    }
}
