public import Basics

/// The end of the chain; one row, held by whoever writes.
private struct AuditHead: Codable {
    var sequence: Int64
    var at: Instant
    var hash: [UInt8]
    var day: LocalDate
    var dayFirstSequence: Int64
    var daySubtrees: [UInt8]
}

extension WriteTransaction {
    /// Longest details of a record, in UTF-8 bytes of JSON.
    public static var maximumAuditDetailsLength: Int { 16_384 }

    /// Adds a line to the audit, in the same transaction as what it tells of.
    ///
    /// - Parameters:
    ///   - action: What was done.
    ///   - subject: On whose record.
    ///   - actor: By whom.
    ///   - purpose: Why.
    ///   - details: Further facts; never a secret, because the line can not be removed.
    /// - Returns: The place in the chain.
    /// - Throws: `StoreError` with code `.limit` where the details are too long.
    @discardableResult
    public func record(
        _ action: AuditAction,
        on subject: AuditSubject,
        by actor: AuditActor,
        purpose: Purpose,
        details: [String: String] = [:]
    ) throws -> Int64 {
        let text = try JSONText.encode(details)
        guard text.utf8.count <= WriteTransaction.maximumAuditDetailsLength else {
            throw StoreError(.limit, context: "audit details of \(text.utf8.count) bytes")
        }
        let old = try auditHead()
        // A clock that was set back does not turn the chain back.
        let at = max(now, old?.at ?? now)
        var row = AuditRow(
            sequence: (old?.sequence ?? 0) + 1,
            at: at,
            action: action.rawValue,
            subjectKind: subject.kind,
            subjectId: subject.id,
            actorKind: actor.kind.rawValue,
            actorId: actor.id,
            purposeCode: purpose.code,
            purposeKorean: purpose.text.korean,
            purposeEnglish: purpose.text.english,
            details: text,
            hash: []
        )
        row.hash = AuditChain.hash(row, after: old?.hash ?? AuditChain.origin)
        try run(
            """
            INSERT INTO audit_record (\(AuditRow.list)) VALUES (\(row.sequence), \(row.at),
                \(row.action), \(row.subjectKind), \(row.subjectId), \(row.actorKind),
                \(row.actorId), \(row.purposeCode), \(row.purposeKorean), \(row.purposeEnglish),
                \(row.details), \(row.hash))
            """
        )
        try advance(old, to: row)
        return row.sequence
    }

    private func auditHead() throws -> AuditHead? {
        try first(
            """
            SELECT sequence, at, hash, day, day_first_sequence, day_subtrees FROM audit_head
            WHERE id = 1
            """,
            as: AuditHead.self
        )
    }

    private func advance(_ old: AuditHead?, to row: AuditRow) throws {
        let day = row.at.date
        var tree = MerkleAccumulator()
        var firstSequence = row.sequence
        if let old {
            guard let oldTree = MerkleAccumulator(bytes: old.daySubtrees) else {
                throw StoreError(.corrupt, context: "audit_head.day_subtrees")
            }
            if old.day == day {
                (tree, firstSequence) = (oldTree, old.dayFirstSequence)
            } else {
                try run(
                    """
                    INSERT INTO audit_day (day, first_sequence, last_sequence, root)
                    VALUES (\(old.day), \(old.dayFirstSequence), \(old.sequence), \(oldTree.root))
                    """
                )
            }
        }
        tree.append(row.hash)
        try run(
            """
            INSERT INTO audit_head (id, sequence, at, hash, day, day_first_sequence, day_subtrees)
            VALUES (1, \(row.sequence), \(row.at), \(row.hash), \(day), \(firstSequence),
                \(tree.bytes))
            ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, at = excluded.at,
                hash = excluded.hash, day = excluded.day,
                day_first_sequence = excluded.day_first_sequence,
                day_subtrees = excluded.day_subtrees
            """
        )
    }
}

extension ReadTransaction {
    /// Lines one page may have.
    public static var maximumAuditPageCount: Int { 500 }

    /// Who used the records of a subject, the latest first: what a resident sees about their own data.
    ///
    /// - Parameters:
    ///   - subject: Whose records.
    ///   - sequence: Lines before this place in the chain; the last line of a page gives the next.
    ///   - limit: Lines of a page.
    /// - Returns: A page of lines.
    /// - Throws: `StoreError`.
    public func auditRecords(
        on subject: AuditSubject,
        before sequence: Int64? = nil,
        limit: Int = 50
    ) throws -> [AuditRecord] {
        try auditRecords(
            where: "subject_kind = \(subject.kind) AND subject_id = \(subject.id)",
            sequence,
            limit
        )
    }

