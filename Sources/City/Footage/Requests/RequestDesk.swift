import Basics
import City
import Hosting
import Identity
import Store
import Web

/// Takes requests in and answers them: every step with its audit record, the looks by the gate as for
/// any other case.
struct RequestDesk: Sendable {
    let platform: Platform
    let gate: FootageGate
    let cases: FootageCases

    init(_ platform: Platform) throws {
        self.platform = platform
        gate = try FootageGate(platform)
        cases = try FootageCases(platform)
    }

    var store: Store { platform.store }

    private static let basis = Bilingual(
        "개인정보 보호법 제35조(개인정보의 열람)",
        "Personal Information Protection Act art. 35"
    )

    /// Takes a request in.
    func receive(
        camera: UInt32,
        startsAt: Instant,
        minutes: Int,
        clothes: String,
        reason: String,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws -> FootageRequest {
        guard let accountID = actor.id else {
            throw AccessError(.signInRequired, context: "a request for footage")
        }
        let open = try FootageRequests.of(accountID, in: tx).filter(\.state.isOpen)
        guard open.count < FootageRequest.maximumOpenCount else {
            throw FootageError(
                .limit,
                Bilingual(
                    "처리 중인 청구가 \(FootageRequest.maximumOpenCount)건입니다. 답을 받은 뒤 다시 내 주세요.",
                    "\(FootageRequest.maximumOpenCount) of your requests are open. Wait for their answers."
                ),
                context: accountID
            )
        }
        let request = FootageRequest(
            id: RandomName.make(byteCount: 12),
            number: try FootageRequests.nextNumber(year: tx.now.date.year, in: tx),
            accountID: accountID,
            camera: Int64(camera),
            startsAt: startsAt,
            minutes: minutes,
            clothes: clothes,
            reason: reason,
            state: .received,
            reply: "",
            dueOn: tx.now.date.adding(days: FootageRequest.dueDays),
            createdAt: tx.now
        )
        try FootageRequests.save(request, in: tx)
        try note(.create, request, by: actor, in: tx)
        return request
    }

    /// A request for the person themself, or for whoever answers it; for others there is none.
    func record(
        _ id: String,
        for actor: Actor,
        in tx: WriteTransaction
    ) throws -> FootageRequest {
        guard let request = try FootageRequests.find(id, in: tx),
            request.accountID == actor.id || actor.holds(.footageOfficer)
        else { throw AccessError(.notFound, context: "\(actor.auditName): request \(id)") }
        try note(.read, request, by: actor, in: tx)
        return request
    }

    /// Takes a request up: its minutes of its camera open for the officer, for a day.
    func takeUp(_ id: String, by actor: Actor, in tx: WriteTransaction) throws {
        var request = try record(id, for: actor, in: tx)
        guard request.state == .received, let organization = actor.account?.organization,
            request.accountID != actor.id
        else { throw Self.impossible(request) }
        try cases.open(id)
        _ = try FootageWarrants.issue(
            FootageWarrantRequest(
                caseKind: FootageRequest.caseKind,
                caseID: id,
                caseNumber: request.number,
                holderID: actor.auditName,
                role: .footageOfficer,
                approverRole: .footageOfficer,
                organizationID: organization,
                purpose: .footageRequest,
                basis: Self.basis,
                cameras: [UInt32(request.camera)],
                footage: request.startsAt...request.endsAt,
                expiresAt: tx.now.adding(seconds: FootageWarrant.maximumAloneSeconds),
                requestedBy: actor.auditName
            ),
            by: actor,
            in: tx
        )
        request.state = .underReview
        try FootageRequests.save(request, in: tx)
    }

    /// What the cameras saw there and then, for the officer who took the request up.
    func sightings(of request: FootageRequest, by actor: Actor) async throws -> [FootageMatch] {
        guard let warrant = try await warrant(of: request, for: actor) else { return [] }
        // Every colour: without an example the engine asks for colours, and all of them are all.
        let query = FootageQuery(
            upper: Set(UInt8.min...UInt8.max),
            limit: FootageQuery.maximumLimit
        )
        return try await gate.search(query, warrant: warrant.id, of: request.id, by: actor)
            .matches.sorted { $0.at < $1.at }
    }

    func warrant(of request: FootageRequest, for actor: Actor) async throws -> FootageWarrant? {
        try await store.read { db in
            try FootageWarrants.of(case: request.id, in: db).first {
                $0.holderID == actor.id && $0.revokedAt == nil
            }
        }
    }

    /// Grants a request with pictures in which everybody else is masked.
    func grant(
        _ request: FootageRequest,
        tokens: [String],
        reply: String,
        by actor: Actor
    ) async throws {
        guard (1...FootageRequest.maximumPictureCount).contains(tokens.count),
            let warrant = try await warrant(of: request, for: actor)
        else {
            throw FootageError(
                .limit,
                Bilingual(
                    "본인이 나온 사진을 1–\(FootageRequest.maximumPictureCount)장 골라 주세요.",
                    "Choose from 1 to \(FootageRequest.maximumPictureCount) pictures of the person."
                ),
                context: request.id
            )
        }
        let given = try await gate.give(
            tokens,
            to: Bilingual("청구인 본인", "The person themself").korean,
            as: .access,
            warrant: warrant.id,
            of: request.id,
            by: actor
        )
        try await store.write { tx in
            for (index, picture) in given.enumerated() {
                let sealed = try cases.seal(
                    picture.jpeg,
                    of: request.id,
                    as: Self.label(index + 1)
                )
                try FootageRequests.save(sealed, number: index + 1, of: request.id, in: tx)
            }
            try decide(request.id, .granted, reply, by: actor, in: tx)
            try FootageWarrants.revoke(
                case: request.id,
                by: actor,
                purpose: .footageRequest,
                in: tx
            )
        }
    }

    static func label(_ number: Int) -> String { "reply \(number)" }

    /// Refuses a request with the reason; what was opened for it ends.
    func refuse(_ request: FootageRequest, reply: String, by actor: Actor) async throws {
        try await store.write { tx in
            try decide(request.id, .refused, reply, by: actor, in: tx)
            _ = try cases.close(request.id, by: actor, purpose: .footageRequest, in: tx)
        }
        try cases.shred(request.id)
    }

    private func decide(
        _ id: String,
        _ state: FootageRequest.State,
        _ reply: String,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        var request = try record(id, for: actor, in: tx)
        guard request.state.isOpen, request.accountID != actor.id else {
            throw Self.impossible(request)
        }
        guard !reply.isEmpty, reply.count <= FootageRequest.maximumCharacterCount else {
            throw FootageError(
                .limit,
                Bilingual("답을 적어 주세요.", "Write the answer."),
                context: id
            )
        }
        request.state = state
        request.reply = reply
        request.decidedBy = actor.auditName
        request.decidedAt = tx.now
        try FootageRequests.save(request, in: tx)
        try note(.update, request, by: actor, in: tx)
        try Notices.send(
            Notice(
                id: "footage-request-\(id)",
                accountID: request.accountID,
                title: Bilingual(
                    "\(request.number) \(state.title.korean)",
                    "\(request.number): \(state.title.english)"
                ),
                body: Bilingual(same: reply),
                link: RequestLinks.own(id).target,
                createdAt: tx.now
            ),
            in: tx
        )
    }

    /// A picture of an answer, for the person themself.
    func picture(_ number: Int, of id: String, for actor: Actor) async throws -> [UInt8]? {
        try await store.write { tx in
            let request = try record(id, for: actor, in: tx)
            guard request.accountID == actor.id,
                let sealed = try FootageRequests.picture(number, of: id, in: tx)
            else { return nil }
            return try cases.unseal(sealed, of: id, as: Self.label(number))
        }
    }

    /// Ends the answers whose pictures have stood long enough.
    func endOld() async throws {
        let over = try await store.read { db in try FootageRequests.over(at: db.now, in: db) }
        for request in over {
            try await store.write { tx in
                try FootageRequests.removePictures(of: request.id, in: tx)
                _ = try cases.close(
                    request.id,
                    by: .anonymous,
                    purpose: .footageRetention,
                    in: tx
                )
            }
            try cases.shred(request.id)
        }
    }

    private static func impossible(_ request: FootageRequest) -> FootageError {
        FootageError(
            .outsideWarrant,
            Bilingual(
                "‘\(request.state.title.korean)’ 상태의 청구에는 할 수 없습니다. 본인 청구는 다른 담당자가 처리합니다.",
                "A request that is “\(request.state.title.english)” does not take this; one's own is somebody else's to answer."
            ),
            context: request.id
        )
    }

    private func note(
        _ action: AuditAction,
        _ request: FootageRequest,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: request.subject,
            by: actor.auditActor,
            purpose: .footageRequest,
            details: ["caseNumber": request.number, "state": request.state.rawValue]
        )
    }
}
