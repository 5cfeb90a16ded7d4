import Basics
import Cases
import Eligibility
import Programmes
import Web

/// The first page of the portal: ask, find, and what is on.
struct YouthHomePage: Sendable {
    /// The lines of each short list.
    private static let shownCount = 5
    /// The changes that are read for the person.
    static let shownChangeCount = 10

    let categories: [ListingCategory]
    /// How many programmes each field has.
    let counts: [String: Int]
    let listings: ListingRoutes
    let windows: YouthWindows
    /// What came of the person's answers; nothing where there are none.
    let results: PersonalResults?
    /// The person's applications.
    let cases: [YouthCase]
    /// What changed for the person, with the programme, the newest first.
    let changes: [(change: ProgrammeChange, programme: Programme)]
    let isSignedIn: Bool
    /// Why the city can judge nothing now.
    let failure: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("청년몽땅정보통", "Youth portal"),
            lead: HTML(
                text: context.text(
                    "흩어진 청년 지원을 한곳에서 찾고, 한 번 쓴 답과 서류로 여러 번 신청합니다.",
                    "Find every youth programme in one place; answer once, apply many times."
                )
            ),
            main: """
                \(changed(context))\(mine(context))\(search(context))\(fields(context))\
                \(soon(context))\(own(context))
                """,
            source: PageSource(
                name: context.text(
                    "시의 판정 규칙과 공개된 지원사업 목록",
                    "The rules of the city and published catalogues"
                ),
                link: Link("/youth/programmes")
            ),
            alternates: [
                Alternate(
                    title: context.text("신청 달력", "Calendar"),
                    mediaType: "text/calendar",
                    link: Link("/youth/calendar.ics")
                )
            ],
            width: .wide
        )
    }

    // MARK: The person

    private func changed(_ context: PageContext) -> HTML {
        guard !changes.isEmpty else { return .empty }
        let items = HTML(each: changes.prefix(Self.shownCount)) { change, programme in
            let link = Link.path("youth", "before", programme.name)
            return """
                <li><a href="\(link)">\(change.title(programme)[context.language])</a> \
                <small>\(dateText(change.at.date, in: context))</small></li>
                """
        }
        return section(context.text("새로 내게 맞는 것", "New for me"), "<ul>\(items)</ul>")
    }

    private func mine(_ context: PageContext) -> HTML {
        if let failure {
            return notificationBanner(
                NotificationBanner(kind: .warning, title: failure[context.language])
            )
        }
        let check = YouthCollection.programmes.checkLink
        guard let results else {
            return """
                <div class="panel information"><p class="title">\(context.text(
                    "질문 몇 개에 답하면 받을 수 있는 지원을 찾아 드립니다",
                    "Answer a few questions and see what you can have"))</p>\
                <p>\(context.text(
                    "로그인하지 않아도 되고, 답은 하루 뒤에 지워집니다. 왜 되는지, 왜 안 되는지도 알려 드립니다.",
                    "No sign-in; answers are forgotten after a day. You see why, and why not."))</p>\
                </div>\(buttonRow([
                    linkButton(context.text("질문 시작하기", "Start"), check, style: .primary)
                ]))
                """
        }
        let combination = results.combination
        let sum =
            combination.sum == .zero
            ? context.text("금액은 더 답하면 알 수 있습니다", "more answers show the amount")
            : context.text("함께 받으면 예상 금액", "together, estimated")
        return section(
            context.text("내게 맞는 지원", "What fits me"),
            keyFigures([
                KeyFigure(
                    label: context.text("받을 수 있음", "Fits"),
                    value: results.fits.count.grouped,
                    unit: context.text("건", ""),
                    note: HTML(text: sum)
                        + (combination.sum == .zero
                            ? .empty : " \(money(combination.sum, in: context))"),
                    link: group("fits")
                ),
                KeyFigure(
                    label: context.text("더 답하면 알 수 있음", "More answers needed"),
                    value: results.needsAnswers.count.grouped,
                    unit: context.text("건", ""),
                    link: group("questions")
                ),
                KeyFigure(
                    label: context.text("신청 기간을 기다림", "Not open now"),
                    value: results.notOpen.count.grouped,
                    unit: context.text("건", ""),
                    link: group("closed")
                ),
            ])
                + fitting(results, context)
                + buttonRow([
                    linkButton(context.text("질문 이어가기", "Go on"), check, style: .primary),
                    linkButton(context.text("결과 모두 보기", "All results"), group("fits")),
                ])
        )
    }

    private func group(_ name: String) -> Link {
        Link("/youth/results", query: [("group", name)])
    }

    private func fitting(_ results: PersonalResults, _ context: PageContext) -> HTML {
        guard !results.fits.isEmpty else { return .empty }
        let language = context.language
        return cardGrid(
            results.fits.prefix(Self.shownCount).map { item in
                var facts: [HTML] = []
                if case .open(until: let day) = item.window, let last = day {
                    facts.append(
                        "\(dateText(last, in: context)) \(context.text("마감", "last day"))"
                    )
                }
                facts.append(HTML(text: item.programme.provider[language]))
                return Card(
                    title: item.programme.title[language],
                    link: .path("youth", "before", item.programme.name),
                    text: HTML(text: item.programme.summary[language]),
                    facts: facts,
                    status: StatusTag(context.text("받을 수 있음", "Fits"), kind: .done)
                )
            }
        )
    }

    private func own(_ context: PageContext) -> HTML {
        let title = context.text("내 신청과 서류", "My applications and documents")
        guard isSignedIn else {
            return section(
                title,
                "<p>\(context.text("로그인하면 신청 상황과 서류지갑이 여기에 나옵니다.", "Sign in to see your applications and wallet here."))</p>"
                    + buttonRow([
                        linkButton(
                            context.text("로그인", "Sign in"),
                            Link("/sign-in", query: [("next", "/youth")])
                        )
                    ])
            )
        }
        let rows: [[HTML]] = cases.prefix(Self.shownCount).map { item in
            let record = item.record
            let link: Link =
                record.state == .draft
                ? .path("apply", item.procedure.id) : .path("applications", record.id)
            return [
                "<a href=\"\(link)\">\(item.procedure.title[context.language])</a>",
                statusTag(StatusTag(record.state.title[context.language], kind: record.state.tag)),
                record.submittedAt.map { dateText($0.date, in: context) } ?? "–",
            ]
        }
        return titledTable(
            title,
            columns: [
                .init(context.text("신청", "Application"), isRowHeader: true),
                .init(context.text("상태", "State")), .init(context.text("접수한 날", "Received")),
            ],
            rows: rows,
            emptyText: context.text("아직 신청한 것이 없습니다.", "Nothing applied for yet."),
            in: context,
            more: buttonRow([
                linkButton(context.text("내 신청 모두", "All applications"), Link("/applications")),
                linkButton(context.text("서류지갑", "Wallet"), Link("/wallet")),
                linkButton(context.text("내가 받는 지원", "My supports"), Link("/youth/supports")),
            ])
        )
    }

    // MARK: Everybody

    private func search(_ context: PageContext) -> HTML {
        searchBox(
            SearchBox(
                action: listings.link,
                label: context.text("청년 지원사업 찾기", "Find a programme"),
                hint: context.text("예: 월세, 면접, 마음건강", "For example rent or interviews"),
                maximumLength: 100
            ),
            in: context
        )
    }

    private func fields(_ context: PageContext) -> HTML {
        section(
            context.text("분야별로 보기", "By field"),
            keyFigures(
                categories.map { category in
                    KeyFigure(
                        label: category.title[context.language],
                        value: (counts[category.id] ?? 0).grouped,
                        unit: context.text("건", ""),
                        link: listings.link(category)
                    )
                }
            )
        )
    }

    private func soon(_ context: PageContext) -> HTML {
        let closing = windows.closingSoon.prefix(Self.shownCount)
        let opening = windows.opening.prefix(Self.shownCount)
        func list(
            _ windows: some Sequence<YouthWindow>,
            _ word: String,
            _ day: (YouthWindow) -> LocalDate?
        ) -> HTML {
            let items = HTML(each: windows) { window in
                let when: HTML? = day(window).map {
                    "\(dateText($0, in: context)) \(word)"
                }
                return """
                    <li><a href="\(window.link)">\(window.title[context.language])</a> \(when)\
                    \(window.isHere ? " \(statusTag(StatusTag(context.text("여기서 신청", "Apply here"), kind: .active)))" as HTML : nil)</li>
                    """
            }
            return "<ul>\(items)</ul>"
        }
        let nothing = { (text: String) -> HTML in "<p>\(text)</p>" }
        return section(
            context.text("곧 마감", "Closing soon"),
            closing.isEmpty
                ? nothing(context.text("한 달 안에 마감하는 지원이 없습니다.", "Nothing closes within a month."))
                : list(closing, context.text("마감", "last day"), \.closes)
        )
            + section(
                context.text("곧 열림", "Opening"),
                (opening.isEmpty
                    ? nothing(context.text("날짜가 알려진 모집이 없습니다.", "No opening day is known yet."))
                    : list(opening, context.text("시작", "first day"), \.opens))
                    + buttonRow([
                        linkButton(
                            context.text("신청 달력", "Calendar"),
                            Link("/youth/calendar")
                        )
                    ])
            )
    }
}

extension CaseState {
    /// The sign of the state.
    var tag: StatusTag.Kind {
        switch self {
        case .draft: .planned
        case .submitted, .inReview, .selecting, .waiting, .claimed: .active
        case .correctionRequested: .attention
        case .approved, .fulfilled: .done
        case .refused: .refused
        case .withdrawn, .expired: .neutral
        }
    }
}
