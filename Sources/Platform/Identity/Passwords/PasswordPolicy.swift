import Basics

/// What a password must be: long enough, and not one that guessers try first.
///
/// Follows NIST SP 800-63B §3.1.1.2 and OWASP ASVS 5.0 §6.2: length counts, composition rules do
/// not, and nothing expires. Common passwords are recognised by form as well as by list: `P@ssw0rd!23`
/// is `password` in a coat.
public enum PasswordPolicy {
    /// The fewest characters.
    public static let minimumCharacterCount = 8
    /// The most characters; a longer one is refused, never cut.
    public static let maximumCharacterCount = 128
    /// A core this short is what is left of a common password after its coat is taken off.
    static let minimumContextCharacterCount = 4

    /// Throws `unacceptablePassword` with the rule that is broken.
    ///
    /// `loginName` and `serviceNames` are words a guesser knows: a password made of one of them and a
    /// few digits is refused.
    public static func check(
        _ password: String,
        loginName: String,
        serviceNames: [String] = ["haechi", "해치"]
    ) throws(IdentityError) {
        guard password.count >= minimumCharacterCount else {
            throw refusal(
                Bilingual(
                    "비밀번호는 \(minimumCharacterCount)자 이상이어야 합니다.",
                    "The password needs at least \(minimumCharacterCount) characters."
                ),
                "too short"
            )
        }
        guard password.count <= maximumCharacterCount,
            password.utf8.count <= maximumCharacterCount * 4
        else {
            throw refusal(
                Bilingual(
                    "비밀번호는 \(maximumCharacterCount)자를 넘을 수 없습니다.",
                    "The password cannot have more than \(maximumCharacterCount) characters."
                ),
                "too long"
            )
        }
        let lowered = password.lowercased()
        guard !isCommon(lowered) else {
            throw refusal(
                Bilingual(
                    "너무 흔해서 쉽게 추측되는 비밀번호입니다. 서로 관계없는 단어 서너 개를 이어 보세요.",
                    "This password is easily guessed. Try three or four unrelated words."
                ),
                "common"
            )
        }
        let mailbox = loginName.lowercased().split(separator: "@").first.map(String.init) ?? ""
        let known = [loginName.lowercased(), mailbox] + serviceNames.map { $0.lowercased() }
        let cores = Set([lowered, core(of: lowered)])
        for word in known where word.count >= minimumContextCharacterCount || cores.contains(word) {
            guard !word.isEmpty,
                word.contains(lowered) || cores.contains(where: { covers($0, word: word) })
            else { continue }
            throw refusal(
                Bilingual(
                    "비밀번호에 로그인 이름이나 서비스 이름을 쓸 수 없습니다.",
                    "The password cannot be made of your login name or the service's name."
                ),
                "made of a known word"
            )
        }
    }

    /// Whether a lowercased password is among those guessers try first, in its coat or without.
    static func isCommon(_ lowered: String) -> Bool {
        let scalars = Array(lowered.unicodeScalars)
        if hasFewSteps(scalars) || isRepeated(scalars) || isKeyboardWalk(lowered) { return true }
        let core = core(of: lowered)
        return CommonPasswords.words.contains(lowered) || CommonPasswords.words.contains(core)
            || CommonPasswords.words.contains(plain(core))
            || CommonPasswords.words.contains(plain(lowered))
    }

    private static func refusal(_ message: Bilingual, _ rule: String) -> IdentityError {
        IdentityError(.unacceptablePassword, message, context: "password is \(rule)")
    }

    /// A known word makes up all but a few characters of the password.
    private static func covers(_ password: String, word: String) -> Bool {
        guard password.contains(word) else { return false }
        return password.count - word.count < minimumContextCharacterCount
    }

    /// The text without the digits and signs around it.
    private static func core(of text: String) -> String {
        func isLetter(_ character: Character) -> Bool { character.isLetter }
        guard let first = text.firstIndex(where: isLetter),
            let last = text.lastIndex(where: isLetter)
        else { return text }
        return String(text[first...last])
    }

    /// The text with the usual substitutions undone: `p@ssw0rd` is `password`.
    private static func plain(_ text: String) -> String {
        let substitutions: [Character: Character] = [
            "@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s",
            "7": "t",
        ]
        return String(text.map { substitutions[$0] ?? $0 })
    }

    /// Whether every step between neighbours is the same, once at most excepted: `12345678`,
    /// `aaaaaaaa`, `abcdefgh1`.
    private static func hasFewSteps(_ scalars: [Unicode.Scalar]) -> Bool {
        guard scalars.count > 2 else { return true }
        var stepCounts: [Int: Int] = [:]
        for (left, right) in zip(scalars, scalars.dropFirst()) {
            stepCounts[Int(right.value) - Int(left.value), default: 0] += 1
        }
        let regular = max(stepCounts[0] ?? 0, stepCounts[1] ?? 0, stepCounts[-1] ?? 0)
        return regular >= scalars.count - 2
    }

    /// Whether a piece of up to four characters fills the whole password: `abcabcabc`, `12341234`.
    private static func isRepeated(_ scalars: [Unicode.Scalar]) -> Bool {
        for length in 1...4 where scalars.count >= length * 2 {
            if scalars.indices.dropFirst(length).allSatisfy({ scalars[$0] == scalars[$0 - length] })
            {
                return true
            }
        }
        return false
    }

    /// Whether the password is one walk along keyboard rows or columns.
    private static func isKeyboardWalk(_ lowered: String) -> Bool {
        CommonPasswords.keyboardWalks.contains { walk in
            walk.contains(lowered) || String(walk.reversed()).contains(lowered)
        }
    }
}
