import Basics

/// A fixed sentence of letters, notices and forms, which the office of a procedure may word.
enum CaseSentence: String, Sendable, Hashable, CaseIterable {
    /// The reason that the form for a correction is filled with.
    case correctionReason
    /// What the form for a refusal says behind the clauses that were not met.
    case refusalReason
    /// The first sentence of a letter that grants.
    case approvalOpening
    /// The last paragraph of a letter that grants.
    case approvalLetter
    /// The first sentence of a letter that refuses.
    case refusalOpening
    /// What a letter that refuses says of the appeal.
    case refusalAppeal
    /// The last paragraph of a letter that refuses.
    case refusalLetter
    /// The first sentence of a letter that asks for more.
    case correctionOpening
    /// What a letter that asks for more says of the deadline.
    case correctionEnding
    /// The last paragraph of a letter that asks for more.
    case correctionLetter
    /// The notice that an application arrived.
    case received
    /// The notice that the review has begun.
    case reviewBegun
    /// The notice that what was added arrived.
    case correctionAnswered
    /// The notice that an application was taken back.
    case withdrawn
    /// The notice that an appeal arrived.
    case appealReceived
    /// The notice that a claim arrived.
    case claimReceived

    /// Where sentences stand.
    enum Part: Sendable, CaseIterable {
        case forms, letters, notices

        var title: Bilingual {
            switch self {
            case .forms: Bilingual("심사 화면에 미리 채우는 사유", "Reasons that fill the officers’ forms")
            case .letters: Bilingual("통지서", "Letters")
            case .notices: Bilingual("알림", "Notices")
            }
        }
    }

    /// What a sentence leaves open.
    enum Variable: Sendable, CaseIterable {
        /// The number of the receipt.
        case receipt
        /// The last day for somebody to answer.
        case deadline
        /// How many days that is.
        case dayCount

        /// How it is written in a text, without its braces.
        var name: Bilingual {
            switch self {
            case .receipt: Bilingual("접수번호", "receipt")
            case .deadline: Bilingual("기한", "deadline")
            case .dayCount: Bilingual("일수", "days")
            }
        }
    }

    var part: Part {
        switch self {
        case .correctionReason, .refusalReason: .forms
        case .approvalOpening, .approvalLetter, .refusalOpening, .refusalAppeal, .refusalLetter,
            .correctionOpening, .correctionEnding, .correctionLetter:
            .letters
        case .received, .reviewBegun, .correctionAnswered, .withdrawn, .appealReceived,
            .claimReceived:
            .notices
        }
    }

    /// The letter it stands in.
    var letter: CaseLetter.Kind? {
        CaseLetter.Kind.allCases.first {
            [$0.opening, $0.guidance].contains(self) || $0.ending == self
        }
    }

    /// What may be left open in it; a text that says less than this would not say what it must.
    var variables: [Variable] {
        switch self {
        case .refusalAppeal: [.dayCount, .deadline]
        case .received: [.receipt, .deadline]
        default: []
        }
    }

    /// A text with what it leaves open.
    func filled(_ text: Bilingual, _ values: [Variable: Bilingual]) -> Bilingual {
        var text = text
        for variable in variables {
            guard let value = values[variable] else { continue }
            text.korean = text.korean.replacing(
                "{\(variable.name.korean)}",
                with: value.korean
            )
            text.english = text.english.replacing(
                "{\(variable.name.english)}",
                with: value.english
            )
        }
        return text
    }

    /// What is wrong with a text: something left open that it does not know, or something it must say.
    func fault(of text: Bilingual) -> Bilingual? {
        for language in Language.allCases where !text[language].isEmpty {
            let known = variables.map { "{\($0.name[language])}" }
            if let missing = known.first(where: { !text[language].contains($0) }) {
                return Bilingual(
                    "\(missing) 자리를 남겨 두어야 합니다. 보낼 때 그 신청의 값으로 바뀝니다.",
                    "Leave \(missing) in it: it becomes what the application says."
                )
            }
            let rest = known.reduce(text[language]) { $0.replacing($1, with: "") }
            guard rest.contains(where: { "{}".contains($0) }) else { continue }
            return known.isEmpty
                ? Bilingual("이 문구에는 { }로 비워 둘 자리가 없습니다.", "This text leaves nothing open in { }.")
                : Bilingual(
                    "{ } 안에는 \(known.joined(separator: ", "))만 쓸 수 있습니다.",
                    "Only \(known.joined(separator: ", ")) may stand in { }."
                )
        }
        return nil
    }
}

