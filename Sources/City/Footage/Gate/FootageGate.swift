import Basics
public import Hosting
public import Identity
import Sightings
import Store
import Vision

/// The one reader of what cameras saw.
///
/// Every answer leaves here only after one transaction has found the warrant open for the person who
/// asks, and has written the audit record and the line of the ledger. Vectors never leave. Sightings
/// leave under names that are made with the key of the case, and a picture only of a sighting that a
/// question of the case has shown.
public struct FootageGate: Sendable {
    /// The longest reason for an unmasked look, in characters.
    public static let maximumReasonCharacterCount = 300
    /// How long one reason unmasks one picture, in seconds.
    public static let unmaskSeconds = 600
    /// The most pictures of one packet.
    public static let maximumGivenCount = 100

    let room: FootageRoom
    let store: Store

    /// The gate of a city.
    public init(_ platform: Platform) throws {
        room = try FootageRoom.of(platform)
        store = platform.store
    }

    /// Looks for sightings.
    ///
    /// - Parameters:
    ///   - query: What to look for; it reaches no further than the warrant.
    ///   - warrantID: The warrant.
    ///   - caseID: The case it was given for.
    ///   - actor: Who asks.
    /// - Returns: The sightings, under the names of the case.
    /// - Throws: `FootageError` where nothing opens the archive to this person now.
    public func search(
        _ query: FootageQuery,
        warrant warrantID: String,
        of caseID: String,
        by actor: Actor
    ) async throws -> FootageAnswer {
        let room = room
        let started = ContinuousClock.now
        // On the store's threads: a search waits for the disk.
        let found = try await store.read { db in
            let (warrant, key) = try open(warrantID, caseID, actor, in: db)
            let shown = try FootageShown.sightings(of: caseID, in: db)
            let question = try room.question(query, within: warrant, shown: shown)
            let answer = try room.sightings.search(question)
            return (answer, answer.matches.map { FootageMatch($0, key: key) })
        }
        let took = started.duration(to: .now)
        try await store.write { tx in
            let (warrant, _) = try open(warrantID, caseID, actor, in: tx)
            try FootageShown.save(
                zip(found.1, found.0.matches).map { ($0.token, $1.id) },
                of: caseID,
                in: tx
            )
            try note(
                .searchFootage,
                Bilingual("검색 결과 목록", "List of a search"),
                count: found.1.count,
                details: query.described,
                warrant,
                by: actor,
                in: tx
            )
        }
        return FootageAnswer(
            matches: found.1,
            scannedCount: found.0.scannedCount,
            isExact: found.0.isExact,
            expectedRecall: found.0.expectedRecall,
            milliseconds: Double(took.components.attoseconds) / 1e15
                + Double(took.components.seconds) * 1_000
        )
    }

    /// What a case knows of a sighting it was shown, without its picture.
    public func match(
        _ token: String,
        warrant warrantID: String,
        of caseID: String,
        by actor: Actor
    ) async throws -> FootageMatch {
        try await store.read { db in
            let (warrant, key) = try open(warrantID, caseID, actor, in: db)
            let (id, sighting) = try sighting(token, of: caseID, within: warrant, in: db)
            return FootageMatch(sighting, id: id, key: key)
        }
    }

