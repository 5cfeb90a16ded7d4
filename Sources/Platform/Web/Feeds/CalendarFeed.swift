public import Basics

/// A calendar to subscribe to (iCalendar, RFC 5545).
public struct CalendarFeed: Sendable {
    /// An event of one or more whole days, or of some hours.
    public struct Event: Sendable {
        /// A stable identifier.
        public var id: String
        /// The first day.
        public var start: LocalDate
        /// The last day.
        public var end: LocalDate
        /// What happens.
        public var title: String
        /// More about it.
        public var description: String
        /// Where it stands.
        public var link: Link
        /// When it begins and ends, where it does not take whole days.
        public var hours: (from: Instant, to: Instant)?

        /// Creates an event of some hours.
        public init(
            id: String,
            from: Instant,
            to: Instant,
            title: String,
            description: String,
            link: Link
        ) {
            self.init(
                id: id,
                start: from.date,
                end: to.date,
                title: title,
                description: description,
                link: link
            )
            hours = (from, to)
        }

        /// Creates an event of whole days.
        public init(
            id: String,
            start: LocalDate,
            end: LocalDate,
            title: String,
            description: String,
            link: Link
        ) {
            self.id = id
            self.start = start
            self.end = end
            self.title = title
            self.description = description
            self.link = link
        }
    }

    /// The most events of a calendar.
    public static let maximumEventCount = 2000

    private let name: String
    private let publicURL: String
    private let events: [Event]

    /// Creates a calendar; events past the limit are left out.
    public init(name: String, publicURL: String, events: [Event]) {
        self.name = name
        self.publicURL = publicURL
        self.events = Array(events.prefix(Self.maximumEventCount))
    }

    /// The calendar as an answer; `stamp` is when its data was last changed.
    public func outgoing(stamp: Instant) -> Outgoing {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Haechi//Haechi//KO", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:\(Self.escaped(name))",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:\(Self.escaped(event.id))@haechi",
                "DTSTAMP:\(Self.utc(stamp))",
            ]
            if let hours = event.hours {
                lines += ["DTSTART:\(Self.utc(hours.from))", "DTEND:\(Self.utc(hours.to))"]
            } else {
                lines += [
                    "DTSTART;VALUE=DATE:\(Self.day(event.start))",
                    // RFC 5545 §3.6.1: the end of whole days is the day after the last.
                    "DTEND;VALUE=DATE:\(Self.day(event.end.adding(days: 1)))",
                ]
            }
            lines += [
                "SUMMARY:\(Self.escaped(event.title))",
                "DESCRIPTION:\(Self.escaped(event.description))",
                "URL:\(publicURL)\(event.link.target)",
                event.hours == nil ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        let text = lines.map(Self.folded).joined(separator: "\r\n") + "\r\n"
        return Outgoing(
            contentType: "text/calendar; charset=utf-8",
            body: .bytes(Array(text.utf8))
        )
    }

    private static func day(_ date: LocalDate) -> String {
        String(date.iso.filter { $0 != "-" })
    }

    private static func utc(_ instant: Instant) -> String {
        let korea = instant.adding(seconds: -Instant.koreaOffsetSeconds)
        let time = korea.timeOfDay
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return day(korea.date) + "T\(two(time.hour))\(two(time.minute))\(two(time.second))Z"
    }

    /// RFC 5545 §3.3.11.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\\\"
            case ";": result += "\\;"
            case ",": result += "\\,"
            case "\n", "\r\n", "\r": result += "\\n"
            default:
                if character.asciiValue.map({ $0 >= 0x20 }) ?? true { result.append(character) }
            }
        }
        return result
    }

    /// Lines of at most 75 bytes, continued after a space, never inside a character (RFC 5545 §3.1).
    private static func folded(_ line: String) -> String {
        var result = ""
        var length = 0
        for character in line {
            let width = character.utf8.count
            if length + width > 75 {
                result += "\r\n "
                length = 1
            }
            result.append(character)
            length += width
        }
        return result
    }
}
