import Basics

/// The steps of a task; `current` counts from 1.
public func stepIndicator(_ steps: [String], current: Int, in context: PageContext) -> HTML {
    let items = HTML(each: steps.enumerated()) { index, title in
        let number = index + 1
        if number == current {
            return "<li class=\"current\" aria-current=\"step\"><span>\(title)</span></li>"
        }
        guard number < current else { return "<li><span>\(title)</span></li>" }
        let done = context.text("마침:", "Done:")
        return "<li class=\"done\"><span><span class=\"unseen\">\(done) </span>\(title)</span></li>"
    }
    let label = context.text(
        "\(steps.count)단계 중 \(current)단계",
        "Step \(current) of \(steps.count)"
    )
    return "<nav class=\"steps\" aria-label=\"\(label)\"><p>\(label)</p><ol>\(items)</ol></nav>"
}

enum StepIndicator {
    static let examples = [
        ComponentExample("steps", Bilingual("단계", "Steps")) { context in
            stepIndicator(
                [
                    context.text("자격 확인", "Eligibility"), context.text("신청서", "Application"),
                    context.text("확인하고 보내기", "Check and send"),
                ],
                current: 2,
                in: context
            )
        }
    ]
}
