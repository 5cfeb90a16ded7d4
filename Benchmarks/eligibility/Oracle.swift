import Basics
import Eligibility
import Glibc

/// Writes random people and every condition as SQL, and says who fits, for another engine to say the same.
struct Oracle {
    let folder: String
    let residentCount: Int

    func write() async throws {
        var random = SeededRandom(seed: 99)
        var limits = RuleLimits()
        limits.maximumFileByteCount = 4 << 20
        let text = SyntheticRules.text(&random)
        let catalogue = CompiledCatalogue(
            try RuleCatalogue([RuleFile(name: "synthetic.yaml", text: text)], limits: limits)
        )
        let date = LocalDate(daysSinceEpoch: 20_600)
        var writer = try PopulationWriter(
            "\(folder)/columns",
            residentCount: residentCount,
            catalogue.catalogue
        )
        for column in 0..<SyntheticRules.columnCount {
            let values = Int64(SyntheticRules.values(column))
            // One in twenty is not known: NULL to the other engine.
            let codes = (0..<residentCount).map { _ -> Int32 in
                random.unit() < 0.05
                    ? -1 : Int32.random(in: 0..<Int32(values), using: &random)
            }
            try codes.withUnsafeBytes { try save($0, "\(folder)/f\(column).i32") }
            try writer.addNumbers("f\(column)", in: 0...values) {
                codes[$0] < 0 ? nil : Int64(codes[$0])
            }
        }
        let columns = try writer.finish()
        _ = try await PopulationPass(catalogue, columns, on: date).match(
            writing: "\(folder)/matches",
            candidates: "\(folder)/candidates"
        )
        let matches = try PopulationMatches("\(folder)/matches")
        let sql = ConditionSQL(catalogue.catalogue, on: date)
        for programme in catalogue.catalogue.programmes {
            let residents = matches.residents(fitting: programme.name)
            let sum = residents.reduce(0, +)
            let squares = residents.reduce(0) { $0 + $1 * $1 }
            print(
                "\(residents.count)\t\(sum)\t\(squares)\t"
                    + "\(sql.expression(of: programme) ?? "NULL")"
            )
        }
    }

    private func save(_ bytes: UnsafeRawBufferPointer, _ path: String) throws {
        let file = fopen(path, "wb")
        defer { fclose(file) }
        guard fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count else {
            throw BenchmarkError.unwritable(path)
        }
    }
}

/// Why a workload could not run.
enum BenchmarkError: Error {
    case unwritable(String)
    case unreadable(String)
}
