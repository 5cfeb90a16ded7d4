import Basics

/// A question asked over the page.
///
/// Without scripts it is an open part of the page; with them it closes and opens by
/// ``dialogLink(_:id:style:)``, as a native modal dialog.
public func dialog(id: String, title: String, in context: PageContext, _ content: HTML) -> HTML {
    """
    <dialog id="\(id)" open aria-labelledby="\(id)-title" data-dialog><h2 id="\(id)-title">\(title)\
    </h2>\(content)<button class="button quiet" type="button" hidden data-dialog-close>\
    \(context.text("닫기", "Close"))</button></dialog>
    """
}

/// A link that opens a dialog, or leads to it without scripts.
public func dialogLink(_ text: String, id: String, style: ButtonStyle = .secondary) -> HTML {
    linkButton(text, .fragment(id), style: style, more: ["data-dialog-open": id])
}

enum Dialog {
    static let examples = [
        ComponentExample("dialog", Bilingual("물어보기", "Dialog")) { context in
            dialogLink(context.text("신청 취소", "Withdraw"), id: "example-dialog")
                + dialog(
                    id: "example-dialog",
                    title: context.text("신청을 취소할까요?", "Withdraw the application?"),
                    in: context,
                    """
                    <p>\(context.text(
                        "취소하면 되돌릴 수 없고, 다시 신청해야 합니다.",
                        "This cannot be undone; you would have to apply again."))</p>
                    \(form(action: Link("/example"), context: context) {
                        buttonRow([button(context.text("취소하기", "Withdraw"), style: .warning)])
                    })
                    """
                )
        }
    ]
}
