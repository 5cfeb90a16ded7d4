import Basics

extension RowReader {
    /// Reads the budget and questions what is unusual about it.
    mutating func readAmount() -> MoneyText.Reading? {
        guard mapping.has(.amount), let reading = readMoney(.amount) else { return nil }
        switch reading.amount.amount {
        case ..<0: report(.negativeAmount, .amount)
        case 0: report(options.allowsZeroAmount ? .zeroAmountAllowed : .zeroAmount, .amount)
        case ..<PlanImportOptions.minimumUsualBudget.amount: report(.smallAmount, .amount)
        case PlanImportOptions.maximumBudget.amount...: report(.tooLargeAmount, .amount)
        default: break
        }
        return reading
    }

    /// Reads the parts of the budget; nothing where no column or cell tells them.
    mutating func readFunding(budget: Won) -> FundingSplit? {
        let (city, district, state) = (
            part(.cityFunding), part(.districtFunding), part(.stateFunding)
        )
        guard city != nil || district != nil || state != nil else { return nil }
        // Parts too large to add up are mistakes of typing; nothing could count with them.
        let sum = [city, district, state].reduce(Int128(0)) { $0 + Int128($1?.amount ?? 0) }
        guard Int64(exactly: sum) != nil else {
            report(.fundingMismatch, .amount)
            return nil
        }
        let split = FundingSplit(
            city: city ?? .zero,
            district: district ?? .zero,
            state: state ?? .zero
        )
        if split.total != budget { report(.fundingMismatch, .amount) }
        return split
    }

    private func part(_ column: PlanColumn) -> Won? {
        let place = place(column)
        guard !place.isEmpty else { return nil }
        return withBytes(place) { try? MoneyText.read($0, unit: units[column.rawValue]).amount }
    }

    private mutating func readMoney(_ column: PlanColumn) -> MoneyText.Reading? {
        let unit = units[column.rawValue]
        let outcome = withBytes(place(column)) { bytes in
            Result { () throws(MoneyText.Refusal) in try MoneyText.read(bytes, unit: unit) }
        }
        switch outcome {
        case .success(let reading):
            if reading.wroteDecimals {
                let suggestion = reading.amount.amount / unit.wonPerUnit
                report(.wholeWithDecimals, column, suggestion: String(suggestion))
            }
            if reading.roundedFraction { report(.fractionOfWon, column) }
            if reading.oddGrouping {
                let suggestion = reading.amount.amount / unit.wonPerUnit
                report(.oddGrouping, column, suggestion: suggestion.grouped)
            }
            return reading
        case .failure(let refusal):
            switch refusal {
            case .blank: report(.missingAmount, column)
            case .undecided: report(.undecidedAmount, column)
            case .unreadable(let suggestion):
                report(.unreadableAmount, column, suggestion: suggestion)
            case .tooLarge: report(.tooLargeAmount, column)
            }
            return nil
        }
    }
}
