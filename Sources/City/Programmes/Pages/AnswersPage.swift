import Basics
import Eligibility
import Store
import Web

/// All answers with the way to change each, and what may be done with them.
struct AnswersPage: Sendable {
    let collection: ProgrammeCollection
    let catalogue: RuleCatalogue
    let answers: Answers
    /// The consent to keep them; nil where none stands.
    let profile: Consent?
    /// The consent to notices; nil where none stands.
    let notices: Consent?
    /// How many answers were given before signing in.
    let visitorAnswerCount: Int

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("내 답", "My answers"),
            breadcrumbs: collection.trail(context),
            lead: HTML(
                text: context.text(
                    "언제든 고치거나 모두 지울 수 있습니다.",
                    "Change them or remove them all at any time."
                )
            ),
            main: """
                \(adoption(context))\(answers.isEmpty ? nothing(context) : known(context))\
                \(keeping(context))
                """
        )
    }

    private func nothing(_ context: PageContext) -> HTML {
        emptyState(
            title: context.text("아직 답한 것이 없습니다", "Nothing is answered yet"),
            text: context.text(
                "질문에 답하면 받을 수 있는 지원을 찾아 드립니다.",
                "Answer the questions to find what you can get."
            ),
            actions: [
                linkButton(context.text("질문 시작", "Start"), collection.checkLink, style: .primary)
            ]
        )
    }

    private func known(_ context: PageContext) -> HTML {
        """
        \(buttonRow([
            linkButton(context.text("결과 보기", "See the results"), collection.resultsLink,
                style: .primary),
            linkButton(context.text("질문 이어가기", "Go on with the questions"), collection.checkLink),
        ]))\(facts(context))\(household(context))\(received(context))\(later(context))\
        \(forgetting(context))
        """
    }

    private func facts(_ context: PageContext) -> HTML {
        let rows = answers.order.compactMap { name -> SummaryList.Row? in
            guard let fact = catalogue.fact(name), !fact.isHistory,
                let value = try? answers.facts[name]?.value(of: fact)
            else { return nil }
            return SummaryList.Row(
                fact.label[context.language],
                HTML(text: fact.text(of: value)[context.language]),
                changeLink: collection.questionLink(name, returning: true)
            )
        }
        guard !rows.isEmpty else { return .empty }
        return section(
            context.text("답한 것", "Answers"),
            summaryList(SummaryList(rows), in: context)
        )
    }

    private func household(_ context: PageContext) -> HTML {
        let count = answers.people.count
        let text =
            count == 0
            ? context.text("적은 사람이 없습니다.", "Nobody is listed.")
            : context.text("\(count)명을 적었습니다.", "\(count) people are listed.")
        return section(
            context.text("가족과 세대원", "Family and household"),
            """
            <p>\(text) <a href="\(collection.peopleLink)">\
            \(context.text("가족 적기·고치기", "List or change"))</a></p>
            """
        )
    }

    /// What was received, in one row: most of what was asked is “no”.
    private func received(_ context: PageContext) -> HTML {
        let told = answers.order.compactMap(catalogue.fact).filter(\.isHistory)
        guard !told.isEmpty else { return .empty }
        let yes = told.filter { answers.facts[$0.name] == .bool(true) }
        let value: HTML =
            yes.isEmpty
            ? HTML(text: context.text("해당하는 것이 없습니다", "None"))
            : "<ul>\(HTML(each: yes) { "<li>\($0.label[context.language])</li>" })</ul>"
        return section(
            context.text("받은 지원", "What I received"),
            summaryList(
                SummaryList([
                    SummaryList.Row(
                        context.text("받았거나 받고 있는 지원", "Received"),
                        value,
                        changeLink: collection.questionLink(
                            QuestionFlow.receivedName,
                            returning: true
                        )
                    )
                ]),
                in: context
            )
        )
    }

    private func later(_ context: PageContext) -> HTML {
        let facts = answers.later.sorted().compactMap(catalogue.fact)
        let asked = facts.filter { !$0.isHistory }
        guard !facts.isEmpty else { return .empty }
        let history: HTML? =
            asked.count == facts.count
            ? nil
            : """
            <li><a href="\(collection.questionLink(QuestionFlow.receivedName, returning: true))">\
            \(context.text("받았거나 받고 있는 지원", "What I received"))</a></li>
            """
        return section(
            context.text("나중에 답하기로 한 것", "Left for later"),
            """
            <ul>\(HTML(each: asked) { fact in
                """
                <li><a href="\(collection.questionLink(fact.name, returning: true))">\
                \((fact.question ?? fact.label)[context.language])</a></li>
                """
            })\(history)</ul>
            """
        )
    }

    private func forgetting(_ context: PageContext) -> HTML {
        section(
            context.text("모두 지우기", "Remove everything"),
            action("forget", context.text("내 답 모두 지우기", "Remove all my answers"), .warning, context)
        )
    }

    // MARK: Keeping

    private func adoption(_ context: PageContext) -> HTML {
        guard visitorAnswerCount > 0 else { return .empty }
        return notificationBanner(
            NotificationBanner(
                title: context.text(
                    "로그인하기 전에 답한 것이 \(visitorAnswerCount)개 있습니다",
                    "\(visitorAnswerCount) answers were given before signing in"
                ),
                body: action(
                    "adopt",
                    context.text("내 계정으로 가져오기", "Take them into my account"),
                    .secondary,
                    context
                )
            )
        )
    }

    private func keeping(_ context: PageContext) -> HTML {
        let title = context.text("보관과 알림", "Keeping and notices")
        guard context.visitor != nil else {
            let link = Link(
                "/sign-in",
                query: [("return", "\(collection.base)/check/answers")]
            )
            return section(
                title,
                """
                <p>\(context.text(
                    "지금 답은 \(AnswerBook.visitHourCount)시간 뒤에 지워집니다. 로그인하면 프로필에 보관할 수 있습니다.",
                    "These answers are removed after \(AnswerBook.visitHourCount) hours. "
                        + "Sign in to keep them."))
                <a href="\(link)">\(context.text("로그인", "Sign in"))</a></p>
                """
            )
        }
        guard let profile else {
            return section(
                title,
                """
                <p>\(Consent.Kind.profile.text[context.language])</p>\
                \(action(
                    "keep", context.text("동의하고 프로필에 보관", "Agree and keep them"), .primary,
                    context))
                """
            )
        }
        return section(title, standing(profile, context) + noticeConsent(context))
    }

    private func standing(_ consent: Consent, _ context: PageContext) -> HTML {
        """
        <p>\(consent.text.value[context.language])</p>\
        <p>\(context.text("동의한 때", "Agreed")): \(dateText(consent.givenAt, in: context))</p>\
        \(withdrawal(of: .profile, .warning, context))
        """
    }

    private func noticeConsent(_ context: PageContext) -> HTML {
        if let notices {
            return """
                <p>\(notices.text.value[context.language])</p>\
                <p>\(context.text("동의한 때", "Agreed")): \
                \(dateText(notices.givenAt, in: context))</p>\
                \(withdrawal(of: .notices, .secondary, context))
                """
        }
        return """
            <p>\(Consent.Kind.notices.text[context.language])</p>\
            \(action(
                "notify", context.text("동의하고 알림 받기", "Agree to notices"), .secondary, context))
            """
    }

    private func withdrawal(
        of kind: Consent.Kind,
        _ style: ButtonStyle,
        _ context: PageContext
    ) -> HTML {
        action(kind.withdrawalAction, kind.withdrawal[context.language], style, context)
    }

    private func action(
        _ name: String,
        _ title: String,
        _ style: ButtonStyle,
        _ context: PageContext
    ) -> HTML {
        form(action: collection.answersLink, context: context) {
            button(title, style: style, name: "action", value: name)
        }
    }
}
