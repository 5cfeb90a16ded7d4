import Basics
import City
import CityTesting
import Eligibility
import Foundation
import Hosting
import Identity
import Programmes
import Store
import Testing

@testable import Cases

/// A city with the room of applications, on a Wednesday of November 2026.
let caseCity = CityComposition(
    modules: [CityRecords.self, CityProgrammes.self, CityCases.self],
    services: []
)
let deskDay = Instant(LocalDate(daysSinceEpoch: 20_782), hour: 10)

/// A procedure of the tests, reviewed by two persons.
func procedure(
    _ id: String,
    fourEyes: Bool = true,
    selection: Selection.Method = .everyone
) -> CaseProcedure {
    CaseProcedure(
        id: id,
        title: Bilingual("시험 지원 \(id)", "Test support \(id)"),
        receiptPrefix: "T",
        organizationID: Organization.sampleCity.id,
        documents: [CaseDocumentRequirement("bank", Bilingual("통장 사본", "Copy of the bank book"))],
        selection: selection,
        dueDays: 5,
        needsFourEyes: fourEyes
    )
}

/// A verdict as the rules would have kept it.
func verdict(
    holds: Bool = true,
    points: Int? = nil,
    stratum: String? = nil,
    estimate: Int? = nil
) throws -> CaseVerdict {
    var parts = [
        "\"verdict\": \"\(holds ? "eligible" : "ineligible")\"", "\"judgedOn\": \"2026-11-25\"",
        "\"failing\": \(holds ? "[]" : "[\"income\"]")",
        """
        "findings": [{"clause": "income", "holds": \(holds),
            "sentence": {"korean": "월 소득이 기준보다 많습니다.", "english": "The income is too high."}}]
        """,
    ]
    if let points { parts.append("\"points\": \(points)") }
    if let estimate { parts.append("\"estimate\": \(estimate)") }
    if let stratum {
        parts.append("\"stratum\": {\"korean\": \"\(stratum)\", \"english\": \"\(stratum)\"}")
    }
    let json = "{\(parts.joined(separator: ", "))}"
    return try JSONDecoder().decode(CaseVerdict.self, from: Data(json.utf8))
}

extension CityClient {
    var deskStore: Store { city.platform.store }

    /// The account of somebody of the sample, as it acts.
    func actor(_ login: String) async throws -> Actor {
        struct Row: Codable {
            var id: String
            var kind: AccountKind
            var displayName: String
            var organization: String?
        }
        let row = try #require(
            try await deskStore.read { db in
                try db.first(
                    """
                    SELECT id, kind, display_name, organization FROM identity_account
                    WHERE login_name = \(login)
                    """,
                    as: Row.self
                )
            }
        )
        let roles: [String: [Role]] = [
            "benefits@sample.example": [.caseOfficer], "approver@sample.example": [.caseApprover],
        ]
        return .account(
            SignedInAccount(
                id: row.id,
                kind: row.kind,
                displayName: row.displayName,
                organization: row.organization,
                grants: (roles[login] ?? []).map {
                    Grant($0, organization: Organization.sampleCity.id)
                }
            )
        )
    }

    /// Describes a procedure and takes in an application of somebody.
    func submitted(
        _ procedure: CaseProcedure,
        by login: String = "welfare@sample.example",
        name: String = "시험 신청인",
        verdict: CaseVerdict? = nil
    ) async throws -> Case {
        let actor = try await actor(login)
        return try await deskStore.write { tx in
            try CaseProcedures.describe(procedure, in: tx)
            let hand = CaseKeeping(by: actor, for: .caseApplication)
            let draft = try hand.open(
                procedure,
                applicant: CaseApplicant(name: name),
                proxy: CaseProxy(
                    basis: .welfareOfficer,
                    name: "견본",
                    assurance: Assurance.password.rawValue,
                    statement: "방문"
                ),
                in: tx
            )
            try hand.give(.processing, for: draft, in: tx)
            return try hand.submit(draft, verdict: verdict, key: draft.id, in: tx)
        }
    }

    func record(_ id: String) async throws -> Case {
        try #require(try await deskStore.read { try Cases.find(id, in: $0) })
    }

    /// Hands what happened to those who follow it.
    func deliver() async throws {
        let handlers = CityCases.deskEventHandlers(on: city.platform)
        let report = try await deskStore.deliverPending(handlers: handlers)
        #expect(report.failedCount == 0)
    }

    /// One of the actions on the page of a case.
    func work(
        _ action: String,
        on record: Case,
        reason: String = "시험 사유"
    ) async throws -> Answer {
        let version = try await self.record(record.id).version.description
        return try await submit(
            "/desk/cases/\(record.id)/work",
            from: "/desk/cases/\(record.id)",
            [
                "action": action, "version": version, "\(action).reason": reason,
                "\(action).days": "7",
            ]
        )
    }
}