// What they are called, and what the house says where nobody worded them.
extension CaseSentence {
    /// What people call it.
    var title: Bilingual {
        switch self {
        case .correctionReason: Bilingual("보완 요청 사유", "Reason of a correction")
        case .refusalReason: Bilingual("미승인 사유", "Reason of a refusal")
        case .approvalOpening: Bilingual("지원 결정 통지서: 첫 문장", "Notice of support: opening")
        case .approvalLetter: Bilingual("지원 결정 통지서: 끝 안내", "Notice of support: guidance")
        case .refusalOpening: Bilingual("미선정 통지서: 첫 문장", "Notice of refusal: opening")
        case .refusalAppeal: Bilingual("미선정 통지서: 이의신청 안내", "Notice of refusal: appeal")
        case .refusalLetter: Bilingual("미선정 통지서: 끝 안내", "Notice of refusal: guidance")
        case .correctionOpening: Bilingual("보완 요청서: 첫 문장", "Request for more: opening")
        case .correctionEnding: Bilingual("보완 요청서: 기한 안내", "Request for more: deadline")
        case .correctionLetter: Bilingual("보완 요청서: 끝 안내", "Request for more: guidance")
        case .received: Bilingual("접수 알림", "Application received")
        case .reviewBegun: Bilingual("검토 시작 알림", "Review begun")
        case .correctionAnswered: Bilingual("보완 접수 알림", "Correction received")
        case .withdrawn: Bilingual("취하 알림", "Withdrawal")
        case .appealReceived: Bilingual("이의신청 접수 알림", "Appeal received")
        case .claimReceived: Bilingual("청구 접수 알림", "Claim received")
        }
    }

    /// What the house says.
    var standard: Bilingual {
        switch self {
        case .correctionReason, .refusalReason, .approvalLetter, .refusalLetter, .correctionLetter:
            Bilingual("", "")
        case .approvalOpening:
            Bilingual(
                "귀하께서 신청하신 사업의 지원 대상으로 결정되었음을 알려 드립니다.",
                "We are pleased to tell you that the support you applied for was granted."
            )
        case .refusalOpening:
            Bilingual(
                "귀하께서 신청하신 사업의 지원 대상으로 선정되지 않았음을 알려 드립니다.",
                "We regret to tell you that the support you applied for was not granted."
            )
        case .refusalAppeal:
            Bilingual(
                "이 결정에 이의가 있으면 통지를 받은 날부터 {일수}일 안에 ({기한}까지) 이의신청할 수 있습니다. "
                    + "신청 현황에서 사유를 적어 내거나 담당 기관에 서면으로 냅니다. 그 밖에 행정심판법과 "
                    + "행정소송법에 따라 행정심판을 청구하거나 행정소송을 제기할 수 있습니다.",
                "You may appeal within {days} days of this notice (by {deadline}), on the page of your "
                    + "application or in writing to the office. You may also seek an administrative "
                    + "appeal or bring an action under the law."
            )
        case .correctionOpening:
            Bilingual(
                "귀하의 신청을 검토한 결과 아래와 같이 보완이 필요하여 요청드립니다.",
                "We have looked at your application and need the following from you."
            )
        case .correctionEnding:
            Bilingual(
                "기한 안에 보완하지 않으면 신청이 종결될 수 있습니다. 기한을 늘려야 하면 담당 기관에 말씀해 주십시오.",
                "Without it in time the application may be closed. Tell the office if you need longer."
            )
        case .received:
            Bilingual(
                "접수번호 {접수번호}. {기한}까지 결과를 알려드립니다.",
                "Your receipt number is {receipt}. You hear from us by {deadline}."
            )
        case .reviewBegun:
            Bilingual("담당자가 검토를 시작했습니다.", "An officer has begun the review.")
        case .correctionAnswered:
            Bilingual("보완한 내용을 접수했습니다.", "What you added has arrived.")
        case .withdrawn: Bilingual("신청을 취하했습니다.", "The application was withdrawn.")
        case .appealReceived: Bilingual("이의신청을 접수했습니다.", "Your appeal has arrived.")
        case .claimReceived: Bilingual("청구를 접수했습니다.", "Your claim has arrived.")
        }
    }
}

extension LocalDate {
    /// A day as letters and notices write it.
    var written: Bilingual { Bilingual("\(year)년 \(month)월 \(day)일", iso) }
}
