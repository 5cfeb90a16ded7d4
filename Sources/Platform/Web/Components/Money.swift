public import Basics

/// An amount the way people say it, with the exact won for machines and on hover.
public func money(_ amount: Won, in context: PageContext) -> HTML {
    let exact = context.text("\(amount.amount.grouped)원", "KRW \(amount.amount.grouped)")
    return """
        <data class="money" value="\(amount.amount)" title="\(exact)">\
        \(amount.text(context.language))</data>
        """
}

enum Money {
    static let examples = [
        ComponentExample("money", Bilingual("금액", "Money")) { context in
            """
            <p>\(money(Won.eok(3703), in: context)) · \(money(Won(184_500_000), in: context)) · \
            \(money(Won(9_500_000), in: context)) · \(money(Won(9_900), in: context))</p>
            """
        }
    ]
}
