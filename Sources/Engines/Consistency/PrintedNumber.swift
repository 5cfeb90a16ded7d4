internal import Basics

/// A decimal number as it was printed: how many decimals it has says how it was rounded.
public struct PrintedNumber: Sendable, Hashable, Codable {
    /// The number in units of the last printed decimal: 217 for 21.7.
    public var units: Int
    /// How many decimals were printed.
    public var decimals: Int

    /// Creates a number: `PrintedNumber(217, decimals: 1)` is 21.7.
    public init(_ units: Int, decimals: Int = 0) {
        self.units = units
        self.decimals = decimals
    }

    private var scale: Double { (0..<decimals).reduce(1.0) { scale, _ in scale * 10 } }
    /// The number.
    public var value: Double { Double(units) / scale }
    /// How far the exact number may be from the printed one: half of the last decimal.
    public var tolerance: Double { 0.5 / scale }
    /// The number as printed.
    public var text: String { value.decimals(decimals) }

    /// Whether a number, rounded to as many decimals, could have been printed like this.
    func matches(_ exact: Double) -> Bool {
        abs(exact - value) <= tolerance + 1e-9
    }
}
