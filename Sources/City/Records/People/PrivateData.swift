import Basics

/// Recognises what is private to a person in a text that everybody will read.
enum PrivateData {
    /// What was found, as a reason to refuse the text; nothing where it is clean.
    static func fault(in text: String) -> Bilingual? {
        if text.contains(/[0-9]{6} ?- ?[1-8][0-9]{6}/) {
            return Bilingual(
                "주민등록번호로 보이는 숫자가 있습니다. 지워 주세요.",
                "This holds what looks like a resident registration number. Remove it."
            )
        }
        if text.contains(/01[016-9][-. ]?[0-9]{3,4}[-. ]?[0-9]{4}/) {
            return Bilingual(
                "휴대전화 번호는 적지 않습니다. 사무실 번호를 적어 주세요.",
                "No mobile numbers: give the office line."
            )
        }
        return nil
    }
}
