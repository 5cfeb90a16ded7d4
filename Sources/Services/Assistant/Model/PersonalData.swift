/// Puts marks in the place of personal data, before a text is kept or sent anywhere.
///
/// Found by form alone: resident and alien registration numbers (주민등록법 시행령 제7조의 13자리), mobile and
/// fixed telephone numbers, bank accounts and cards, passports, mail addresses. Names cannot be found
/// by form and stay.
enum PersonalData {
    /// The marks, by what they stand for.
    enum Mark: String, CaseIterable {
        case residentNumber = "[주민등록번호]"
        case telephone = "[전화번호]"
        case account = "[계좌·카드번호]"
        case mail = "[전자우편]"
        case passport = "[여권번호]"
    }

    /// A text with its personal data masked.
    static func masked(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        let characters = Array(text)
        var index = 0
        while index < characters.count {
            if let found = mail(in: characters, at: index)
                ?? number(in: characters, at: index)
                ?? passport(in: characters, at: index)
            {
                result += found.mark.rawValue
                index = found.end
            } else {
                result.append(characters[index])
                index += 1
            }
        }
        return result
    }

    /// A run of digits with single hyphens, dots or spaces between them, and what it is.
    private static func number(
        in text: [Character],
        at start: Int
    ) -> (mark: Mark, end: Int)? {
        guard isDigit(text[start]), start == 0 || !isWord(text[start - 1]) else { return nil }
        var groups = [""]
        var index = start
        var end = start
        while index < text.count {
            if isDigit(text[index]) {
                groups[groups.count - 1] += String(text[index].wholeNumberValue ?? 0)
                index += 1
                end = index
            } else if "- .–－‐".contains(text[index]), index + 1 < text.count,
                isDigit(text[index + 1]), groups.count < 6
            {
                // A space only joins what a telephone number or an account is written with.
                if text[index] == "." || groups[groups.count - 1].count < 2 { break }
                groups.append("")
                index += 1
            } else {
                break
            }
        }
        let digits = groups.joined()
        let lengths = groups.map(\.count)
        if digits.count == 13, lengths == [13] || lengths == [6, 7], looksLikeBirthday(digits) {
            return (.residentNumber, end)
        }
        if isTelephone(digits, lengths) { return (.telephone, end) }
        if digits.count >= 10, digits.count <= 16, groups.count >= 3 || lengths == [16] {
            return (.account, end)
        }
        return nil
    }

    private static func looksLikeBirthday(_ digits: String) -> Bool {
        let month = Int(digits.dropFirst(2).prefix(2)) ?? 0
        let day = Int(digits.dropFirst(4).prefix(2)) ?? 0
        return (1...12).contains(month) && (1...31).contains(day)
    }

    /// 010-1234-5678, 02-123-4567, 031-123-4567, 070-1234-5678; undivided only for mobile numbers.
    private static func isTelephone(_ digits: String, _ lengths: [Int]) -> Bool {
        guard digits.hasPrefix("0"), (9...11).contains(digits.count) else { return false }
        if lengths.count == 3, (2...3).contains(lengths[0]), (3...4).contains(lengths[1]),
            lengths[2] == 4
        {
            return true
        }
        return lengths.count == 1 && digits.hasPrefix("01") && digits.count >= 10
    }

    /// M12345678 and the form of 2021, M123A4567.
    private static func passport(
        in text: [Character],
        at start: Int
    ) -> (mark: Mark, end: Int)? {
        guard "MSRGDmsrgd".contains(text[start]), start + 9 <= text.count,
            start == 0 || !isWord(text[start - 1]),
            start + 9 == text.count || !isWord(text[start + 9])
        else { return nil }
        let body = text[(start + 1)..<(start + 9)]
        guard body.filter(isDigit).count >= 7, body.prefix(3).allSatisfy(isDigit),
            body.suffix(4).allSatisfy(isDigit)
        else { return nil }
        return (.passport, start + 9)
    }

    /// A mail address that begins here; each run of its letters is read once.
    private static func mail(
        in text: [Character],
        at start: Int
    ) -> (mark: Mark, end: Int)? {
        func isLocal(_ character: Character) -> Bool {
            character.isASCII && (isWord(character) || "._%+-".contains(character))
        }
        guard isLocal(text[start]), start == 0 || !isLocal(text[start - 1]) else { return nil }
        var sign = start
        while sign < text.count, isLocal(text[sign]) { sign += 1 }
        guard sign < text.count, text[sign] == "@" else { return nil }
        var end = sign + 1
        while end < text.count, isLocal(text[end]) { end += 1 }
        return text[(sign + 1)..<end].contains(".") ? (.mail, end) : nil
    }

    /// A digit, half or full width: whoever types on a Korean keyboard may have either.
    private static func isDigit(_ character: Character) -> Bool {
        ("0"..."9").contains(character) || ("０"..."９").contains(character)
    }
    private static func isWord(_ character: Character) -> Bool {
        character.isLetter && character.isASCII || isDigit(character)
    }
}
