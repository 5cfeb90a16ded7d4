import Basics
import City
import Eligibility
import Store
import Web

/// What an office writes to an applicant: granted, refused, or more is needed.
///
/// It is written down when it is sent and says the same ever after, whatever becomes of the case.
struct CaseLetter: Sendable, Hashable, Codable {
    /// The letters there are.
    enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// 지원 결정 통지서.
        case approval
        /// 미선정 통지서.
        case refusal
        /// 보완 요청서.
        case correction

        /// The letter's name.
        var title: Bilingual {
            switch self {
            case .approval: Bilingual("지원 결정 통지서", "Notice of support")
            case .refusal: Bilingual("미선정 통지서", "Notice of refusal")
            case .correction: Bilingual("보완 요청서", "Request for more")
            }
        }

        /// Its first sentence.
        var opening: CaseSentence {
            switch self {
            case .approval: .approvalOpening
            case .refusal: .refusalOpening
            case .correction: .correctionOpening
            }
        }

        /// What it says of the next step, where there is one.
        var ending: CaseSentence? {
            switch self {
            case .approval: nil
            case .refusal: .refusalAppeal
            case .correction: .correctionEnding
            }
        }

        /// The office's own last paragraph of it.
        var guidance: CaseSentence {
            switch self {
            case .approval: .approvalLetter
            case .refusal: .refusalLetter
            case .correction: .correctionLetter
            }
        }

