import Basics

/// A message above a page.
public struct NotificationBanner: Sendable, Hashable {
    /// What kind of message it is.
    public enum Kind: String, Sendable, Hashable {
        /// Something to know.
        case information
        /// Something went well.
        case success
        /// Something to act on.
        case warning
    }

    /// What kind of message it is.
    public var kind: Kind
    /// What it says, in a line.
    public var title: String
    /// More about it.
    public var body: HTML?

    /// Creates a message.
    public init(kind: Kind = .information, title: String, body: HTML? = nil) {
        self.kind = kind
        self.title = title
        self.body = body
    }
}

/// A message above a page.
public func notificationBanner(_ banner: NotificationBanner) -> HTML {
    let sign: Icon =
        switch banner.kind {
        case .information: .information
        case .success: .done
        case .warning: .attention
        }
    let body: HTML? = banner.body.map { "<div>\($0)</div>" }
    return """
        <div class="panel \(banner.kind.rawValue)" role="status"><p class="title">\(icon(sign))\
        \(banner.title)</p>\(body)</div>
        """
}

extension NotificationBanner {
    static let examples = [
        ComponentExample("notification", Bilingual("알림", "Notification")) { context in
            HTML(each: [
                NotificationBanner(
                    title: context.text("설명회는 1월 25일에 열립니다", "The briefing is on 25 January")
                ),
                NotificationBanner(
                    kind: .success,
                    title: context.text("관심 사업으로 저장했습니다", "Saved")
                ),
                NotificationBanner(
                    kind: .warning,
                    title: context.text("접수가 오늘 18시에 끝납니다", "Closes at 18:00"),
                    body: HTML(
                        text: context.text(
                            "임시 저장만 한 신청서는 접수되지 않습니다.",
                            "A saved draft does not count as an application."
                        )
                    )
                ),
            ]) { notificationBanner($0) }
        }
    ]
}
