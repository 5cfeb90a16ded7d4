import Basics
import Drawing
import Eligibility
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The selection of a round and its draws, for officers.
struct RoundRoutes: Sendable {
    let desk: Desk

    private var store: Store { desk.store }

    private func keeping(_ incoming: Incoming) -> SelectionKeeping {
        SelectionKeeping(actor: incoming.actor, rules: desk.rules)
    }

    func add(to table: inout RouteTable) {
        table.page("/desk/rounds/{id}", access: Desk.officers) { incoming in
            try await roundPage(incoming).page(in: incoming.page)
        }
        table.submission("/desk/rounds/{id}/draws", access: Desk.officers) { incoming, fields in
            try await prepare(incoming, fields)
        }
        table.submission("/desk/rounds/{id}/select", access: Desk.officers) { incoming, fields in
            try await select(incoming, fields)
        }
        table.page("/desk/draws/{id}", access: Desk.officers) { incoming in
            DeskDrawPage(draw: try await draw(incoming), actor: incoming.actor)
                .page(in: incoming.page)
        }
        addSteps(to: &table)
    }

    private func addSteps(to table: inout RouteTable) {
        table.submission("/desk/draws/{id}/seal", access: Desk.officers) { incoming, fields in
            try await step(incoming) { draw in try await seal(draw, incoming, fields) }
        }
        table.submission("/desk/draws/{id}/commit", access: Desk.officers) { incoming, _ in
            try await step(incoming) { draw in
                let keeping = keeping(incoming)
                let committed = try await store.read { try keeping.committed(draw.id, in: $0) }
                let digest = try await store.blobs.put(committed.bytes).id.rawValue
                try await store.write { tx in
                    try keeping.publish(draw.id, committed, digest: digest, in: tx)
                }
                return nil
            }
        }
        table.submission("/desk/draws/{id}/reveal", access: Desk.officers) { incoming, fields in
            try await step(incoming) { draw in
                guard let secret = HexBytes(hex: fields.text("secret") ?? "") else {
                    throw CaseError(
                        .incomplete,
                        Bilingual("비밀값은 16진수 64자리입니다.", "A secret has 64 hexadecimal digits."),
                        context: draw.id
                    )
                }
                let keeping = keeping(incoming)
                try await store.write { try keeping.reveal(draw.id, secret, in: $0) }
                return nil
            }
        }
        table.submission("/desk/draws/{id}/complete", access: Desk.officers) { incoming, fields in
            try await step(incoming) { draw in
                let keeping = keeping(incoming)
                let values = draw.inputs.value.indices.map { fields.text("input\($0)") ?? "" }
                guard let blob = draw.committedDigest.flatMap({ BlobID(rawValue: $0) }) else {
                    throw Problem.notFound
                }
                let file = try await store.blobs.get(blob, maximumSize: CaseDraw.maximumByteCount)
                let completed = try keeping.completed(
                    draw,
                    CommittedDraw.read(file),
                    inputs: values,
                    on: incoming.now.date
                )
                let digest = try await store.blobs.put(completed.bytes).id.rawValue
                try await store.write { tx in
                    try keeping.finish(draw.id, completed, digest: digest, in: tx)
                }
                return nil
            }
        }
    }

    /// Takes one step of a draw; what stands against it is told on the page of the draw.
    private func step(
        _ incoming: Incoming,
        _ body: (CaseDraw) async throws -> DeskDrawPage?
    ) async throws -> Answer {
        let draw = try await draw(incoming)
        do {
            guard let shown = try await body(draw) else {
                return .other(.seeOther(draw.deskLink))
            }
            return .page(shown.page(in: incoming.page), .ok)
        } catch let error as CaseError {
            return refusal(draw, error.message, incoming)
        } catch let error as DrawingError {
            return refusal(draw, error.message, incoming)
        }
    }

    private func refusal(_ draw: CaseDraw, _ fault: Bilingual, _ incoming: Incoming) -> Answer {
        let page = DeskDrawPage(draw: draw, actor: incoming.actor, fault: fault)
        return .page(page.page(in: incoming.page), .unprocessableContent)
    }

