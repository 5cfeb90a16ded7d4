import Basics
import Cases
import City
import Identity
import Programmes
import Store

/// Puts granted cases on the allocation list, and takes withdrawn ones off.
struct AllocationIntake: Sendable {
    /// The key under which addresses become codes of households.
    let householdKey: HouseholdKey

    /// Reacts to a change of a case.
    func handle(_ change: CaseChanged, in tx: WriteTransaction) throws {
        guard SharedPCProcedures.all.contains(change.procedureID) else { return }
        switch change.to {
        case .approved: try join(change.caseID, in: tx)
        case .withdrawn, .expired, .refused:
            try SharedPCKeeping(by: .anonymous).withdraw(case: change.caseID, in: tx)
        default: break
        }
    }

    private func join(_ caseID: String, in tx: WriteTransaction) throws {
        let found = try Cases.granted(
            caseID,
            of: SharedPCProcedures.all,
            by: .anonymous,
            purpose: .sharedPCs,
            in: tx
        )
        // It may have been withdrawn since.
        guard let record = found, record.state == .approved else { return }
        let own = record.answers.value.own
        let isPerson = record.procedureID == SharedPCProcedures.person
        let count = isPerson ? 1 : Int(own[SharedPCProcedures.Question.count] ?? "") ?? 1
        for ordinal in 1...min(max(count, 1), SharedPCProcedures.maximumCorporationCount) {
            try Allocations.insert(
                Allocation(
                    id: "\(record.id)-\(ordinal)",
                    caseID: record.id,
                    receiptNumber: record.receipt,
                    accountID: record.accountID,
                    ordinal: ordinal,
                    householdCode: isPerson
                        ? householdKey.code(of: own[SharedPCProcedures.Question.register] ?? "")
                        : "",
                    wish: MachineForm(rawValue: own[SharedPCProcedures.Question.wish] ?? "")
                        ?? .desktop,
                    wantsInstallation: own[SharedPCProcedures.Question.installation] == "yes",
                    district: own[SharedPCProcedures.Question.district] ?? "",
                    points: record.verdict?.value.points ?? 0,
                    submittedAt: record.submittedAt ?? tx.now,
                    state: .waiting,
                    delivery: JSONColumn(Delivery()),
                    isSample: record.isSample,
                    version: 1
                ),
                in: tx
            )
        }
    }
}

extension SharedPCKeeping {
    /// Writes down that everything a case granted has arrived, and that its applicant received it, so
    /// that the rules find it in two years' time.
    func fulfilCase(of place: Allocation, in tx: WriteTransaction) throws {
        let places = try Allocations.of(case: place.caseID, in: tx)
        guard places.allSatisfy({ [.delivered, .returned, .withdrawn].contains($0.state) }) else {
            return
        }
        let record = try Cases.granted(
            place.caseID,
            of: SharedPCProcedures.all,
            by: .anonymous,
            purpose: .sharedPCs,
            in: tx
        )
        guard let record, record.state == .approved else { return }
        _ = try CaseKeeping(by: .anonymous, for: .sharedPCs)
            .fulfil(record, note: "PC 수령 확인", in: tx)
        guard record.procedureID == SharedPCProcedures.person, !record.accountID.isEmpty else {
            return
        }
        let owner = AnswerOwner(accountID: record.accountID)
        guard var answers = try AnswerBook.answers(of: owner, in: tx) else { return }
        answers.receipts =
            (answers.receipts ?? []) + [
                Answers.Receipt(
                    programme: SharedPCProcedures.person,
                    from: tx.now.date,
                    to: tx.now.date
                )
            ]
        try AnswerBook.save(answers, of: owner, in: tx)
    }
}
