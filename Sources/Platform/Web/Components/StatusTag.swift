import Basics

/// Where something stands, as a sign and a word: never colour alone (WCAG 2.2 §1.4.1).
public struct StatusTag: Sendable, Hashable {
    /// What kind of standing it is; it chooses the sign.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Nothing has happened yet.
        case planned
        /// Under way.
        case active
        /// Finished well.
        case done
        /// Someone should look.
        case attention
        /// Refused, failed or cancelled.
        case refused
        /// A plain word.
        case neutral
    }

    /// The word.
    public var text: String
    /// What kind of standing it is.
    public var kind: Kind

    /// Creates a status.
    public init(_ text: String, kind: Kind) {
        self.text = text
        self.kind = kind
    }
}

/// Where something stands.
public func statusTag(_ status: StatusTag) -> HTML {
    let sign: Icon =
        switch status.kind {
        case .planned: .planned
        case .active: .active
        case .done: .done
        case .attention: .attention
        case .refused: .refused
        case .neutral: .neutral
        }
    return "<span class=\"status \(status.kind.rawValue)\">\(icon(sign))\(status.text)</span>"
}

extension StatusTag {
    static let examples = [
        ComponentExample("status", Bilingual("상태", "Status")) { context in
            buttonRow([
                statusTag(StatusTag(context.text("발주 예정", "Planned"), kind: .planned)),
                statusTag(StatusTag(context.text("입찰 중", "Open"), kind: .active)),
                statusTag(StatusTag(context.text("계약 완료", "Contracted"), kind: .done)),
                statusTag(StatusTag(context.text("확인 필요", "Check"), kind: .attention)),
                statusTag(StatusTag(context.text("취소", "Cancelled"), kind: .refused)),
                statusTag(StatusTag(context.text("수의계약", "Negotiated"), kind: .neutral)),
            ])
        }
    ]
}
