import Basics

extension RowReader {
    /// Reads the notice columns, where the file has any.
    mutating func readNotice(flags: Set<NoticeFlag>) -> NoticeReference? {
        let columns: [PlanColumn] = [.noticeNumber, .publishedOn, .bidClosing]
        guard columns.contains(where: { mapping.columns[$0] != nil }) else {
            guard !flags.isEmpty else { return nil }
            report(.flagsInTitle, .title)
            return NoticeReference(flags: flags)
        }
        if !flags.isEmpty { report(.flagsInTitle, .title) }
        var notice = NoticeReference(flags: flags)
        notice.number = cell(.noticeNumber).isEmpty ? nil : cell(.noticeNumber)
        if notice.number == nil && mapping.columns[.noticeNumber] != nil {
            report(.missingNoticeNumber, .noticeNumber)
        }
        notice.ordinal = readOrdinal()
        notice.publishedOn = readTime(.publishedOn)?.date
        notice.bidOpensAt = readTime(.bidOpening)
        notice.bidClosesAt = readTime(.bidClosing)
        if cell(.bidOpening).isEmpty && mapping.columns[.bidOpening] != nil {
            report(.missingBidOpening, .bidOpening)
        }
        if cell(.bidClosing).isEmpty && mapping.columns[.bidClosing] != nil {
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
        let text = cell(.planYear)
        if !text.isEmpty {
            let digits = MatchingText.halfWidth(text).filter { $0.isASCII && $0.isNumber }
            if let year = Int(digits.prefix(4)), (1990...2200).contains(year) { return year }
            report(.unreadableYear, .planYear)
            return nil
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
        let text = cell(.timing)
        if text.isEmpty {
            if let date = notice?.publishedOn {
                return OrderTime(
                    timing: date.year < planYear
                        ? .orderedInPreviousYear : OrderTiming(month: date.month),
                    year: date.year,
                    month: date.month
                )
            }
            if mapping.columns[.timing] != nil { report(.missingTiming, .timing) }
            return nil
        }
        let header = mapping.columns[.timing].map { mapping.name(ofColumn: $0) } ?? ""
        guard
            let reading = OrderTimeText.read(
                text,
                planYear: planYear,
                bareNumberIsQuarter: header.contains("분기")
            )
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
            report(.endBeforeStart, mapping.columns[.period] != nil ? .period : .periodEnd)
        }
    }

    private mutating func readTime(_ column: PlanColumn) -> Instant? {
        let text = cell(column)
        guard !text.isEmpty else { return nil }
        if let time = DateText.read(text) { return time }
        report(.unreadableDate, column)
        return nil
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
