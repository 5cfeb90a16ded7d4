import Basics
import Drawing
public import Hosting
public import Identity
import Programmes
import Store

/// A finished draw for the sample city: committed some days ago, drawn since, and as checkable as any.
public enum SampleDraws {
    /// The days since the commitment of a sample draw.
    private static let dayCount = 5

    /// Draws the places of a closed round whose cases wait for their selection.
    ///
    /// - Parameters:
    ///   - roundID: The round; it is closed, and its cases are in the state `selecting`.
    ///   - approver: Who draws: an approver of the procedure's organization.
    ///   - value: The public value, a set of numbers; a made-up one, which the name says.
    ///   - platform: The sample city.
    /// - Throws: `CaseError` and `DrawingError` where the round cannot be drawn.
    public static func make(
        of roundID: String,
        by approver: Actor,
        value: String,
        on platform: Platform
    ) async throws {
        let keeping = SelectionKeeping(actor: approver, rules: RulesInForce.of(platform))
        let (prepared, committed) = try await platform.store.write { tx in
            try Self.sealed(roundID, keeping, in: tx)
        }
        let blobs = platform.store.blobs
        var draw = prepared
        draw.committedDigest = try await blobs.put(committed.bytes).id.rawValue
        draw.commitmentHash = try committed.commitment.hash.hex
        draw.merkleRoot = committed.commitment.merkleRoot.hex
        let promised = draw
        let completed = try committed.completed(
            with: SeedEvidence(
                inputs: [value],
                reveals: promised.officials.value.compactMap(\.secret)
            )
        )
        let digest = try await blobs.put(completed.bytes).id.rawValue
        try await platform.store.write { tx in
            try CaseDraws.save(promised, in: tx)
            try keeping.finish(promised.id, completed, digest: digest, in: tx)
        }
    }

    private static func sealed(
        _ roundID: String,
        _ keeping: SelectionKeeping,
        in tx: WriteTransaction
    ) throws -> (CaseDraw, CommittedDraw) {
        guard let round = try CaseProcedures.round(roundID, in: tx),
            let procedure = try CaseProcedures.find(round.procedureID, in: tx)
        else {
            throw CaseError(
                .refused,
                Bilingual("없는 회차입니다.", "There is no such round."),
                context: roundID
            )
        }
        let today = tx.now.date
        var draw = try keeping.prepare(
            round,
            procedure,
            strata: keeping.strata(of: round, procedure),
            inputs: [
                PublicInput(
                    name: "견본 추첨 번호",
                    form: .set,
                    publishedOn: today.adding(days: -1)
                )
            ],
            in: tx
        )
        var random = SeededRandom(seed: UInt64(today.daysSinceEpoch))
        draw.officials.value = ["견본 담당관", "견본 감사관"].map { name in
            let secret = OfficialSecret(using: &random)
            return CaseDraw.Official(
                accountID: "",
                name: name,
                commitment: secret.commitment(draw: draw.id, official: name),
                secret: secret.bytes
            )
        }
        draw.state = .committed
        draw.committedAt = tx.now.adding(seconds: -dayCount * 86_400)
        let entrants = try keeping.drawEntrants(of: draw, round, procedure, in: tx)
        return (draw, try CommittedDraw(rule: draw.rule, entrants: entrants))
    }
}
