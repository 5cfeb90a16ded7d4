internal import Basics

/// Another source's number, quoted beside a figure's own source: `ddaily 2013-01-18 says 677`.
struct QuotedSource: Hashable {
    var source: String
    var number: String

    /// Takes a source cell apart: the figure's own source and the numbers it quotes from others.
    static func split(_ cell: String) -> (source: String, quotes: [QuotedSource]) {
        var own = ""
        var quotes: [QuotedSource] = []
        var rest = cell[...]
        while let opening = rest.firstIndex(of: "("),
            let closing = rest[opening...].firstIndex(of: ")")
        {
            let note = rest[rest.index(after: opening)..<closing]
            let found = note.split(whereSeparator: { $0 == ";" }).compactMap(quote)
            own += rest[..<opening]
            if found.isEmpty { own += rest[opening...closing] }
            quotes += found
            rest = rest[rest.index(after: closing)...]
        }
        return (trimmed(own + rest), quotes)
    }

    private static func quote(_ note: Substring) -> QuotedSource? {
        let words = note.split(whereSeparator: \.isWhitespace)
        guard let verb = words.firstIndex(of: "says"), verb > 0, verb + 1 < words.count else {
            return nil
        }
        let number = String(words[verb + 1])
        guard FigureTable.eok(number) != nil else { return nil }
        return QuotedSource(source: words[..<verb].joined(separator: " "), number: number)
    }

    /// What the quote says instead of one of a figure's numbers: of the two, the one it is nearer to.
    func alternative(to figure: PublishedFigure) -> PublishedFigure.Alternative? {
        guard let amount = FigureTable.eok(number)?.won.amount else { return nil }
        let count = Int64(FigureTable.withoutSeparators(number))
        func distance(_ value: Int64, _ published: Int64?) -> Double {
            guard let published, published > 0, value > 0 else { return .infinity }
            let ratio = Double(value) / Double(published)
            return max(ratio, 1 / ratio)
        }
        let countDistance = count.map { distance($0, figure.value(.projects)) } ?? .infinity
        if countDistance.isFinite, countDistance <= distance(amount, figure.value(.amount)),
            let count
        {
            return .init(source: source, measure: .projects, value: count)
        }
        guard figure.amount != nil else { return nil }
        return .init(source: source, measure: .amount, value: amount)
    }
}
