/// A particle whose form depends on the sound before it: 서울은, 부산은, 대구는.
///
/// For sentences that a program writes. The choice follows how the word is read aloud: `CCTV`
/// (씨씨티브이) takes 는, `URL` (유알엘) 은, `10` (십) 으로, `1` (일) 로.
public enum Particle: Sendable, Hashable, CaseIterable {
    /// 은 or 는, the topic.
    case topic
    /// 이 or 가, the subject.
    case subject
    /// 을 or 를, the object.
    case object
    /// 으로 or 로, direction or means; 로 after ㄹ as well.
    case direction
    /// 과 or 와, company.
    case companion
    /// 이나 or 나, alternative.
    case alternative

    /// The forms after a final consonant and after a vowel.
    private var forms: (closed: String, open: String) {
        switch self {
        case .topic: ("은", "는")
        case .subject: ("이", "가")
        case .object: ("을", "를")
        case .direction: ("으로", "로")
        case .companion: ("과", "와")
        case .alternative: ("이나", "나")
        }
    }

    /// The form after a word; both, as in `은(는)`, where nobody can tell how the word is read.
    ///
    /// Closing brackets, quotation marks and full stops after the word do not count.
    public func form(after word: String) -> String {
        let (closed, open) = forms
        switch Reading(of: word).ending {
        case .vowel: return open
        case .rieul: return self == .direction ? open : closed
        case .consonant: return closed
        case .unknown: return self == .direction ? "(으)로" : "\(closed)(\(open))"
        }
    }

    /// The word with the particle.
    public func attach(_ word: String) -> String {
        word + form(after: word)
    }
}

/// How a word ends when it is read aloud in Korean.
private struct Reading {
    enum Ending {
        case vowel, rieul, consonant, unknown
    }

    let ending: Ending

    init(of word: String) {
        // Folding would hide capitals, which are read letter by letter: keep the source beside it.
        let scalars = Array(word.unicodeScalars)
        let folded = FoldedText(word)
        var end = folded.count
        while end > 0, Self.isSilent(folded.units[end - 1]) { end -= 1 }
        guard end > 0 else {
            ending = .unknown
            return
        }
        let last = folded.units[end - 1]
        let units = folded.units[..<end]
        if let final = Hangul.finalConsonant(of: last) {
            ending = final == 0 ? .vowel : final == Hangul.finalRieul ? .rieul : .consonant
        } else if (0x30...0x39).contains(last) {
            ending = Self.ending(ofDigits: units)
        } else if (0x61...0x7A).contains(last) {
            let letter = scalars.last { $0.properties.isAlphabetic }
            let isSpelledOut = letter?.properties.isUppercase == true || units.count == 1
            ending = isSpelledOut ? Self.ending(ofLetter: last) : Self.ending(ofWord: units)
        } else {
            ending = Self.signs[last] ?? .unknown
        }
    }

    /// Units that end a word without being read.
    private static func isSilent(_ unit: UInt16) -> Bool {
        Set(")]}>\"'”’」』》〉.,!?…~".utf16).contains(unit)
    }

    /// Signs read as words: 퍼센트, 도 (degree), 플러스, 앤드, 미터.
    private static let signs: [UInt16: Ending] = Dictionary(
        uniqueKeysWithValues: "%°℃+&㎡㎞㎏".utf16.map {
            ($0, $0 == 0x338F ? .consonant : .vowel)
        }
    )

    /// The last digit as read, or the unit of ten that ends a round number: 십, 백, 천, 만, 억, 조.
    private static func ending(ofDigits units: ArraySlice<UInt16>) -> Ending {
        let isDigit = { (unit: UInt16) in (0x30...0x39).contains(unit) }
        let number = units.reversed().prefix { isDigit($0) || $0 == 0x2C || $0 == 0x2E }
        // After a decimal point the digits are read one by one.
        let isFraction = number.contains(0x2E)
        let digits = number.filter(isDigit)
        let zeros = digits.prefix { $0 == 0x30 }.count
        if zeros > 0 {
            let isRound = !isFraction && zeros < digits.count
            return isRound && (12...15).contains(zeros) ? .vowel : .consonant
        }
        switch digits.first {
        case 0x31, 0x37, 0x38: return .rieul
        case 0x33, 0x36: return .consonant
        default: return .vowel
        }
    }

    /// The name of a letter: L 엘, R 알; M 엠, N 엔.
    private static func ending(ofLetter letter: UInt16) -> Ending {
        switch letter {
        case 0x6C, 0x72: .rieul
        case 0x6D, 0x6E: .consonant
        default: .vowel
        }
    }

    /// An English word as it is usually written in Korean: portal 포털, web 웹, online 온라인, server 서버.
    private static func ending(ofWord units: ArraySlice<UInt16>) -> Ending {
        var letters = Array(String(decoding: units, as: UTF16.self).unicodeScalars.suffix(4))
        let last = letters.removeLast()
        let before = letters.last ?? " "
        switch last {
        case "l": return .rieul
        case "m", "n": return .consonant
        case "g": return before == "n" ? .consonant : .vowel
        case "e":
            if before == "l" { return .rieul }
            return before == "m" || before == "n" ? .consonant : .vowel
        case "b", "c", "k", "p", "t":
            return "aeiou".unicodeScalars.contains(before) ? .consonant : .vowel
        default: return .vowel
        }
    }
}
