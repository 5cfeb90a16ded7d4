/// The values of one dimension: its labels, and the digit that stands for a row's value.
///
/// A digit is the number of a label, of a band, or, in a `multiple` dimension, of a combination of
/// labels: every dimension then holds one digit a row, whatever its kind.
struct Vocabulary: Sendable, Hashable {
    private(set) var labels: [String]
    /// The combinations of labels that occur, as bits; only in a `multiple` dimension.
    private(set) var masks: [UInt64] = []
    private var codes: [String: Int]
    private var maskDigits: [UInt64: UInt16] = [:]
    let isMultiple: Bool

    init(_ kind: FacetSchema.Dimension.Kind) {
        if case .bands(_, _, let labels) = kind { self.labels = labels } else { labels = [] }
        codes = [:]
        isMultiple = kind == .multiple
        for (code, label) in labels.enumerated() { codes[label] = code }
    }

    /// The number of different digits.
    var digitCount: Int { isMultiple ? masks.count : labels.count }

    func code(of label: String) -> Int? { codes[label] }

    mutating func intern(_ label: String) throws(FacetsError) -> Int {
        if let code = codes[label] { return code }
        let maximum = isMultiple ? FacetSchema.maximumTagCount : FacetSchema.maximumValueCount
        guard labels.count < maximum else { throw Self.tooManyValues(label) }
        codes[label] = labels.count
        labels.append(label)
        return labels.count - 1
    }

    mutating func digit(ofMask mask: UInt64) throws(FacetsError) -> UInt16 {
        if let digit = maskDigits[mask] { return digit }
        guard masks.count < FacetSchema.maximumValueCount else {
            throw Self.tooManyValues("combination \(mask)")
        }
        let digit = UInt16(masks.count)
        maskDigits[mask] = digit
        masks.append(mask)
        return digit
    }

    /// Whether a row of each digit has one of some labels; an unknown label is had by no row.
    func accepted(_ wanted: Set<String>) -> [Bool] {
        var isWanted = [Bool](repeating: false, count: labels.count)
        var wantedMask: UInt64 = 0
        for code in wanted.compactMap({ codes[$0] }) {
            isWanted[code] = true
            if isMultiple { wantedMask |= 1 << UInt64(code) }
        }
        return isMultiple ? masks.map { $0 & wantedMask != 0 } : isWanted
    }

    private static func tooManyValues(_ context: String) -> FacetsError {
        FacetsError(
            .tooManyValues,
            "집계 항목의 값이 너무 많습니다.",
            "A facet has too many different values.",
            context: context
        )
    }
}
