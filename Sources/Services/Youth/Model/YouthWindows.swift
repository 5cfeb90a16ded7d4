import Basics
import Eligibility
import Programmes
import Synchronization
import Web

/// When applications for a programme are taken next, as far as it depends on no answer.
struct YouthWindow: Sendable, Hashable {
    /// The programme.
    var name: String
    var title: Bilingual
    /// The first day; nothing where it has begun already and nobody says when.
    var opens: LocalDate?
    /// The last day; nothing where it is not known or there is none.
    var closes: LocalDate?
    /// Whether the application starts on this site.
    var isHere: Bool

    /// Its page.
    var link: Link { .path("programmes", name) }

    /// Whether applications are taken on a day.
    func isOpen(on day: LocalDate) -> Bool {
        opens.map { $0 <= day } ?? true && closes.map { day <= $0 } ?? true
    }
}

/// The windows of the portal's programmes on a day.
struct YouthWindows: Sendable {
    /// How far ahead "soon" reaches, in days.
    static let soonDayCount = 30

    /// Every window that is open with a last day, or that opens later, by its next day.
    let windows: [YouthWindow]
    let day: LocalDate

    /// Reads the windows from the rules and from what is taken on this site.
    ///
    /// - Throws: `EligibilityError` where the rules cannot judge the day.
    init(
        rules: RulesInForce,
        offers: [String: ProgrammeOffer],
        on day: LocalDate
    ) throws {
        func items(_ day: LocalDate) throws -> [PersonalResults.Item] {
            let results = try PersonalResults(
                Answers(),
                of: YouthCollection.programmes,
                by: rules,
                on: day,
                offers: offers
            )
            return results.fits + results.needsAnswers + results.notOpen
        }
        var windows: [YouthWindow] = []
        var later: [LocalDate: Set<String>] = [:]
        for item in try items(day) {
            let isHere = item.offer != nil
            switch item.window {
            case .open(until: .some(let last)):
                windows.append(
                    YouthWindow(
                        name: item.programme.name,
                        title: item.programme.title,
                        opens: item.offer?.opens,
                        closes: last,
                        isHere: isHere
                    )
                )
            case .opens(let first): later[first, default: []].insert(item.programme.name)
            case .open(until: nil), .closed, .unknown: break
            }
        }
        for (first, names) in later {
            for item in try items(first) where names.contains(item.programme.name) {
                var last: LocalDate?
                if case .open(until: let end) = item.window { last = end }
                windows.append(
                    YouthWindow(
                        name: item.programme.name,
                        title: item.programme.title,
                        opens: first,
                        closes: last,
                        isHere: item.offer != nil
                    )
                )
            }
        }
        self.day = day
        self.windows = windows.sorted { left, right in
            func next(_ window: YouthWindow) -> LocalDate {
                let upcoming = [window.opens, window.closes].compactMap(\.self).filter { $0 >= day }
                return upcoming.min() ?? day
            }
            return (next(left), left.name) < (next(right), right.name)
        }
    }

    /// What closes within the next weeks, the first to close first.
    var closingSoon: [YouthWindow] {
        let limit = day.adding(days: Self.soonDayCount)
        return windows.filter { window in
            window.isOpen(on: day) && window.closes.map { $0 <= limit } ?? false
        }
    }

    /// What opens later, the first to open first.
    var opening: [YouthWindow] { windows.filter { $0.opens.map { $0 > day } ?? false } }

    /// The windows as a calendar to subscribe to: a whole window where both its days are known, else
    /// the day that is.
    func calendar(publicURL: String, in context: PageContext) -> CalendarFeed {
        let language = context.language
        let events = windows.compactMap { window -> CalendarFeed.Event? in
            guard let first = window.opens ?? window.closes else { return nil }
            let last = window.closes ?? first
            let title = window.title[language]
            let marked =
                window.opens == nil
                ? context.text("[마감] \(title)", "[Last day] \(title)")
                : window.closes == nil
                    ? context.text("[시작] \(title)", "[Opens] \(title)")
                    : context.text("[신청] \(title)", "[Apply] \(title)")
            return CalendarFeed.Event(
                id: "youth-\(window.name)-\(first.iso)",
                start: first,
                end: last,
                title: marked,
                description: window.closes.map {
                    context.text("\($0.iso)까지 신청", "Apply until \($0.iso)")
                } ?? "",
                link: window.link
            )
        }
        return CalendarFeed(
            name: context.text("청년 지원 신청 달력", "Youth programme windows"),
            publicURL: publicURL,
            events: events
        )
    }
}
