import Basics
import Eligibility
import Web

/// Nothing is left that could change a result.
struct QuestionsDonePage: Sendable {
    let collection: ProgrammeCollection
    let laterCount: Int
    let decided: (count: Int, of: Int)

    func page(in context: PageContext) -> Page {
        let later: HTML? =
            laterCount == 0
            ? nil
            : """
            <p>\(context.text(
                "나중에 답하기로 한 질문이 \(laterCount)개 있습니다. 답하면 결과가 더 나옵니다.",
                "\(laterCount) questions were left for later. Answering them decides more."))</p>
            """
        return Page(
            title: context.text("물어볼 것을 다 물었습니다", "There is nothing more to ask"),
            breadcrumbs: collection.trail(context),
            lead: HTML(
                text: context.text(
                    "\(decided.of)개 사업 중 \(decided.count)개의 결과가 나왔습니다.",
                    "\(decided.count) of \(decided.of) programmes are decided."
                )
            ),
            main: """
                \(later)\(buttonRow([
                    linkButton(
                        context.text("결과 보기", "See the results"), collection.resultsLink,
                        style: .primary),
                    linkButton(context.text("내 답 모두 보기", "All my answers"), collection.answersLink),
                ]))
                """
        )
    }
}

/// Kept answers contradict each other: which, and the way to change them.
struct ContradictionPage: Sendable {
    let collection: ProgrammeCollection
    let message: Bilingual
    let facts: [FactDefinition]

    func page(in context: PageContext) -> Page {
        let links = HTML(each: facts.filter { $0.question != nil }) { fact in
            """
            <li><a href="\(collection.questionLink(fact.name))">\
            \(fact.label[context.language])</a></li>
            """
        }
        return Page(
            title: context.text("답이 서로 맞지 않습니다", "Some answers contradict each other"),
            breadcrumbs: collection.trail(context),
            main: """
                \(notificationBanner(
                    NotificationBanner(kind: .warning, title: message[context.language])))\
                <p>\(context.text("고칠 답을 골라 주세요.", "Choose the answer to change."))</p>\
                <ul>\(links)<li><a href="\(collection.peopleLink)">\
                \(context.text("가족과 세대원", "Family and household"))</a></li>\
                <li><a href="\(collection.answersLink)">\
                \(context.text("내 답 모두 보기", "All my answers"))</a></li></ul>
                """,
            hasErrors: true
        )
    }
}
