/// Receives the terms of a text, in its order.
protocol TermSink {
    /// Takes a term, and the folded units it stands for.
    mutating func take(_ kind: Token.Kind, _ key: TermKey, _ units: Range<Int>)
}

/// Divides folded units into terms; the inner loop of every analysis, without a string.
///
/// Two streams leave it. Runs of one script give stems, Latin words, numbers and quantities. Every
/// two neighbouring *atoms* (a syllable, a letter of another script, a whole Latin word or number)
/// give a bigram, spaces and signs left out, so that a text without spaces has the same bigrams.
struct TermScanner<Sink: TermSink> {
    private let units: UnsafeBufferPointer<UInt16>
    private let scripts: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// The atom before the position, and where its units begin.
    private var lastAtom: UInt64 = 0
    private var lastAtomStart = -1

    /// Hands the terms of units to a sink.
    static func scan(_ scanned: ScannedUnits, into sink: inout Sink) {
        scanned.units.withUnsafeBufferPointer { units in
            scanned.scripts.withUnsafeBufferPointer { scripts in
                var scanner = TermScanner(units: units, scripts: scripts)
                while scanner.position < units.count { scanner.readRun(into: &sink) }
            }
        }
    }

    private init(units: UnsafeBufferPointer<UInt16>, scripts: UnsafeBufferPointer<UInt8>) {
        self.units = units
        self.scripts = scripts
    }

    @inline(__always)
    private func isScript(_ script: Script, _ index: Int) -> Bool {
        scripts[index] & ~Script.afterSpace == script.rawValue
    }

    /// Whether a unit has a script and no white space before it.
    @inline(__always)
    private func continues(_ script: Script, _ index: Int) -> Bool {
        index < units.count && scripts[index] == script.rawValue
    }

    private mutating func readRun(into sink: inout Sink) {
        let start = position
        if isScript(.sign, start) {
            position += 1
        } else if isScript(.hangul, start) {
            readHangul(from: start, into: &sink)
        } else if isScript(.digits, start) {
            readNumber(from: start, into: &sink)
        } else if isScript(.latin, start) {
            readLatin(from: start, into: &sink)
        } else {
            position += 1
            while continues(.other, position) { position += 1 }
            take(.other, start..<position, into: &sink)
            for index in start..<position {
                takeAtom(UInt64(units[index]), index..<(index + 1), into: &sink)
            }
        }
    }

    private mutating func readHangul(from start: Int, into sink: inout Sink) {
        position = endOfHangul(start + 1)
        let run = UnsafeBufferPointer(rebasing: units[start..<position])
        let isAttached =
            start > 0 && scripts[start] & Script.afterSpace == 0
            && (isScript(.latin, start - 1) || isScript(.digits, start - 1))
        if !(isAttached && Endings.isEnding(run)) {
            let stem = Endings.stemLength(of: run)
            take(.word, start..<(start + stem), into: &sink)
        }
        takeSyllables(start..<position, into: &sink)
    }

    @inline(__always)
    private func endOfHangul(_ start: Int) -> Int {
        var end = start
        while continues(.hangul, end) { end += 1 }
        return end
    }

    private mutating func readLatin(from start: Int, into sink: inout Sink) {
        position = start + 1
        while continues(.latin, position) || continues(.digits, position) { position += 1 }
        take(.latin, start..<position, into: &sink)
        takeAtom(hash(start..<position).finished, start..<position, into: &sink)
    }

    /// A number, and what it counts: moves on past the unit and its particle.
    private mutating func readNumber(from start: Int, into sink: inout Sink) {
        let end = endOfNumber(from: start)
        if continues(.latin, end) { return readLatin(from: start, into: &sink) }
        position = end
        let number = start..<end
        take(.number, number, into: &sink)
        let atom = hash(number.dropFirst(Units.leadingZeroCount(units[number]))).finished
        if continues(.hangul, end) {
            let runEnd = endOfHangul(end)
            let run = UnsafeBufferPointer(rebasing: units[end..<runEnd])
            if let unit = Units.length(at: run) {
                take(.quantity, start..<(end + unit), into: &sink)
                takeAtom(atom, number, into: &sink)
                takeSyllables(end..<runEnd, into: &sink)
                position = runEnd
                return
            }
        } else if end < units.count, scripts[end] & Script.afterSpace == 0,
            Units.signs.contains(units[end])
        {
            take(.quantity, start..<(end + 1), into: &sink)
            position = end + 1
        }
        takeAtom(atom, number, into: &sink)
    }

