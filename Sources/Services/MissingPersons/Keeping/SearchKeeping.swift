import Basics
import City
import Footage
import Hosting
import Identity
import Store
import Web

/// What is asked for when a search is opened, checked.
struct SearchDraft: Sendable {
    var kind: MissingKind
    var reportNumber: String
    var requester: String
    var basis: LegalBasis
    var person: MissingPerson
    /// The cameras; nothing means the whole city.
    var cameras: [UInt32]?
    var hours: Int
}

/// Writes searches: every step with its audit record, and what tells who the person is sealed with the
/// key of the case, in one transaction.
struct SearchKeeping: Sendable {
    let actor: Actor
    let cases: FootageCases
    /// Where those are found who can approve.
    let accounts: Accounts

    /// Approvers who are told of one search that waits.
    static let maximumToldCount = 50

    /// Opens a search.
    ///
    /// Within the reach of one person it is open at once; beyond it, it waits for a second one.
    func open(_ draft: SearchDraft, isSample: Bool = false, in tx: WriteTransaction) throws
        -> SearchCase
    {
        guard let account = actor.account, let organization = account.organization,
            actor.may(.missingPersonSearcher, in: organization)
        else { throw AccessError(.refused, context: "opening a search") }
        let id = RandomName.make(byteCount: 12)
        try cases.open(id)
        let lead = draft.person.lastSeenAt.adding(seconds: -SearchCase.leadSeconds)
        var search = SearchCase(
            id: id,
            number: try SearchCases.nextNumber(year: tx.now.date.year, in: tx),
            organizationID: organization,
            kind: draft.kind,
            reportNumber: draft.reportNumber,
            requester: draft.requester,
            basis: draft.basis,
            state: .waiting,
            cameras: draft.cameras.map { JSONColumn($0) },
            startsAt: lead,
            expiresAt: tx.now.adding(seconds: draft.hours * 3_600),
            requestedBy: account.id,
            decisionNote: "",
            person: try seal(draft.person, of: id),
            isSample: isSample,
            createdAt: tx.now,
            version: 0
        )
        try note(.openSearch, search, details: ["reportNumber": draft.reportNumber], in: tx)
        if search.needsSecondPerson(at: tx.now) {
            try tellApprovers(search, in: tx)
        } else {
            try give(&search, in: tx)
        }
        try SearchCases.save(search, in: tx)
        return search
    }

    /// Says yes or no to a search that waits; nobody decides on their own.
    func decide(_ id: String, approves: Bool, note text: String, in tx: WriteTransaction) throws {
        var search = try SearchCases.record(id, for: actor, in: tx)
        guard search.state == .waiting else { throw Self.impossible(search) }
        guard search.requestedBy != actor.id else {
            throw MissingError(
                .ownApproval,
                Bilingual("자기가 요청한 수색은 승인할 수 없습니다.", "Nobody approves their own search."),
                context: id
            )
        }
        guard actor.may(.missingPersonApprover, in: search.organizationID) else {
            throw AccessError(.refused, context: "deciding on \(id)")
        }
        search.decisionNote = String(text.prefix(SearchCase.maximumNoteCharacterCount))
        if approves {
            try give(&search, in: tx)
        } else {
            search.state = .refused
            search.decidedBy = actor.auditName
            search.decidedAt = tx.now
        }
        try SearchCases.save(search, in: tx)
        let outcome = approves ? "approved" : "refused"
        try note(.decideSearch, search, details: ["decision": outcome], in: tx)
        try tell(search, approves, in: tx)
    }

    /// Asks for more time; beyond the reach of one person it waits again.
    func extend(_ id: String, hours: Int, in tx: WriteTransaction) throws {
        var search = try ownOpen(id, in: tx)
        search.expiresAt = tx.now.adding(seconds: hours * 3_600)
        try note(.openSearch, search, details: ["extended": "\(hours) h"], in: tx)
        if search.needsSecondPerson(at: tx.now) {
            search.state = .waiting
            try tellApprovers(search, in: tx)
        } else {
            try give(&search, in: tx)
        }
        try SearchCases.save(search, in: tx)
    }

    private func give(_ search: inout SearchCase, in tx: WriteTransaction) throws {
        // A case that came back from a backup without its key gets a new one with the new approval.
        try cases.open(search.id)
        _ = try FootageWarrants.issue(FootageReach.request(search), by: actor, in: tx)
        search.state = .open
        search.decidedBy = actor.auditName
        search.decidedAt = tx.now
    }

    /// Tells whoever can decide that a search waits; the hours of a missing person count.
    private func tellApprovers(_ search: SearchCase, in tx: WriteTransaction) throws {
        let approvers = try accounts.holders(
            of: .missingPersonApprover,
            in: search.organizationID,
            limit: Self.maximumToldCount,
            in: tx
        )
        for approver in approvers where approver != search.requestedBy {
            try Notices.send(
                Notice(
                    id: "missing-waiting-\(search.id)-\(search.version)-\(approver)",
                    accountID: approver,
                    title: Bilingual(
                        "\(search.number) 수색이 승인을 기다립니다",
                        "\(search.number) waits for approval"
                    ),
                    // Who is missing is sealed in the case: a notice may leave by mail.
                    body: search.kind.title,
                    link: Ways.search(search.id).target,
                    createdAt: tx.now
                ),
                in: tx
            )
        }
    }

    private func tell(_ search: SearchCase, _ approves: Bool, in tx: WriteTransaction) throws {
        try Notices.send(
            Notice(
                id: "missing-decision-\(search.id)-\(search.version)",
                accountID: search.requestedBy,
                title: approves
                    ? Bilingual("\(search.number) 수색 승인", "\(search.number) approved")
                    : Bilingual("\(search.number) 수색 반려", "\(search.number) refused"),
                body: Bilingual(same: search.decisionNote),
                link: Ways.search(search.id).target,
                createdAt: tx.now
            ),
            in: tx
        )
    }

    // MARK: Reading what is sealed

    func seal(_ person: MissingPerson, of id: String) throws -> [UInt8] {
        try cases.seal(SealedJSON.encode(person), of: id, as: MissingPerson.label)
    }

    func person(of search: SearchCase) throws -> MissingPerson? {
        guard let sealed = search.person, try cases.isOpen(search.id) else { return nil }
        let bytes = try cases.unseal(sealed, of: search.id, as: MissingPerson.label)
        return try SealedJSON.decode(MissingPerson.self, from: bytes)
    }

    // MARK: Checks

    /// The case where it is the actor's own and open.
    func ownOpen(_ id: String, in tx: WriteTransaction) throws -> SearchCase {
        let search = try SearchCases.record(id, for: actor, in: tx)
        guard search.requestedBy == actor.id else {
            throw AccessError(.refused, context: "\(actor.auditName): search \(id)")
        }
        guard search.state == .open else { throw Self.impossible(search) }
        return search
    }

    static func impossible(_ search: SearchCase) -> MissingError {
        MissingError(
            .impossibleState,
            Bilingual(
                "\(search.number)은(는) ‘\(search.state.title.korean)’ 상태라 할 수 없습니다.",
                "\(search.number) is “\(search.state.title.english)”."
            ),
            context: search.id
        )
    }

    func note(
        _ action: AuditAction,
        _ search: SearchCase,
        details: [String: String] = [:],
        in tx: WriteTransaction
    ) throws {
        var details = details
        details["caseNumber"] = search.number
        try tx.record(
            action,
            on: search.subject,
            by: actor.auditActor,
            purpose: .missingPerson,
            details: details
        )
    }
}
