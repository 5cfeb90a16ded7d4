import Basics
import City
import Store

/// What was given, what waits and what is in stock, for everybody to read: no person is in it.
struct SharedPCStatistics: Sendable, Hashable {
    /// Machines given, by year.
    var givenByYear: [Int: Int] = [:]
    /// Machines given, by the code of the district.
    var givenByDistrict: [String: Int] = [:]
    /// The year the districts are of; nothing is all years.
    var year: Int?
    /// Places that wait for a machine.
    var waitingCount = 0
    /// Places with a machine set aside or on its way.
    var underWayCount = 0
    /// Machines in the workshop, by state.
    var stock: [MachineState: Int] = [:]
    /// Machines taken in, by year of the hand-over.
    var receivedByYear: [Int: Int] = [:]

    /// Every machine that was given.
    var givenCount: Int { givenByYear.values.reduce(0, +) }
    /// The machines that are ready.
    var readyCount: Int { stock[.ready] ?? 0 }

    /// Counts.
    static func count(year: Int?, in db: ReadTransaction) throws -> SharedPCStatistics {
        struct Given: Codable {
            var day: Int
            var district: String
            var count: Int
        }
        var statistics = SharedPCStatistics(year: year)
        let offset = Int64(Instant.koreaOffsetSeconds) * 1_000
        let given = try db.rows(
            """
            SELECT (delivered_at + \(offset)) / 86400000 AS day, district, COUNT(*) AS count
            FROM shared_pc_allocation WHERE delivered_at IS NOT NULL GROUP BY 1, 2
            """,
            as: Given.self
        )
        for row in given {
            let rowYear = LocalDate(daysSinceEpoch: row.day).year
            statistics.givenByYear[rowYear, default: 0] += row.count
            if year == nil || year == rowYear {
                statistics.givenByDistrict[row.district, default: 0] += row.count
            }
        }
        let places = try Allocations.counts(in: db)
        statistics.waitingCount = places[.waiting] ?? 0
        statistics.underWayCount = (places[.allocated] ?? 0) + (places[.shipped] ?? 0)
        statistics.stock = try Machines.counts(in: db).filter { !$0.key.isOfARecipient }
        struct Received: Codable {
            var year: String
            var count: Int
        }
        let received = try db.rows(
            """
            SELECT substr(b.received_on, 1, 4) AS year, COUNT(*) AS count
            FROM shared_pc_machine m JOIN shared_pc_batch b ON b.id = m.batch_id GROUP BY 1
            """,
            as: Received.self
        )
        for row in received { statistics.receivedByYear[Int(row.year) ?? 0] = row.count }
        return statistics
    }
}