    /// Digits with commas and a point between them: `1,431`, `3.5`.
    ///
    /// Two points make a date or the number of a section, whose parts are numbers by themselves:
    /// `2025.7.22`.
    private func endOfNumber(from start: Int) -> Int {
        var end = start + 1
        var firstPoint: Int?
        let isLaterPart =
            start > 1 && units[start - 1] == Units.point && isScript(.digits, start - 2)
            && (scripts[start] | scripts[start - 1]) & Script.afterSpace == 0
        while end < units.count {
            if continues(.digits, end) {
                end += 1
            } else if scripts[end] & Script.afterSpace == 0, Units.isSeparator(units[end]),
                continues(.digits, end + 1)
            {
                if units[end] == Units.point {
                    if isLaterPart { break }
                    if let firstPoint { return firstPoint }
                    firstPoint = end
                }
                end += 2
            } else {
                break
            }
        }
        return end
    }

    @inline(__always)
    private func hash(_ range: Range<Int>) -> TermHash {
        var hash = TermHash()
        for index in range where units[index] != Units.comma { hash.combine(UInt64(units[index])) }
        return hash
    }

    @inline(__always)
    private func take(_ kind: Token.Kind, _ range: Range<Int>, into sink: inout Sink) {
        let isNumber = kind == .number || kind == .quantity
        let zeros = isNumber ? Units.leadingZeroCount(units[range]) : 0
        sink.take(kind, TermKey(stem: hash(range.dropFirst(zeros))), range)
    }

    @inline(__always)
    private mutating func takeSyllables(_ range: Range<Int>, into sink: inout Sink) {
        for index in range { takeAtom(UInt64(units[index]), index..<(index + 1), into: &sink) }
    }

    @inline(__always)
    private mutating func takeAtom(_ atom: UInt64, _ range: Range<Int>, into sink: inout Sink) {
        if lastAtomStart >= 0 {
            let key = TermKey(bigram: lastAtom, atom)
            sink.take(.bigram, key, lastAtomStart..<range.upperBound)
        }
        lastAtom = atom
        lastAtomStart = range.lowerBound
    }
}

/// What a number counts.
enum Units {
    static let comma: UInt16 = 0x2C
    static let point: UInt16 = 0x2E
    static let signs = Set("%℃㎡㎞㎏".utf16)

    @inline(__always)
    static func isSeparator(_ unit: UInt16) -> Bool { unit == comma || unit == point }

    /// Counters and units of money, time and place; the longest that fits is taken.
    private static let words = SyllableTable(
        """
        년 월 일 시 분 초 년도 개월 개년 주년 분기 시간 주 회 차 차년 단계 호 호선 층 동 번 번지
        원 천원 만원 백만원 천만원 억 억원 천억 조 조원 만 천 백
        개 개소 건 명 인 대 곳 권 쪽 장 세 살 위 점 배 급 종 가지 가구 세대 석 기 면 채 퍼센트
        미터 킬로 평 톤 항 관 절 편 세기 차례 부작 마리 그루 벌 켤레 달 주일
        """.split(whereSeparator: \.isWhitespace).map { (word: String($0), value: 1) }
    )

    /// How many zeros stand before a number: 2025-07-22 has the numbers 7월 and 22일 have.
    @inline(__always)
    static func leadingZeroCount(_ units: some RandomAccessCollection<UInt16>) -> Int {
        guard units.first == 0x30 else { return 0 }
        let zeros = units.prefix { $0 == 0x30 }.count
        let rest = units.dropFirst(zeros).first
        return rest.map { (0x30...0x39).contains($0) } == true ? zeros : zeros - 1
    }

    /// The length of the unit that a run of Hangul begins with, where nothing but endings follows.
    static func length(at run: UnsafeBufferPointer<UInt16>) -> Int? {
        (1...min(3, run.count)).reversed().first { length in
            let key = run.prefix(length).reduce(0) { $0 << 16 | UInt64($1) }
            let rest = UnsafeBufferPointer(rebasing: run[length...])
            return words.value(of: key) != 0 && (rest.isEmpty || Endings.isEnding(rest))
        }
    }
}
