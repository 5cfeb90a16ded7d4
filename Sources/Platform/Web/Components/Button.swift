import Basics

/// How much a button asks for.
public enum ButtonStyle: String, Sendable, Hashable {
    /// The one thing to do here.
    case primary
    /// Something else that can be done.
    case secondary
    /// Something that cannot be taken back.
    case warning
    /// Looks like a link.
    case quiet
}

/// A button that submits its form.
public func button(
    _ text: String,
    style: ButtonStyle = .primary,
    name: String? = nil,
    value: String? = nil,
    more attributes: Attributes = [:]
) -> HTML {
    var all: Attributes = ["name": name]
    if let value { all.append("value", value) }
    return """
        <button class="button \(style.rawValue)" type="submit"\(all)\(attributes)>\(text)</button>
        """
}

/// A link that looks like a button, for going somewhere.
public func linkButton(
    _ text: String,
    _ link: Link,
    style: ButtonStyle = .secondary,
    more attributes: Attributes = [:]
) -> HTML {
    """
    <a class="button \(style.rawValue)" href="\(link)"\(attributes)>\(text)</a>
    """
}

/// Buttons side by side.
public func buttonRow(_ buttons: [HTML]) -> HTML {
    "<div class=\"buttons\">\(buttons)</div>"
}

/// A button that copies this page's address; it shows itself only where scripts run.
public func copyLinkButton(in context: PageContext) -> HTML {
    """
    <button class="button secondary" type="button" data-copy-link hidden \
    data-done="\(context.text("복사했습니다", "Copied"))">\
    \(context.text("주소 복사", "Copy link"))</button>
    """
}

extension ButtonStyle {
    static let examples = [
        ComponentExample("button", Bilingual("단추", "Buttons")) { context in
            buttonRow([
                button(context.text("신청하기", "Apply")),
                button(context.text("임시 저장", "Save draft"), style: .secondary, name: "save"),
                button(context.text("신청 취소", "Withdraw"), style: .warning),
                button(context.text("건너뛰기", "Skip"), style: .quiet),
                linkButton(context.text("엑셀로 받기", "Download XLSX"), Link("/file.xlsx")),
                copyLinkButton(in: context),
            ])
        }
    ]
}