    /// An official's seal: the hash of a secret of their own, or of one made here and shown once.
    private func seal(
        _ draw: CaseDraw,
        _ incoming: Incoming,
        _ fields: FormFields
    ) async throws -> DeskDrawPage? {
        guard let account = incoming.actor.account else { throw Problem.notFound }
        let keeping = keeping(incoming)
        if let text = fields.text("commitment") {
            guard let commitment = HexBytes(hex: text), commitment.bytes.count == 32 else {
                throw CaseError(
                    .incomplete,
                    Bilingual("봉인값은 16진수 64자리입니다.", "A seal has 64 hexadecimal digits."),
                    context: draw.id
                )
            }
            _ = try await store.write { try keeping.seal(draw.id, commitment: commitment, in: $0) }
            return nil
        }
        var generator = SystemRandomNumberGenerator()
        let secret = OfficialSecret(using: &generator)
        let name = keeping.officialName(account, in: draw)
        let commitment = secret.commitment(draw: draw.id, official: name)
        let sealed = try await store.write {
            try keeping.seal(draw.id, commitment: commitment, in: $0)
        }
        return DeskDrawPage(draw: sealed, actor: incoming.actor, secret: secret.bytes)
    }

    // MARK: A round

    private func roundPage(
        _ incoming: Incoming,
        fault: Bilingual? = nil
    ) async throws -> DeskRoundPage {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let keeping = keeping(incoming)
        return try await store.read { db in
            guard let round = try CaseProcedures.round(id, in: db) else { throw Problem.notFound }
            let procedure = try Desk.procedure(round.procedureID, for: actor, in: db)
            return DeskRoundPage(
                round: round,
                procedure: procedure,
                entrants: try keeping.entrants(of: round, procedure, in: db),
                openCount: try keeping.openCount(of: round, in: db),
                strata: keeping.strata(of: round, procedure),
                draws: try CaseDraws.all(of: round.id, in: db),
                counts: try CaseDraws.counts(of: round.id, in: db),
                mayDecide: actor.may(.caseApprover, in: procedure.organizationID),
                fault: fault
            )
        }
    }

    private func prepare(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let keeping = keeping(incoming)
        do {
            let inputs = try Self.inputs(fields)
            let draw = try await store.write { tx in
                guard let round = try CaseProcedures.round(id, in: tx) else {
                    throw Problem.notFound
                }
                let procedure = try Desk.procedure(round.procedureID, for: actor, in: tx)
                let strata = keeping.strata(of: round, procedure).map { stratum in
                    var stratum = stratum
                    stratum.places =
                        fields["places\(stratum.id)"].flatMap { Int($0) } ?? stratum.places
                    stratum.waiting =
                        fields["waiting\(stratum.id)"].flatMap { Int($0) } ?? stratum.waiting
                    return stratum
                }
                return try keeping.prepare(
                    round,
                    procedure,
                    strata: strata,
                    inputs: inputs,
                    in: tx
                )
            }
            return .other(.seeOther(draw.deskLink))
        } catch let error as CaseError {
            let page = try await roundPage(incoming, fault: error.message)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private func select(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let keeping = keeping(incoming)
        do {
            let inputs = try Self.inputs(fields)
            let waiting = fields["waiting"].flatMap { Int($0) } ?? 0
            let draw = try await store.write { tx in
                guard let round = try CaseProcedures.round(id, in: tx) else {
                    throw Problem.notFound
                }
                return try keeping.select(
                    round,
                    Desk.procedure(round.procedureID, for: actor, in: tx),
                    waiting: waiting,
                    tieInputs: inputs,
                    in: tx
                )
            }
            return .other(.seeOther(draw?.deskLink ?? .path("desk", "rounds", id)))
        } catch let error as CaseError {
            let page = try await roundPage(incoming, fault: error.message)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    /// The public value of a form.
    private static func inputs(_ fields: FormFields) throws -> [PublicInput] {
        guard let name = fields.text("input"),
            let day = fields["publishedOn"].flatMap({ LocalDate(iso: $0) }),
            let form = fields["form"].flatMap(InputForm.init)
        else {
            throw CaseError(
                .incomplete,
                Bilingual(
                    "공개값의 이름과 나오는 날, 형식을 적어 주세요.",
                    "Name the public value, the day it appears and its form."
                ),
                context: "a draw"
            )
        }
        return [PublicInput(name: name, form: form, publishedOn: day)]
    }

    private func draw(_ incoming: Incoming) async throws -> CaseDraw {
        let id = try incoming.pathParameter("id")
        let draw = try await store.read { try CaseDraws.find(id, in: $0) }
        guard let draw, incoming.actor.reviewsCases(of: draw.organizationID) else {
            throw Problem.notFound
        }
        return draw
    }
}
