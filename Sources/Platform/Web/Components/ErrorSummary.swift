import Basics

/// Something wrong with a form, and the field it is about.
public struct FieldError: Sendable, Hashable {
    /// The identifier of the control to go to, or nothing where it is about the whole form.
    public var fieldID: String?
    /// What is wrong and what to do.
    public var message: String

    /// Creates an error of a field.
    public init(fieldID: String?, message: String) {
        self.fieldID = fieldID
        self.message = message
    }
}

/// What is wrong with a form, above the form, each line leading to its field; scripts put the focus
/// here when the page opens.
public func errorSummary(_ errors: [FieldError], in context: PageContext) -> HTML {
    guard !errors.isEmpty else { return .empty }
    let items = HTML(each: errors) { error in
        guard let id = error.fieldID else { return "<li>\(error.message)</li>" }
        return "<li><a href=\"\(Link.fragment(id))\">\(error.message)</a></li>"
    }
    let title = context.text(
        "고칠 곳이 \(errors.count)군데 있습니다",
        errors.count == 1 ? "There is a problem" : "There are \(errors.count) problems"
    )
    return """
        <div class="panel warning" role="alert" tabindex="-1" data-error-summary>\
        <h2>\(icon(.attention))\(title)</h2><ul>\(items)</ul></div>
        """
}

/// What is wrong with the fields of a form, in their order.
public func errorSummary(of fields: [FormField], in context: PageContext) -> HTML {
    errorSummary(
        fields.compactMap { field in
            field.error.map { FieldError(fieldID: field.id, message: $0) }
        },
        in: context
    )
}

extension FieldError {
    static let examples = [
        ComponentExample("error-summary", Bilingual("오류 요약", "Error summary")) { context in
            errorSummary(
                [
                    FieldError(
                        fieldID: "field-example-telephone",
                        message: context.text("휴대전화 번호를 적어 주세요.", "Enter a mobile number.")
                    ),
                    FieldError(
                        fieldID: nil,
                        message: context.text("모두 합쳐 20MB를 넘습니다.", "The files exceed 20MB.")
                    ),
                ],
                in: context
            )
        }
    ]
}
