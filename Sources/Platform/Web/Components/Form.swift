import Basics

/// How a form is sent.
public enum FormMethod: String, Sendable, Hashable {
    /// A question: the answers go into the address.
    case get
    /// A submission.
    case post
}

/// A form.
///
/// A POST carries the session's token in `_token` and, where a key is handed in, `_idempotency`: the
/// same key sent twice is one submission. The form checks nothing itself (`novalidate`): the server
/// answers in the person's words, all faults at once.
///
/// - Parameters:
///   - action: Where it goes.
///   - method: How it is sent.
///   - context: The request.
///   - idempotencyKey: The key of this one submission.
///   - draft: A name under which the browser keeps what was typed until the receipt page says that
///     it arrived. Never for forms that ask for secrets.
///   - takesFiles: Whether it has file fields.
///   - more: Further attributes of the form.
///   - content: The fields and buttons.
/// - Returns: The form element.
public func form(
    action: Link,
    method: FormMethod = .post,
    context: PageContext,
    idempotencyKey: String? = nil,
    draft: String? = nil,
    takesFiles: Bool = false,
    more: Attributes = [:],
    _ content: () -> HTML
) -> HTML {
    var attributes: Attributes = [
        "enctype": takesFiles ? "multipart/form-data" : nil, "data-draft": draft,
    ]
    attributes.append("data-warn-unsaved", if: method == .post && draft == nil)
    var hidden = HTML.empty
    if method == .post {
        hidden = hiddenField("_token", context.formToken)
        if let idempotencyKey { hidden = hidden + hiddenField("_idempotency", idempotencyKey) }
    }
    return """
        <form action="\(action)" method="\(method.rawValue)" novalidate\(attributes)\(more)>\
        \(hidden)\(content())</form>
        """
}

/// A value sent along unseen.
public func hiddenField(_ name: String, _ value: String) -> HTML {
    "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
}

extension FormMethod {
    static let examples = [
        ComponentExample("form", Bilingual("양식", "Form")) { context in
            form(
                action: Link("/example"),
                context: context,
                idempotencyKey: "example-key",
                draft: "example"
            ) {
                formField(
                    FormField(
                        name: "example-company",
                        label: context.text("업체명", "Company"),
                        isRequired: true,
                        autocomplete: "organization"
                    ),
                    in: context
                )
                    + buttonRow([button(context.text("보내기", "Send"))])
            }
        }
    ]
}