    /// What an actor did, the latest first.
    public func auditRecords(
        by actor: AuditActor,
        before sequence: Int64? = nil,
        limit: Int = 50
    ) throws -> [AuditRecord] {
        try auditRecords(
            where: "actor_kind = \(actor.kind.rawValue) AND actor_id = \(actor.id)",
            sequence,
            limit
        )
    }

    /// All lines, the latest first.
    public func auditRecords(
        before sequence: Int64? = nil,
        limit: Int = 50
    ) throws -> [AuditRecord] {
        try auditRecords(where: "sequence > 0", sequence, limit)
    }

    private func auditRecords(
        where condition: SQL,
        _ before: Int64?,
        _ limit: Int
    ) throws -> [AuditRecord] {
        let limit = min(max(limit, 1), ReadTransaction.maximumAuditPageCount)
        return try rows(
            """
            SELECT \(AuditRow.list) FROM audit_record
            WHERE \(condition) AND sequence < \(before ?? Int64.max)
            ORDER BY sequence DESC LIMIT \(limit)
            """,
            as: AuditRow.self
        ).map(\.record)
    }
}

/// What a walk along the whole chain found.
public struct AuditVerification: Codable, Sendable, Hashable {
    /// Lines that are in the chain and right, from the first on.
    public var verifiedCount: Int64 = 0
    /// The first place where the chain is broken: a line changed, missing, or cut off at the end.
    public var firstBrokenSequence: Int64?
    /// The first day whose root does not fit its lines.
    public var firstBrokenDay: LocalDate?
    /// Days whose root was compared.
    public var verifiedDayCount = 0

    /// Whether everything fits.
    public var isIntact: Bool { firstBrokenSequence == nil && firstBrokenDay == nil }
}

extension Store {
    /// Walks along the whole audit and compares every hash and every day's root.
    public func verifyAudit() async throws -> AuditVerification {
        try await read { db in try AuditWalk.verify(db) }
    }
}

/// The walk along the chain.
private struct AuditWalk {
    struct Day: Codable {
        var day: LocalDate
        var firstSequence: Int64
        var lastSequence: Int64
        var root: [UInt8]
    }

    var result = AuditVerification()
    var previous = AuditChain.origin
    var days: [Day]
    var tree = MerkleAccumulator()
    var treeDay: LocalDate?
    var dayIndex = 0

    static func verify(_ db: ReadTransaction) throws -> AuditVerification {
        let days = try db.rows(
            "SELECT day, first_sequence, last_sequence, root FROM audit_day ORDER BY day",
            as: Day.self
        )
        var walk = AuditWalk(days: days)
        try db.forEach("SELECT \(AuditRow.list) FROM audit_record ORDER BY sequence") { row in
            guard walk.result.firstBrokenSequence == nil else { return }
            walk.visit(try row.decode(AuditRow.self))
        }
        if walk.result.firstBrokenSequence == nil {
            let head = try db.first(
                """
                SELECT sequence, at, hash, day, day_first_sequence, day_subtrees FROM audit_head
                """,
                as: AuditHead.self
            )
            walk.finish(head)
        }
        return walk.result
    }

    mutating func visit(_ row: AuditRow) {
        let expected = result.verifiedCount + 1
        guard row.sequence == expected, AuditChain.hash(row, after: previous) == row.hash else {
            result.firstBrokenSequence = expected
            return
        }
        if let treeDay, treeDay != row.at.date { closeDay(treeDay) }
        treeDay = row.at.date
        tree.append(row.hash)
        previous = row.hash
        result.verifiedCount = expected
    }

    /// Compares the day that just ended with what was stored for it.
    private mutating func closeDay(_ day: LocalDate) {
        let last = result.verifiedCount
        let stored = dayIndex < days.count ? days[dayIndex] : nil
        let fits =
            stored?.day == day && stored?.lastSequence == last
            && stored?.firstSequence == last - tree.leafCount + 1 && stored?.root == tree.root
        if fits {
            result.verifiedDayCount += 1
        } else {
            result.firstBrokenDay = result.firstBrokenDay ?? day
        }
        dayIndex += 1
        tree = MerkleAccumulator()
    }

    mutating func finish(_ head: AuditHead?) {
        let fits =
            head.map {
                $0.sequence == result.verifiedCount && $0.hash == previous
                    && $0.daySubtrees == tree.bytes
            } ?? (result.verifiedCount == 0)
        if !fits { result.firstBrokenSequence = result.verifiedCount + 1 }
        if dayIndex < days.count {
            result.firstBrokenDay = result.firstBrokenDay ?? days[dayIndex].day
        }
    }
}
