import Basics

/// A list with nothing in it: what that means and what can be done.
public func emptyState(title: String, text: String, actions: [HTML] = []) -> HTML {
    """
    <div class="empty"><p class="title">\(title)</p><p>\(text)</p>\
    \(actions.isEmpty ? nil : buttonRow(actions))</div>
    """
}

enum EmptyState {
    static let examples = [
        ComponentExample("empty", Bilingual("빈 목록", "Empty list")) { context in
            emptyState(
                title: context.text("조건에 맞는 사업이 없습니다", "No project matches"),
                text: context.text(
                    "조건을 하나 빼거나, 이 조건으로 알림을 신청하면 새 사업이 올라올 때 알려 드립니다.",
                    "Remove a condition, or ask to be told when a project matches."
                ),
                actions: [
                    linkButton(context.text("조건 모두 지우기", "Clear conditions"), Link("/example"))
                ]
            )
        }
    ]
}
