public import Basics

/// What a person holds in their hand after a form arrived.
public struct Receipt: Sendable, Hashable {
    /// What was done.
    public var title: String
    /// The number to ask with.
    public var number: String
    /// When it arrived.
    public var receivedAt: Instant
    /// What happens next, in order.
    public var nextSteps: [String]
    /// The name of the draft that the browser can now forget.
    public var draft: String?

    /// Creates a receipt.
    public init(
        title: String,
        number: String,
        receivedAt: Instant,
        nextSteps: [String] = [],
        draft: String? = nil
    ) {
        self.title = title
        self.number = number
        self.receivedAt = receivedAt
        self.nextSteps = nextSteps
        self.draft = draft
    }
}

/// The panel that says a form arrived, with its receipt number (접수번호).
public func receiptPanel(_ receipt: Receipt, in context: PageContext) -> HTML {
    let draft: Attributes = ["data-draft-done": receipt.draft]
    let steps = HTML(each: receipt.nextSteps) { "<li>\($0)</li>" }
    let next: HTML? =
        receipt.nextSteps.isEmpty
        ? nil
        : "<h3>\(context.text("다음에는", "What happens next"))</h3><ol>\(steps)</ol>"
    return """
        <div class="panel success receipt" role="status"\(draft)><h2>\(icon(.done))\
        \(receipt.title)</h2><dl><dt>\(context.text("접수번호", "Receipt number"))</dt>\
        <dd class="value">\(receipt.number)</dd><dt>\(context.text("접수 시각", "Received"))</dt>\
        <dd>\(dateText(receipt.receivedAt, in: context))</dd></dl>\(next)</div>
        """
}

extension Receipt {
    static let examples = [
        ComponentExample("receipt", Bilingual("접수증", "Receipt")) { context in
            receiptPanel(
                Receipt(
                    title: context.text("신청이 접수되었습니다", "Your application has arrived"),
                    number: "2023-0125-00417",
                    receivedAt: context.now,
                    nextSteps: [
                        context.text("담당 부서가 3일 안에 확인합니다.", "The office checks it within 3 days."),
                        context.text("결과를 문자로 알려 드립니다.", "You get the result by text message."),
                    ]
                ),
                in: context
            )
        }
    ]
}
