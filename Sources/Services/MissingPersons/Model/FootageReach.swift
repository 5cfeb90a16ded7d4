import Basics
import Footage
import Store

/// How far a case reaches, in the words of the archive.
enum FootageReach {
    static func needsSecondPerson(_ search: SearchCase, at now: Instant) -> Bool {
        FootageWarrant.needsSecondPerson(
            isWholeCity: search.cameras == nil,
            startsAt: search.startsAt,
            endsAt: search.expiresAt,
            expiresAt: search.expiresAt,
            now: now
        )
    }

    /// What is asked of the archive.
    static func request(_ search: SearchCase) -> FootageWarrantRequest {
        FootageWarrantRequest(
            caseKind: SearchCase.caseKind,
            caseID: search.id,
            caseNumber: search.number,
            holderID: search.requestedBy,
            role: .missingPersonSearcher,
            approverRole: .missingPersonApprover,
            organizationID: search.organizationID,
            purpose: .missingPerson,
            basis: search.basis.title,
            cameras: search.cameras?.value,
            footage: search.startsAt...search.expiresAt,
            expiresAt: search.expiresAt,
            requestedBy: search.requestedBy
        )
    }
}
