import Basics

extension RowReader {
    /// Reads the notice columns, where the file has any.
    mutating func readNotice(flags: Set<NoticeFlag>) -> NoticeReference? {
        guard hasNotice else {
            guard !flags.isEmpty else { return nil }
            report(.flagsInTitle, .title)
            return NoticeReference(flags: flags)
        }
        if !flags.isEmpty { report(.flagsInTitle, .title) }
        var notice = NoticeReference(flags: flags)
        let number = cell(.noticeNumber)
        notice.number = number.isEmpty ? nil : number
        if number.isEmpty && mapping.has(.noticeNumber) {
            report(.missingNoticeNumber, .noticeNumber)
        }
        notice.ordinal = readOrdinal()
        notice.publishedOn = readTime(.publishedOn)?.date
        notice.bidOpensAt = readTime(.bidOpening)
        notice.bidClosesAt = readTime(.bidClosing)
        if place(.bidOpening).isEmpty && mapping.has(.bidOpening) {
            report(.missingBidOpening, .bidOpening)
        }
        if place(.bidClosing).isEmpty && mapping.has(.bidClosing) {
            report(.missingBidClosing, .bidClosing)
        }
        if let opens = notice.bidOpensAt, let closes = notice.bidClosesAt, closes < opens {
            report(.closesBeforeOpening, .bidClosing)
        }
        return notice
    }

    /// Reads the plan year: of its column, of the notice's publication, or as the officer chose.
    mutating func readPlanYear(notice: NoticeReference?) -> Int? {
        let year = statedYear(notice: notice)
        if options.isOnePlan, let year, let planYear = options.planYear, year != planYear {
            report(
                .otherPlanYear,
                isNotice ? .publishedOn : .planYear,
                suggestion: String(planYear)
            )
        }
        return year
    }

    private mutating func statedYear(notice: NoticeReference?) -> Int? {
        let place = place(.planYear)
        if !place.isEmpty {
            let year: Int? = meaning(at: place, \.years) { _, text in
                let digits = MatchingText.halfWidth(text).filter { $0.isASCII && $0.isNumber }
                return Int(digits.prefix(4)).flatMap { (1990...2200).contains($0) ? $0 : nil }
            }
            if year == nil { report(.unreadableYear, .planYear) }
            return year
        }
        if isNotice {
            if let date = notice?.publishedOn { return date.year }
            report(.missingPublishedDate, .publishedOn)
            return nil
        }
        if options.planYear == nil { report(.unreadableYear, .planYear) }
        return options.planYear
    }

    /// Reads the order time; a notice's is the day of its publication.
    mutating func readOrder(planYear: Int, notice: NoticeReference?) -> OrderTime? {
        let place = place(.timing)
        if place.isEmpty {
            if let date = notice?.publishedOn {
                return OrderTime(
                    timing: date.year < planYear
                        ? .orderedInPreviousYear : OrderTiming(month: date.month),
                    year: date.year,
                    month: date.month
                )
            }
            if mapping.has(.timing) { report(.missingTiming, .timing) }
            return nil
        }
        let found = meaning(at: place, in: planYear, \.timings) { reader, text in
            OrderTimeText.read(
                text,
                planYear: planYear,
                bareNumberIsQuarter: reader.bareNumberIsQuarter
            )
        }
        guard let reading = found
        else {
            report(.unreadableTiming, .timing)
            return nil
        }
        if reading.isCoarse { report(.coarseTiming, .timing, suggestion: "2분기") }
        if reading.time.year > planYear { report(.laterOrderYear, .timing) }
        return reading.time
    }

    /// Reads the project's period from one column or from two.
    mutating func readPeriod(into project: inout PlannedProject) {
        project.periodStart = readTime(.periodStart)?.date
        project.periodEnd = readTime(.periodEnd)?.date
        let text = cell(.period)
        if !text.isEmpty {
            if let period = PeriodText.read(text) {
                project.periodStart = period.start
                project.periodEnd = period.end
            } else {
                report(.unreadablePeriod, .period)
                let remark = "사업기간: \(text)"
                project.notes = project.notes.isEmpty ? remark : "\(project.notes)\n\(remark)"
            }
        }
        if let start = project.periodStart, let end = project.periodEnd, end < start {
            report(.endBeforeStart, mapping.has(.period) ? .period : .periodEnd)
        }
    }

    private mutating func readTime(_ column: PlanColumn) -> Instant? {
        let place = place(column)
        guard !place.isEmpty else { return nil }
        let time = meaning(at: place, \.times) { DateText.read($1) }
        if time == nil { report(.unreadableDate, column) }
        return time
    }

    private mutating func readOrdinal() -> Int? {
        let text = cell(.noticeOrdinal)
        guard !text.isEmpty else { return nil }
        guard let number = DecimalNumber(Substring(text)), let whole = number.whole else {
            report(.unreadableNumber, .noticeOrdinal)
            return nil
        }
        if number.hasPoint {
            report(.wholeWithDecimals, .noticeOrdinal, suggestion: String(whole))
        }
        return Int(whole)
    }
}
