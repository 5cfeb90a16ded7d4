import Basics
import Store
import Web

/// The dates of an application, for a person's own calendar (RFC 5545).
struct CaseCalendar: Sendable {
    let record: Case
    let title: Bilingual

    func feed(publicURL: String, in language: Language) -> CalendarFeed {
        CalendarFeed(
            name: "\(title[language]) \(record.receipt)",
            publicURL: publicURL,
            events: dates.map { date in
                CalendarFeed.Event(
                    id: "case-\(record.id)-\(date.name)",
                    start: date.day,
                    end: date.day,
                    title: "\(date.words[language]) — \(title[language])",
                    description: record.receipt,
                    link: .path("applications", record.id)
                )
            }
        )
    }

    /// The days that matter now.
    var dates: [(name: String, day: LocalDate, words: Bilingual)] {
        var dates: [(name: String, day: LocalDate, words: Bilingual)] = []
        if let due = record.dueOn, record.state.waitsForOffice || record.state == .waiting {
            dates.append(("due", due, Bilingual("처리기한", "Decision due")))
        }
        if record.state == .correctionRequested, let asked = record.correction?.value {
            dates.append(
                ("correction", asked.deadline, Bilingual("보완 마감", "Answer due"))
            )
        }
        if let deadline = record.appealDeadline {
            dates.append(("appeal", deadline, Bilingual("이의신청 마감", "Last day to appeal")))
        }
        return dates
    }
}
