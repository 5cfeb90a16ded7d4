import Basics

/// What the values of a chart count.
public enum ChartUnit: Sendable, Hashable {
    /// Won, shown in 억원.
    case won
    /// Things, with the word for one: `건`.
    case count(String)
    /// Hundredths, from 0 to 100.
    case percent

    /// A value beside an axis or a point, as short as it goes.
    func tick(_ value: Double, _ language: Language) -> String {
        guard value > 0 else { return "0" }
        let text = text(value, language)
        guard case .won = self, language == .english else { return text }
        return "₩" + text.replacing("KRW ", with: "").replacing(".0", with: "")
    }

    /// A value, written out.
    func text(_ value: Double, _ language: Language) -> String {
        switch self {
        case .won: Won(Int64(value.rounded())).text(language)
        case .count(let word): Int64(value.rounded()).grouped + word
        case .percent: value.decimals(1) + "%"
        }
    }
}

/// An axis from zero to a round number.
struct ChartScale {
    /// The end of the axis.
    let maximum: Double
    /// Where the lines stand, zero first.
    let ticks: [Double]

    /// The axis that holds the largest value in two to five steps of 1, 2, 2.5 or 5 times a power
    /// of ten.
    init(largest: Double) {
        let largest = largest.isFinite && largest > 0 ? largest : 1
        var power = 1.0
        while power * 10 <= largest { power *= 10 }
        while power > largest { power /= 10 }
        let step =
            [0.2, 0.25, 0.5, 1, 2, 2.5, 5].map { $0 * power }.first { $0 * 4 >= largest }
            ?? 5 * power
        let count = Int((largest / step).rounded(.up))
        maximum = step * Double(count)
        ticks = (0...count).map { Double($0) * step }
    }

    /// A value as a share of the axis, 0 to 1.
    func share(_ value: Double) -> Double {
        value.isFinite ? min(max(value / maximum, 0), 1) : 0
    }
}

/// A length of SVG with at most two decimals: the markup stays short and the same everywhere.
func length(_ value: Double, _ unit: String) -> HTML {
    let rounded = (value * 100).rounded() / 100
    let isWhole = rounded == rounded.rounded()
    return HTML(text: (isWhole ? "\(Int(rounded))" : "\(rounded)") + unit)
}

/// A label in at most two lines, measured in em: a Hangul syllable is one em wide, a Latin letter
/// about 0.55.
func labelLines(_ text: String, maximumWidth: Double) -> [String] {
    var lines = [""]
    var width = 0.0
    for character in text {
        let step = character.isASCII ? 0.55 : 1.0
        if width + step > maximumWidth {
            guard lines.count < 2 else {
                lines[1].removeLast()
                lines[1] += "…"
                return lines
            }
            // A line breaks at a space where there is one, as `word-break: keep-all` does.
            if let space = lines[0].lastIndex(of: " "), lines[0].count > 6 {
                let tail = String(lines[0][lines[0].index(after: space)...])
                lines = [String(lines[0][..<space]), tail]
            } else {
                lines.append("")
            }
            width = lines[1].reduce(0) { $0 + ($1.isASCII ? 0.55 : 1.0) }
        }
        lines[lines.count - 1].append(character)
        width += step
    }
    return lines
}

/// The four fills of a chart: told apart by pattern as well as by tint.
enum ChartFill {
    /// The most parts a chart tells apart.
    static let maximumCount = 4

    /// The patterns, to stand inside the chart that refers to them.
    static func definitions(_ id: String) -> HTML {
        """
        <defs><pattern id="\(id)-f1" width="6" height="6" patternUnits="userSpaceOnUse">\
        <rect class="f1" width="6" height="6"/></pattern>\
        <pattern id="\(id)-f2" width="7" height="7" patternUnits="userSpaceOnUse" \
        patternTransform="rotate(45)"><rect class="f2" width="7" height="7"/>\
        <rect class="f2m" width="2.5" height="7"/></pattern>\
        <pattern id="\(id)-f3" width="8" height="8" patternUnits="userSpaceOnUse">\
        <rect class="f3" width="8" height="8"/><circle class="f3m" cx="2" cy="2" r="1.4"/>\
        <circle class="f3m" cx="6" cy="6" r="1.4"/></pattern>\
        <pattern id="\(id)-f4" width="6" height="6" patternUnits="userSpaceOnUse">\
        <rect class="f4" width="6" height="6"/></pattern></defs>
        """
    }

    /// The attribute that paints a shape with the fill of a part, from 0.
    static func attribute(_ id: String, _ part: Int) -> HTML {
        "class=\"shape\" fill=\"url(#\(id)-f\(min(part, maximumCount - 1) + 1))\""
    }

    /// The words for the fills.
    static func legend(_ id: String, _ names: [String]) -> HTML {
        let items = HTML(each: names.enumerated()) { index, name in
            """
            <li><svg class="swatch" viewBox="0 0 20 14" aria-hidden="true" focusable="false">\
            <rect x="1" y="1" width="18" height="12" \(attribute(id, index))/></svg>\(name)</li>
            """
        }
        return "<ul class=\"legend\">\(items)</ul>"
    }
}