    /// A picture of a sighting that the case was shown.
    ///
    /// - Parameters:
    ///   - token: The sighting's name in the case.
    ///   - view: How much of it; `whole` only after ``unmask(_:reason:warrant:of:by:)``.
    ///   - warrantID: The warrant.
    ///   - caseID: The case it was given for.
    ///   - actor: Who looks.
    /// - Returns: A JPEG.
    /// - Throws: `FootageError`.
    public func picture(
        _ token: String,
        _ view: FootageView,
        warrant warrantID: String,
        of caseID: String,
        by actor: Actor
    ) async throws -> [UInt8] {
        let jpeg = try await store.read { db in
            let (warrant, _) = try open(warrantID, caseID, actor, in: db)
            let (_, sighting) = try sighting(token, of: caseID, within: warrant, in: db)
            return try room.picture(of: sighting, view)
        }
        try await store.write { tx in
            let (warrant, _) = try open(warrantID, caseID, actor, in: tx)
            if view == .whole {
                try FootageShown.checkUnmasked(token, of: caseID, for: actor, in: tx)
            }
            // The list of a search was written down with its pictures of persons; the others are
            // looks of their own.
            let isListed = try view == .person && FootageShown.isFresh(token, of: caseID, in: tx)
            guard !isListed else { return }
            try note(
                .viewFootage,
                view.title,
                count: 1,
                details: ["sighting": token, "view": view.rawValue],
                warrant,
                by: actor,
                in: tx
            )
        }
        return jpeg
    }

    /// Lifts the masks of one picture for one person for a few minutes, and writes down why.
    public func unmask(
        _ token: String,
        reason: String,
        warrant warrantID: String,
        of caseID: String,
        by actor: Actor
    ) async throws {
        let words = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty, words.count <= Self.maximumReasonCharacterCount else {
            throw FootageError(
                .limit,
                Bilingual(
                    "가림을 푸는 까닭을 \(Self.maximumReasonCharacterCount)자까지 적어 주세요.",
                    "Say why, in up to \(Self.maximumReasonCharacterCount) characters."
                ),
                context: caseID
            )
        }
        try await store.write { tx in
            let (warrant, _) = try open(warrantID, caseID, actor, in: tx)
            _ = try sighting(token, of: caseID, within: warrant, in: tx)
            try FootageShown.unmask(token, of: caseID, for: actor, in: tx)
            try note(
                .unmaskFootage,
                Bilingual("가림 해제: \(words)", "Unmasked: \(words)"),
                count: 1,
                details: ["sighting": token, "reason": words],
                warrant,
                by: actor,
                in: tx
            )
        }
    }

    /// Hands pictures out of the city: each whole, everybody but the person masked.
    ///
    /// - Parameters:
    ///   - tokens: The sightings.
    ///   - recipient: Who gets them.
    ///   - kind: What the ledger calls it: a provision, or an access where it is the person themself.
    ///   - warrantID: The warrant.
    ///   - caseID: The case it was given for.
    ///   - actor: Who gives them.
    /// - Returns: The sightings with their pictures, in the order of time.
    /// - Throws: `FootageError`.
    public func give(
        _ tokens: [String],
        to recipient: String,
        as kind: LedgerLine.Kind = .provision,
        warrant warrantID: String,
        of caseID: String,
        by actor: Actor
    ) async throws -> [(match: FootageMatch, jpeg: [UInt8])] {
        guard (1...Self.maximumGivenCount).contains(tokens.count) else {
            throw FootageError(
                .limit,
                Bilingual(
                    "한 번에 1–\(Self.maximumGivenCount)장을 내보낼 수 있습니다.",
                    "From 1 to \(Self.maximumGivenCount) pictures at once."
                ),
                context: caseID
            )
        }
        let given = try await store.read { db in
            let (warrant, key) = try open(warrantID, caseID, actor, in: db)
            return try tokens.map { token in
                let (id, sighting) = try sighting(token, of: caseID, within: warrant, in: db)
                return (
                    match: FootageMatch(sighting, id: id, key: key),
                    jpeg: try room.picture(of: sighting, .masked)
                )
            }
        }
        try await store.write { tx in
            let (warrant, _) = try open(warrantID, caseID, actor, in: tx)
            try note(
                .giveFootage,
                Bilingual("가린 정지영상 묶음", "Packet of masked pictures"),
                kind: kind,
                recipient: recipient,
                count: tokens.count,
                details: ["recipient": recipient, "sightings": tokens.joined(separator: " ")],
                warrant,
                by: actor,
                in: tx
            )
        }
        return given.sorted { ($0.match.at, $0.match.camera) < ($1.match.at, $1.match.camera) }
    }
}

