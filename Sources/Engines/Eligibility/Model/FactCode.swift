import Basics

/// How the value of a fact is kept: one 64-bit number whatever its type.
///
/// Bool is 0 or 1, money whole won, a date its days since 1970-01-01, a choice its place in the list,
/// a set one bit a choice. A percentage is kept so that comparing stays exact though the share is
/// a fraction: twice the whole hundredths of a percent below it, plus one where it is more than them.
enum FactCode {
    /// Nothing is known of the fact.
    static let unknown = Int64.min

    /// The largest magnitude arithmetic may reach; beyond it a value counts as unknown.
    static let maximumMagnitude: Int64 = 1 << 60

    /// A percentage from whole hundredths.
    static func percent(hundredths: Int64) -> Int64 { hundredths * 2 }

    /// The share of a part in a whole.
    static func percent(of part: Int64, in whole: Int64) -> Int64 {
        guard whole > 0, part >= 0, part < maximumMagnitude / 10_000 else { return unknown }
        let (hundredths, rest) = (part * 10_000).quotientAndRemainder(dividingBy: whole)
        return hundredths * 2 + (rest == 0 ? 0 : 1)
    }

    /// The number for there being none: no child, so no birth of the youngest.
    ///
    /// It lies below or above every limit.
    static func absent(_ type: FactType, _ side: Absence) -> Int64 {
        switch (type, side) {
        case (.date, .lowest): earliestDate
        case (.date, .highest): latestDate
        case (_, .lowest): -absentMagnitude
        case (_, .highest): absentMagnitude
        }
    }

    /// Whether a number stands for there being none.
    static func isAbsent(_ code: Int64, _ type: FactType) -> Bool {
        type == .date
            ? code == earliestDate || code == latestDate : code.magnitude == UInt64(absentMagnitude)
    }

    /// 0001-01-01 and 9999-12-31, beyond every date of a person.
    static let earliestDate: Int64 = -719_162
    static let latestDate: Int64 = 2_932_896
    static let absentMagnitude: Int64 = 1 << 50

    static func bool(_ value: Bool) -> Int64 { value ? 1 : 0 }
}

/// On which side of every limit a fact lies that nobody has.
enum Absence: String, Sendable, Hashable, CaseIterable {
    case lowest, highest
}

/// A truth value of Kleene's logic: unknown is not false.
public enum Truth: UInt8, Sendable, Hashable, Comparable, Codable {
    /// It does not hold.
    case no = 0
    /// Nobody can say yet.
    case unknown = 1
    /// It holds.
    case yes = 2

    /// Compares by how true they are.
    public static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

    /// The opposite; unknown stays unknown.
    public static prefix func ! (value: Truth) -> Truth {
        switch value {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }

    init(_ code: Int64) {
        self = code == FactCode.unknown ? .unknown : code == 0 ? .no : .yes
    }

    var code: Int64 {
        switch self {
        case .no: 0
        case .unknown: FactCode.unknown
        case .yes: 1
        }
    }
}
