import Basics
import HTTPTypes
import Eligibility
import Hosting
import Identity
import Programmes
import Store
import Web

/// The timeline of whoever asks, from their answers: signed in or not.
struct TimelineRoutes {
    let platform: Platform

    private var desk: AnswerDesk { AnswerDesk(platform: platform) }
    private var rules: RulesInForce { RulesInForce.of(platform) }

    func add(to table: inout RouteTable) {
        table.page("/childcare/timeline") { try await timelinePage($0) }
        table.page("/childcare/timeline/family") { incoming in
            let answers = try await desk.answers(incoming)
            return FamilyForm(answers, on: incoming.now.date, in: rules.catalogue)
                .page(in: incoming.page)
        }
        table.submission("/childcare/timeline/family", access: .everyone) { incoming, fields in
            try await take(fields, incoming)
        }
        table.file("/childcare/timeline.ics") { incoming in
            let answers = try await desk.answers(incoming)
            guard let (_, timeline) = try timeline(answers, incoming) else {
                throw Problem.notFound
            }
            return CalendarFeed(
                name: incoming.text("우리 가족 시간표", "Our family's timeline"),
                publicURL: platform.publicURL,
                events: timeline.events(in: incoming.language)
            ).outgoing(stamp: incoming.now)
        }
    }

    private func timelinePage(_ incoming: Incoming) async throws -> Page {
        if let failure = rules.failure {
            throw Problem.conflict(failure, context: "no rules")
        }
        let answers = try await desk.answers(incoming)
        guard let (family, timeline) = try timeline(answers, incoming) else {
            return FamilyForm(answers, on: incoming.now.date, in: rules.catalogue)
                .page(in: incoming.page)
        }
        return TimelinePage(
            family: family,
            timeline: timeline,
            monthCount: monthCount(incoming),
            offers: try await platform.store.read { try ProgrammeOffers.all(in: $0) },
            rules: rules.catalogue
        ).page(in: incoming.page)
    }

    private func monthCount(_ incoming: Incoming) -> Int {
        let asked = incoming.query["months"].flatMap(Int.init)
        return asked.flatMap { TimelinePage.monthCounts.contains($0) ? $0 : nil }
            ?? FamilyTimeline.defaultMonthCount
    }

    /// The timeline of answers; nil where they say nothing of a family, or contradict each other.
    private func timeline(
        _ answers: Answers,
        _ incoming: Incoming
    ) throws -> (Family, FamilyTimeline)? {
        let today = incoming.now.date
        guard let family = Family(answers, on: today, in: rules.catalogue) else { return nil }
        let slice = rules.slice(Childcare.collection)
        do {
            let timeline = try FamilyTimeline(
                of: family,
                slice.catalogue.programmes,
                in: slice,
                from: today,
                monthCount: monthCount(incoming)
            )
            return (family, timeline)
        } catch let error as EligibilityError {
            throw Problem.conflict(error.message, context: "a family's answers")
        }
    }

    private func take(_ fields: FormFields, _ incoming: Incoming) async throws -> Answer {
        let date = incoming.now.date
        var checked = FamilyForm(fields, in: rules.catalogue)
        var answers = try await desk.answers(incoming)
        guard checked.fill(&answers, on: date) else {
            return .page(checked.page(in: incoming.page), .unprocessableContent)
        }
        do {
            let situation = answers.situation(on: date, in: rules.catalogue)
            _ = try FactSheet(situation, in: rules.compiled)
        } catch let error as EligibilityError {
            var page = checked.page(in: incoming.page)
            page.notification = notificationBanner(
                NotificationBanner(kind: .warning, title: error.message[incoming.language])
            )
            page.hasErrors = true
            return .page(page, .unprocessableContent)
        }
        let form = checked
        return .other(
            try await desk.change(incoming, then: TimelinePage.link) { answers in
                var form = form
                _ = form.fill(&answers, on: date)
            }
        )
    }
}
