/// The lengths of time up to one day, computed once for every day before it: most of a city is asked for its
/// age on the day of the pass.
///
/// A calendar date costs several divisions; a table costs one look. One for one thread.
final class PeriodTables {
    /// The days before the last one that a table has: older dates are computed.
    static let dayCount = 45_000
    /// The tables that are kept; further ones are computed anew for every block.
    static let maximumCount = 16

    private struct Key: Hashable {
        var operation: Instruction.Operation
        var end: Int64
    }

    private var tables: [Key: [Int64]] = [:]

    /// Whether a step counts time by the calendar.
    private static func isCalendar(_ operation: Instruction.Operation) -> Bool {
        switch operation {
        case .years, .months, .calendarYears, .calendarMonths: true
        default: false
        }
    }

    /// Puts the time from each lane's day to the day that all lanes share in the lane's place.
    ///
    /// - Returns: Whether it did; nothing is changed where the lanes share no day or the step is another.
    func run(
        _ operation: Instruction.Operation,
        _ starts: UnsafeMutablePointer<Int64>,
        to ends: UnsafePointer<Int64>,
        count: Int
    ) -> Bool {
        guard Self.isCalendar(operation), count > 0 else { return false }
        let end = ends[0]
        var difference: Int64 = 0
        for lane in 0..<count { difference |= ends[lane] ^ end }
        guard difference == 0, end != FactCode.unknown,
            let table = table(Key(operation: operation, end: end))
        else { return false }
        let first = end - Int64(Self.dayCount)
        table.withUnsafeBufferPointer { table in
            for lane in 0..<count where starts[lane] != FactCode.unknown {
                let place = starts[lane] &- first
                starts[lane] =
                    place >= 0 && place < Int64(Self.dayCount)
                    ? table[Int(place)] : Machine.binary(operation, starts[lane], end)
            }
        }
        return true
    }

    private func table(_ key: Key) -> [Int64]? {
        if let known = tables[key] { return known }
        guard tables.count < Self.maximumCount else { return nil }
        let first = key.end - Int64(Self.dayCount)
        let made = (0..<Int64(Self.dayCount)).map {
            Machine.binary(key.operation, first + $0, key.end)
        }
        tables[key] = made
        return made
    }
}
