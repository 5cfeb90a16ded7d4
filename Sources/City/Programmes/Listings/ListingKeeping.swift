import Basics
import City
import Hosting
public import Identity
public import Store

extension Role {
    /// Keeps the catalogues of programmes (지원사업 편집자).
    public static let programmeEditor = Role(rawValue: "programmeEditor")
}

extension Purpose {
    /// An editor keeps the catalogues.
    public static let listingKeeping = Purpose(
        code: "programmes.listingKeeping",
        Bilingual("지원사업 목록 관리", "Keeping of the catalogues of programmes")
    )
}

extension RecordTable {
    static let listings = RecordTable(name: "listings")
}

/// What a new edition of a catalogue changes.
public struct ListingChanges: Sendable, Hashable {
    /// What the edition before did not have.
    public var added: [Listing] = []
    /// What reads otherwise, with what it read before.
    public var changed: [(old: Listing, new: Listing)] = []
    /// What the edition before had and this one has not.
    public var gone: [Listing] = []
    /// What is as it was.
    public var unchangedCount = 0

    /// Compares an edition with what is kept.
    init(_ listings: [Listing], over kept: [KeptListing]) {
        let known = Dictionary(kept.map { ($0.listing.id, $0) }, uniquingKeysWith: { $1 })
        for listing in listings {
            guard let old = known[listing.id] else {
                added.append(listing)
                continue
            }
            if old.listing != listing || old.isGone {
                changed.append((old.listing, listing))
            } else {
                unchangedCount += 1
            }
        }
        let names = Set(listings.map(\.id))
        gone = kept.filter { !$0.isGone && !names.contains($0.listing.id) }.map(\.listing)
    }

    /// Two changes are the same where their listings are.
    public static func == (left: ListingChanges, right: ListingChanges) -> Bool {
        left.added == right.added && left.gone == right.gone
            && left.unchangedCount == right.unchangedCount
            && left.changed.elementsEqual(right.changed) { $0.old == $1.old && $0.new == $1.new }
    }

    /// Hashes the names of what changes.
    public func hash(into hasher: inout Hasher) {
        for listing in added + changed.map(\.new) + gone { hasher.combine(listing.id) }
    }
}

/// Writes listings: editions of catalogues and decisions about what is in them, each with its audit
/// record in the same transaction.
public struct ListingKeeping: Sendable {
    private let actor: Actor

    /// Creates the hand of an actor; the caller has asked whether they may.
    public init(by actor: Actor) {
        self.actor = actor
    }

    /// Publishes a file as the next edition of its catalogue.
    ///
    /// Decisions stay as they are: they are kept apart from what catalogues say.
    ///
    /// - Parameters:
    ///   - file: The file, read.
    ///   - fileName: What it is called.
    ///   - digest: The blob that holds it.
    ///   - isSample: Whether its programmes are made up.
    ///   - tx: The transaction.
    /// - Returns: The edition.
    /// - Throws: `StoreError`.
    @discardableResult
    public func publish(
        _ file: ListingFile,
        fileName: String,
        digest: String,
        isSample: Bool = false,
        in tx: WriteTransaction
    ) throws -> ListingEdition {
        let kept = try Listings.all(of: file.source, in: tx)
        let changes = ListingChanges(file.listings, over: kept)
        let findings = Dictionary(grouping: file.findings, by: \.listing)
        let changed = Set((changes.added + changes.changed.map(\.new)).map(\.id))
        for listing in file.listings {
            try Listings.save(
                listing,
                findings: findings[listing.id] ?? [],
                isSample: isSample,
                isChanged: changed.contains(listing.id),
                in: tx
            )
        }
        for listing in changes.gone { try Listings.markGone(listing.id, in: tx) }
        let edition = ListingEdition(
            source: file.source,
            number: try Listings.lastNumber(of: file.source, in: tx) + 1,
            fileName: fileName,
            digest: digest,
            actorName: actor.account?.displayName ?? "",
            publishedAt: tx.now,
            listingCount: file.listings.count,
            newCount: changes.added.count,
            changedCount: changes.changed.count,
            goneCount: changes.gone.count
        )
        try Listings.save(edition, in: tx)
        try RecordTable.listings.markChanged(in: tx)
        try tx.record(
            .create,
            on: AuditSubject(
                kind: "listingEdition",
                id: "\(edition.source.rawValue)/\(edition.number)"
            ),
            by: actor.auditActor,
            purpose: .listingKeeping,
            details: ["digest": digest, "listings": String(edition.listingCount)]
        )
        return edition
    }

