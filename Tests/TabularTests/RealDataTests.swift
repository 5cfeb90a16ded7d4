import Basics
import Packaging
import Testing

@testable import Tabular

@Suite struct `Real notices of 2021 to 2025` {
    @Test(.enabled(if: SharedData.isPresent, "the shared data is not here"))
    func `sixty rows read with their newlines, amounts and dates`() throws {
        var table = try TabularReader.open(path: SharedData.notices)
        let rows = try table.rows(upTo: .max)
        #expect(table.format == .csv(delimiter: UInt8(ascii: ","), .utf8))
        #expect(table.warnings.isEmpty)
        #expect(rows.count == 61)
        #expect(rows.allSatisfy { $0.cells.count == 11 })
        let header = try #require(
            HeaderFinder(["amount": ["사업 금액"], "title": ["사업명"], "published": ["공개 일자"]])
                .find(in: rows)
        )
        #expect(header.columns == ["title": 2, "amount": 3, "published": 5])
        let data = rows.dropFirst(header.rowsBeforeData)
        let amounts = data.compactMap { try? $0[3].won(in: .won) }
        #expect(amounts.count == 59)
        #expect(amounts.filter { $0 == .zero }.count == 4)
        // 424.7억원 by the data's own description.
        #expect(amounts.reduce(.zero, +).text(.korean) == "425억원")
        #expect(data.allSatisfy { (2021...2025).contains($0[5].date?.year ?? 0) })
        #expect(data.contains { $0[8].text.contains("\n") })
    }
}
