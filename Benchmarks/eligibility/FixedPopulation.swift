import Basics
import Eligibility
import Glibc

/// The thirty-two simplified rules over a population that another program made: columns of 64-bit numbers.
struct FixedPopulation {
    let rules: String
    let folder: String
    let residentCount: Int

    func measure() async throws {
        let catalogue = CompiledCatalogue(try RuleCatalogue(RuleFolder.files(at: rules)))
        var writer = try PopulationWriter(
            "\(folder)/columns",
            residentCount: residentCount,
            catalogue.catalogue
        )
        for fact in catalogue.catalogue.facts where fact.question != nil {
            let values = try load("\(folder)/\(fact.name).i64")
            try writer.addNumbers(fact.name, in: (values.min() ?? 0)...(values.max() ?? 0)) {
                values[$0]
            }
        }
        let columns = try writer.finish()
        let date = LocalDate(daysSinceEpoch: 20_600)
        let pass = PopulationPass(catalogue, columns, on: date)
        for _ in 0..<5 {
            let kernel = await stepTime { pass.countFitting() }
            print(
                "{\"measure\":\"count\",\"processor\":\(kernel.processor),"
                    + "\"fitting\":\(kernel.result)}"
            )
            let whole = try await stepTime {
                try await pass.match(
                    writing: "\(folder)/matches",
                    candidates: "\(folder)/candidates"
                )
            }
            print(
                "{\"measure\":\"match\",\"processor\":\(whole.processor),"
                    + "\"fitting\":\(whole.result.fitting)}"
            )
        }
        try onePerson(catalogue, columns, date)
    }

    private func onePerson(
        _ catalogue: CompiledCatalogue,
        _ columns: PopulationColumns,
        _ date: LocalDate
    ) throws {
        var judge = Judge(catalogue, on: date)
        let sheets = try (0..<1_000).map {
            try columns.sheet(of: $0 * residentCount / 1_000, in: catalogue, on: date)
        }
        var eligible = 0
        let times = sheets.map { sheet in
            timed { eligible += judge.verdicts(of: sheet).filter { $0 == .eligible }.count }
        }
        report("one person", times, unit: "us")
        print("{\"measure\":\"sampled\",\"count\":\(eligible)}")
    }

    private func load(_ path: String) throws -> [Int64] {
        guard let file = fopen(path, "rb") else { throw BenchmarkError.unreadable(path) }
        defer { fclose(file) }
        var values = [Int64](repeating: 0, count: residentCount)
        guard fread(&values, 8, residentCount, file) == residentCount else {
            throw BenchmarkError.unreadable(path)
        }
        return values
    }
}