    /// Decides about a listing.
    ///
    /// - Parameters:
    ///   - decision: What is decided.
    ///   - id: The listing.
    ///   - version: The version of the decision that the officer saw.
    ///   - rules: The names of the programmes of the rules.
    ///   - tx: The transaction.
    /// - Throws: `ListingError` where somebody else decided since, or it names what is not there.
    public func decide(
        _ decision: ListingDecision,
        about id: String,
        version: Int,
        rules: Set<String>,
        in tx: WriteTransaction
    ) throws {
        guard let kept = try Listings.find(id, in: tx) else {
            throw Self.impossible(
                Bilingual("그런 사업이 없습니다.", "There is no such listing."),
                id
            )
        }
        guard kept.version == version else {
            throw ListingError(
                .outdated,
                Bilingual(
                    "그사이 \(kept.decidedBy ?? "")님이 바꾸었습니다. 새로 고친 내용을 보고 다시 정해 주세요.",
                    "\(kept.decidedBy ?? "") decided since. Look at it again."
                ),
                context: id
            )
        }
        try check(decision, about: kept, rules: rules, in: tx)
        guard decision != kept.decision else { return }
        try Listings.save(
            decision,
            of: id,
            version: version + 1,
            actorID: actor.id ?? "",
            actorName: actor.account?.displayName ?? "",
            in: tx
        )
        try RecordTable.listings.markChanged(in: tx)
        try tx.record(
            .update,
            on: AuditSubject(kind: "listing", id: id),
            by: actor.auditActor,
            purpose: .listingKeeping,
            details: decision.details
        )
    }

    private func check(
        _ decision: ListingDecision,
        about kept: KeptListing,
        rules: Set<String>,
        in tx: WriteTransaction
    ) throws {
        let id = kept.listing.id
        if let target = decision.mergedInto {
            let into = try Listings.find(target, in: tx)
            guard let into, target != id, into.decision.mergedInto == nil else {
                throw Self.impossible(
                    Bilingual(
                        "다른 것에 합치지 않은, 이 목록의 다른 사업에만 합칠 수 있습니다.",
                        "Only another listing that is itself not merged can take it in."
                    ),
                    target
                )
            }
        }
        if let name = decision.sameAs, !rules.contains(name) {
            throw Self.impossible(
                Bilingual("판정 규칙에 없는 사업입니다: \(name)", "The rules have no \(name)."),
                name
            )
        }
        if let name = decision.supersededBy {
            let isKnown =
                try rules.contains(name) || (name != id && Listings.find(name, in: tx) != nil)
            guard isKnown else {
                throw Self.impossible(
                    Bilingual("대신하는 사업을 찾지 못했습니다: \(name)", "There is no \(name)."),
                    name
                )
            }
        }
    }

    private static func impossible(_ message: Bilingual, _ context: String) -> ListingError {
        ListingError(.impossibleDecision, message, context: context)
    }
}

extension ListingDecision {
    /// What was decided, for the audit.
    fileprivate var details: [String: String] {
        var details: [String: String] = [:]
        if let isEnded { details["isEnded"] = String(isEnded) }
        if let mergedInto { details["mergedInto"] = mergedInto }
        if let sameAs { details["sameAs"] = sameAs }
        if let supersededBy { details["supersededBy"] = supersededBy }
        let fields = corrections.keys.map(\.rawValue).sorted()
        if !fields.isEmpty { details["corrected"] = fields.joined(separator: ",") }
        if !seen.isEmpty { details["seen"] = seen.sorted().joined(separator: ",") }
        return details
    }
}
