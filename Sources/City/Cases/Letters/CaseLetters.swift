import Basics
import City
import Hosting
import Programmes
import Programs
import Store
import Web

/// A letter as it is kept.
struct KeptLetter: Codable, Sendable, Hashable {
    var caseID: String
    /// The place among the letters of the case, from 1.
    var number: Int
    var kind: CaseLetter.Kind
    var content: JSONColumn<CaseLetter>
    /// The blob of its PDF, once it was made.
    var pdfDigest: String?
    var createdAt: Instant

    /// Its page, for the applicant and for officers.
    var link: Link { .path("letters", caseID, String(number)) }
    /// Its PDF.
    var pdfLink: Link { .path("letters", caseID, String(number), "pdf") }
}

/// The letters in the store.
enum CaseLetters {
    /// The letters of a case that are listed.
    static let maximumCount = 100

    /// The letters of a case, the latest first.
    static func all(of caseID: String, in db: ReadTransaction) throws -> [KeptLetter] {
        try db.rows(
            """
            SELECT * FROM case_letter WHERE case_id = \(caseID) ORDER BY number DESC
            LIMIT \(maximumCount)
            """,
            as: KeptLetter.self
        )
    }

    static func find(
        _ number: Int,
        of caseID: String,
        in db: ReadTransaction
    ) throws -> KeptLetter? {
        try db.first(
            "SELECT * FROM case_letter WHERE case_id = \(caseID) AND number = \(number)",
            as: KeptLetter.self
        )
    }

    /// Writes a letter down and has its PDF made; a sample's is made when somebody asks for it.
    static func add(_ letter: CaseLetter, of record: Case, in tx: WriteTransaction) throws {
        let caseID = record.id
        let number = try tx.value(
            """
            INSERT INTO case_letter (case_id, number, kind, content, created_at)
            SELECT \(caseID), COALESCE(MAX(number), 0) + 1, \(letter.kind), \(JSONColumn(letter)),
                \(tx.now)
            FROM case_letter WHERE case_id = \(caseID) RETURNING number
            """,
            as: Int.self
        )
        guard !record.isSample else { return }
        try tx.enqueue(LetterPrinting(caseID: caseID, number: number ?? 1))
    }

    /// Takes away the letters of a case whose personal content is erased, and has their PDFs removed.
    static func erase(of caseID: String, in tx: WriteTransaction) throws {
        let digests = try all(of: caseID, in: tx).compactMap(\.pdfDigest)
        try tx.run("DELETE FROM case_letter WHERE case_id = \(caseID)")
        if !digests.isEmpty { try tx.enqueue(LetterErasing(digests: digests)) }
    }

    static func setPDF(
        _ digest: String,
        of letter: KeptLetter,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE case_letter SET pdf_digest = \(digest)
            WHERE case_id = \(letter.caseID) AND number = \(letter.number)
            """
        )
    }
}

/// Makes the PDF of one letter.
struct LetterPrinting: Job {
    static let name = "cases.letter-printing"
    var caseID: String
    var number: Int
}

/// Removes the PDFs of letters that were erased.
struct LetterErasing: Job {
    static let name = "cases.letter-erasing"
    var digests: [String]
}

/// Writes a letter whenever a case comes to a state that calls for one, and prints it.
struct LetterOffice: Sendable {
    let platform: Platform
    let rules: CaseRules

    /// The largest PDF of a letter, in bytes.
    static let maximumByteCount = 4 << 20

    /// Writes the letter of a case that changed.
    var eventHandler: EventHandler {
        let rules = rules
        return EventHandler("cases.letters", on: CaseChanged.self) { event, _, tx in
            // By now the case may have gone on: the letter still tells of the step.
            guard let kind = CaseLetter.Kind(event.to), event.from != .claimed,
                let record = try Cases.find(event.caseID, in: tx), record.erasedAt == nil,
                let procedure = try CaseProcedures.find(record.procedureID, in: tx)
            else { return }
            let requirements = try rules.requirements(
                of: CaseContents(record, in: tx),
                on: tx.now.date
            )
            let office = try Organizations.find(record.organizationID, in: tx)?.name
            let letter = CaseLetter(
                kind,
                of: record,
                procedure: procedure,
                requirements: requirements,
                office: office ?? record.organizationID,
                programme: procedure.programme.flatMap { rules.rules.programme($0) },
                issuedOn: tx.now.date
            )
            if let letter { try CaseLetters.add(letter, of: record, in: tx) }
        }
    }

    /// Takes the letters of an erased case away.
    static let erasure = EventHandler("cases.letters-erased", on: CaseErased.self) {
        event,
        _,
        tx in
        try CaseLetters.erase(of: event.caseID, in: tx)
    }

    /// Removes the PDFs of erased letters.
    var erasingHandler: JobHandler {
        let blobs = platform.store.blobs
        return JobHandler(LetterErasing.self) { job in
            for blob in job.digests.compactMap({ BlobID(rawValue: $0) }) {
                try await blobs.remove(blob)
            }
        }
    }

    /// Makes PDFs; a machine without the program has none, and the page that prints stands in.
    var jobHandler: JobHandler {
        let platform = platform
        return JobHandler(LetterPrinting.self) { job in
            let letter = try await platform.store.read {
                try CaseLetters.find(job.number, of: job.caseID, in: $0)
            }
            guard let letter, letter.pdfDigest == nil, await LetterPDF.isAvailable else { return }
            let bytes = try await LetterPDF.make(letter.content.value)
            let digest = try await platform.store.blobs.put(bytes).id.rawValue
            try await platform.store.write { try CaseLetters.setPDF(digest, of: letter, in: $0) }
        }
    }
}

/// Makes the PDF of a letter with Debian's weasyprint, in a process of its own.
enum LetterPDF {
    private static let program: Program = {
        var limits = ProgramLimits()
        limits.maximumOutputByteCount = LetterOffice.maximumByteCount
        // Taking the letters that are used out of a font of all Korean syllables is slow work.
        limits.maximumDuration = .seconds(240)
        limits.maximumProcessorSeconds = 60
        return Program("weasyprint", limits: limits)
    }()

    /// Whether the machine has the program.
    static var isAvailable: Bool {
        get async { await program.isInstalled }
    }

    /// The PDF (PDF/UA-1, ISO 14289-1, so that it can be read aloud).
    ///
    /// - Throws: `ProgramError` where the program is missing, passes its limits or fails.
    static func make(_ letter: CaseLetter) async throws -> [UInt8] {
        let result = try await program.run(
            ["--quiet", "--pdf-variant", "pdf/ua-1", "--encoding", "utf-8", "-", "-"],
            input: Array(letter.document.markup.utf8)
        )
        guard result.status == 0, result.output.starts(with: Array("%PDF-".utf8)) else {
            throw HopelessJob("weasyprint \(result.status): \(result.complaint.prefix(200))")
        }
        return result.output
    }
}
