public import Basics

/// What an office writes again and again in a procedure, as its approver worded it.
public struct CaseTexts: Sendable, Hashable, Codable {
    /// A place where such a text stands.
    public enum Place: String, Sendable, Hashable, Codable, CaseIterable {
        /// The reason that the form for a correction is filled with.
        case correctionReason
        /// What the form for a refusal says behind the clauses that were not met.
        case refusalReason
        /// The last paragraph of a letter that grants.
        case approvalLetter
        /// The last paragraph of a letter that refuses.
        case refusalLetter
        /// The last paragraph of a letter that asks for more.
        case correctionLetter

        /// What people call it.
        public var title: Bilingual {
            switch self {
            case .correctionReason: Bilingual("보완 요청 사유의 문구", "Reason of a correction")
            case .refusalReason: Bilingual("미승인 사유의 문구", "Reason of a refusal")
            case .approvalLetter: Bilingual("지원 결정 통지서의 안내", "Notice of support: guidance")
            case .refusalLetter: Bilingual("미선정 통지서의 안내", "Notice of refusal: guidance")
            case .correctionLetter: Bilingual("보완 요청서의 안내", "Request for more: guidance")
            }
        }
    }

    private var texts: [String: String] = [:]

    /// No text.
    public init() {}

    /// The text of a place; empty where nobody wrote one.
    public subscript(place: Place) -> String {
        get { texts[place.rawValue] ?? "" }
        set { texts[place.rawValue] = newValue.isEmpty ? nil : newValue }
    }
}