        /// The letter that a state sends, where it sends one.
        init?(_ state: CaseState) {
            switch state {
            case .approved: self = .approval
            case .refused: self = .refusal
            case .correctionRequested: self = .correction
            default: return nil
            }
        }
    }

    /// A clause that was not met.
    struct Clause: Sendable, Hashable, Codable {
        /// The finding in a sentence.
        var sentence: String
        /// The provision behind it; empty where none is known.
        var source: String
    }

    /// The fixed sentences of a letter.
    struct Wording: Sendable, Hashable, Codable {
        var opening: Bilingual
        var ending: Bilingual?
        var guidance: Bilingual
    }

    var kind: Kind
    var receipt: String
    var procedure: String
    var applicant: String
    var office: String
    var issuedOn: LocalDate
    /// What the office says.
    var reason: String
    /// Where it is refused: the clauses that were not met.
    var clauses: [Clause]
    /// Where it is granted: the amount.
    var amount: Won?
    /// The last day for the appeal or the answer.
    var deadline: LocalDate?
    /// Where more is needed: the documents.
    var documents: [String]
    /// What the office said at the end of a letter from before all its sentences were kept.
    var guidance: String?
    /// The sentences as the office worded them when it was sent.
    var wording: Wording?

    /// Writes a letter of a case; nothing where the case has nothing that such a letter says.
    init?(
        _ kind: Kind,
        of record: Case,
        procedure: CaseProcedure,
        requirements: [CaseDocumentRequirement] = [],
        office: String,
        programme: Programme?,
        issuedOn day: LocalDate
    ) {
        self.kind = kind
        receipt = record.receipt
        self.procedure = procedure.title.korean
        applicant = record.applicantName
        self.office = office
        issuedOn = day
        reason = ""
        clauses = []
        documents = []
        switch kind {
        case .approval:
            guard let decision = record.decision?.value else { return nil }
            reason = decision.reason
            amount = decision.amount
        case .refusal:
            guard let decision = record.decision?.value else { return nil }
            reason = decision.reason
            deadline = decision.at.date.adding(days: CaseAppeal.maximumDayCount)
            clauses = Self.clauses(record.verdict?.value, programme)
        case .correction:
            guard let correction = record.correction?.value else { return nil }
            reason = correction.reason
            deadline = correction.deadline
            documents = correction.documents.map { name in
                requirements.first { $0.name == name }?.title.korean ?? name
            }
        }
        wording = Wording(kind, procedure, deadline: deadline)
    }

    /// A letter of the kind to nobody, which shows how a procedure's texts read in it.
    init(
        preview kind: Kind,
        of procedure: CaseProcedure,
        office: String,
        issuedOn day: LocalDate
    ) {
        self.kind = kind
        receipt = "\(day.year)-\(procedure.receiptPrefix)-000000"
        self.procedure = procedure.title.korean
        applicant = "견본 신청인"
        self.office = office
        issuedOn = day
        reason = "(담당자가 적는 사유)"
        clauses = []
        documents = kind == .correction ? procedure.documents.prefix(1).map(\.title.korean) : []
        if kind != .approval { deadline = day.adding(days: CaseAppeal.maximumDayCount) }
        wording = Wording(kind, procedure, deadline: deadline)
    }

    private static func clauses(_ verdict: CaseVerdict?, _ programme: Programme?) -> [Clause] {
        guard let verdict else { return [] }
        return verdict.failed.map { finding in
            Clause(
                sentence: finding.sentence.korean,
                source: verdict.clause(finding.clause, of: programme)?.source.title.korean ?? ""
            )
        }
    }

    /// The letter as a document of its own, for the program that makes the PDF.
    var document: HTML {
        """
        <!doctype html><html lang="ko"><head><meta charset="utf-8">\
        <title>\(kind.title.korean) \(receipt)</title><style>\(Self.style)</style></head>\
        <body><h1>\(kind.title.korean)</h1>\(content)</body></html>
        """
    }

    /// One weight alone: each weight of the font costs seconds to embed.
    private static let style: HTML = """
        @page { size: A4; margin: 24mm 22mm; @bottom-center { content: counter(page) " / " \
        counter(pages); font-size: 9pt; } } \
        body { font: 11pt/1.7 "Noto Sans CJK KR", "Noto Sans KR", sans-serif; \
        word-break: keep-all; } \
        h1, h2, dt { font-weight: normal; } \
        h1 { text-align: center; font-size: 22pt; margin: 0 0 10mm; } \
        h2 { font-size: 13pt; margin: 8mm 0 2mm; border-bottom: .4pt solid #222; } \
        dl { display: grid; margin: 0; border-top: .4pt solid #222; } \
        dl div { border-bottom: .4pt solid #999; padding: 1.6mm 0; } \
        dt { display: inline-block; width: 32mm; color: #444; } \
        dd { display: inline; margin: 0; } \
        .office { text-align: center; font-size: 16pt; margin-top: 16mm; } \
        .day { text-align: center; margin-top: 12mm; }
        """

    /// The letter's content, as it stands on the page and in the PDF.
    var content: HTML {
        """
        <dl class="summary">\(HTML(each: facts) { "<div><dt>\($0.title)</dt><dd>\($0.text)</dd></div>" })</dl>\
        <p>\(said.opening.korean)</p>\(reasonText)\
        \(clauseList)\(documentList)\(ending)\(guidanceText)\
        <p class="day">\(issuedOn.written.korean)</p><p class="office">\(office)</p>
        """
    }

    private var reasonText: HTML? {
        reason.isEmpty ? nil : "<h2>사유</h2><p>\(reason)</p>"
    }

    private var guidanceText: HTML? {
        said.guidance.korean.isEmpty ? nil : "<p>\(said.guidance.korean)</p>"
    }

    private var facts: [(title: String, text: String)] {
        var facts = [("접수번호", receipt), ("사업", procedure), ("신청인", applicant)]
        if let amount { facts.append(("지원 금액", "\(amount.amount.grouped)원")) }
        if kind == .correction, let deadline {
            facts.append(("보완 기한", deadline.written.korean))
        }
        return facts.map { (title: $0.0, text: $0.1) }
    }

    private var clauseList: HTML? {
        guard !clauses.isEmpty else { return nil }
        let items = HTML(each: clauses) { clause in
            let source: HTML? = clause.source.isEmpty ? nil : " (\(clause.source))"
            return "<li>\(clause.sentence)\(source)</li>"
        }
        return "<h2>충족하지 못한 요건</h2><ol>\(items)</ol>"
    }

    private var documentList: HTML? {
        guard !documents.isEmpty else { return nil }
        return "<h2>제출할 서류</h2><ul>\(HTML(each: documents) { "<li>\($0)</li>" })</ul>"
    }

    private var ending: HTML? {
        guard let text = said.ending?.korean else { return nil }
        let heading: HTML? = kind == .refusal ? "<h2>이의신청 안내</h2>" : nil
        return "\(heading)<p>\(text)</p>"
    }

    /// The sentences; those of letters from before they were kept are the house's.
    private var said: Wording {
        if let wording { return wording }
        var former = Wording(kind, nil, deadline: deadline)
        former.guidance = Bilingual(same: guidance ?? "")
        return former
    }

    /// What the fixed sentences say in English, for whoever reads the page in it.
    var english: HTML {
        let texts = [said.opening.english, said.ending?.english ?? "", said.guidance.english]
        return HTML(each: texts.filter { !$0.isEmpty }) { "<p lang=\"en\">\($0)</p>" }
    }
}

extension CaseLetter.Wording {
    /// The sentences of a procedure's letters of a kind; the house's where none is given.
    fileprivate init(
        _ kind: CaseLetter.Kind,
        _ procedure: CaseProcedure?,
        deadline: LocalDate?
    ) {
        func text(_ sentence: CaseSentence) -> Bilingual {
            procedure?.text(sentence) ?? sentence.standard
        }
        opening = text(kind.opening)
        guidance = text(kind.guidance)
        ending = kind.ending.map { sentence in
            sentence.filled(
                text(sentence),
                [
                    .dayCount: Bilingual(same: String(CaseAppeal.maximumDayCount)),
                    .deadline: deadline?.written ?? Bilingual(same: ""),
                ]
            )
        }
    }
}

extension CaseVerdict {
    /// The findings that keep it from being granted.
    var failed: [Finding] { findings.filter { failing.contains($0.clause) } }

    /// The clause behind a finding, in the version of the rules that judged it.
    func clause(_ name: String, of programme: Programme?) -> Clause? {
        let version = programme?.versions.first { $0.from == rulesFrom }
        return version?.clauses.first { $0.name == name }
    }
}