extension FootageGate {
    /// The warrant that opens now, and the key of its case; nothing is read before.
    func open(
        _ warrantID: String,
        _ caseID: String,
        _ actor: Actor,
        in db: ReadTransaction
    ) throws -> (FootageWarrant, ArchiveKey) {
        var warrant = try FootageWarrants.check(warrantID, of: caseID, by: actor, in: db)
        // A day whose time is over is closed before the job erases it.
        let earliest = room.earliest(at: try FootageClock.effective(in: db))
        warrant.startsAt = max(warrant.startsAt, earliest)
        warrant.endsAt = max(warrant.endsAt, warrant.startsAt)
        guard let key = try room.archive.caseKey(caseID) else {
            throw FootageError.revoked("no key of case \(caseID)")
        }
        return (warrant, key)
    }

    private func sighting(
        _ token: String,
        of caseID: String,
        within warrant: FootageWarrant,
        in db: ReadTransaction
    ) throws -> (SightingID, Sighting) {
        guard let id = try FootageShown.sighting(token, of: caseID, in: db),
            let sighting = try room.sightings.sighting(id)
        else { throw FootageError.gone("\(token) of \(caseID)") }
        guard warrant.opens(camera: sighting.camera, at: sighting.at) else {
            throw FootageError.gone("\(token) is outside warrant \(warrant.id)")
        }
        return (id, sighting)
    }

    private func note(
        _ action: AuditAction,
        _ form: Bilingual,
        kind: LedgerLine.Kind = .use,
        recipient: String = "",
        count: Int,
        details: [String: String],
        _ warrant: FootageWarrant,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        var details = details
        details["caseNumber"] = warrant.caseNumber
        details["warrant"] = warrant.id
        details["count"] = String(count)
        try tx.record(
            action,
            on: warrant.subject,
            by: actor.auditActor,
            purpose: warrant.purpose.value,
            details: details
        )
        try FootageLedger.add(
            FootageLedger.Entry(
                kind: kind,
                caseNumber: warrant.caseNumber,
                actorID: actor.auditName,
                actorName: actor.account?.displayName ?? "",
                recipient: recipient,
                purpose: warrant.purpose.value.text,
                basis: warrant.basis.value,
                form: form,
                itemCount: count
            ),
            in: tx
        )
    }
}

extension FootageView {
    /// What is looked at, for the ledger.
    var title: Bilingual {
        switch self {
        case .person: Bilingual("사람 부분 정지영상(다른 사람 가림)", "Picture of the person, others masked")
        case .masked: Bilingual("정지영상(다른 사람 가림)", "Picture, others masked")
        case .whole: Bilingual("정지영상(가리지 않음)", "Picture, nobody masked")
        }
    }
}

extension FootageQuery {
    /// The question in the words of the audit.
    fileprivate var described: [String: String] {
        var words = [
            "examples": String(examples.count), "like": String(like.count),
            "rejected": String(rejected.count),
        ]
        if !upper.isEmpty {
            words["upper"] = upper.sorted().map(String.init).joined(separator: " ")
        }
        if !lower.isEmpty {
            words["lower"] = lower.sorted().map(String.init).joined(separator: " ")
        }
        words["cameras"] = cameras.map { String($0.count) }
        if let times {
            words["times"] = "\(times.lowerBound.rfc3339)/\(times.upperBound.rfc3339)"
        }
        return words
    }
}

extension FootageGate {
    /// Whether the masks of a picture are lifted for somebody now.
    public func isUnmasked(
        _ token: String,
        of caseID: String,
        for actor: Actor
    ) async throws -> Bool {
        try await store.read { db in
            do {
                try FootageShown.checkUnmasked(token, of: caseID, for: actor, in: db)
                return true
            } catch is FootageError {
                return false
            }
        }
    }
}
