import Basics

extension RowReader {
    /// The unit in force for a money column.
    func unit(of column: PlanColumn) -> MoneyUnit {
        options.moneyUnit ?? mapping.units[column] ?? mapping.units[.amount] ?? .won
    }

    /// Reads the budget and questions what is unusual about it.
    mutating func readAmount() -> MoneyText.Reading? {
        guard mapping.columns[.amount] != nil, let reading = readMoney(.amount) else { return nil }
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
        func part(_ column: PlanColumn) -> Won? {
            cell(column).isEmpty
                ? nil : try? MoneyText.read(cell(column), unit: unit(of: column)).amount
        }
        let (city, district, state) = (
            part(.cityFunding), part(.districtFunding), part(.stateFunding)
        )
        guard city != nil || district != nil || state != nil else { return nil }
        let split = FundingSplit(
            city: city ?? .zero,
            district: district ?? .zero,
            state: state ?? .zero
        )
        if split.total != budget { report(.fundingMismatch, .amount) }
        return split
    }

    private mutating func readMoney(_ column: PlanColumn) -> MoneyText.Reading? {
        do {
            let reading = try MoneyText.read(cell(column), unit: unit(of: column))
            if reading.wroteDecimals {
                let suggestion = reading.amount.amount / unit(of: column).wonPerUnit
                report(.wholeWithDecimals, column, suggestion: String(suggestion))
            }
            if reading.roundedFraction { report(.fractionOfWon, column) }
            if reading.oddGrouping {
                let suggestion = reading.amount.amount / unit(of: column).wonPerUnit
                report(.oddGrouping, column, suggestion: suggestion.grouped)
            }
            return reading
        } catch {
            switch error {
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
