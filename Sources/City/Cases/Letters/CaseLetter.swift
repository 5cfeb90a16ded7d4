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

        /// Where the office's own last paragraph of it is kept.
        var guidance: CaseTexts.Place {
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
    /// What the office says at the end of all its letters of the kind; nothing where it says nothing.
    var guidance: String?

    /// Writes a letter of a case; nothing where the case has nothing that such a letter says.
    init?(
        _ kind: Kind,
        of record: Case,
        procedure: CaseProcedure,
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
        guidance = procedure.texts?[kind.guidance]
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
                procedure.documents.first { $0.name == name }?.title.korean ?? name
            }
        }
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
        <dl>\(HTML(each: facts) { "<div><dt>\($0.title)</dt><dd>\($0.text)</dd></div>" })</dl>\
        <p>\(opening)</p>\(reason.isEmpty ? nil : "<h2>사유</h2><p>\(reason)</p>")\
        \(clauseList)\(documentList)\(ending)\(guidanceText)\
        <p class="day">\(Self.written(issuedOn))</p><p class="office">\(office)</p>
        """
    }

    private var guidanceText: HTML? {
        guidance.flatMap { $0.isEmpty ? nil : "<p>\($0)</p>" }
    }

    private var facts: [(title: String, text: String)] {
        var facts = [("접수번호", receipt), ("사업", procedure), ("신청인", applicant)]
        if let amount { facts.append(("지원 금액", "\(amount.amount.grouped)원")) }
        if kind == .correction, let deadline {
            facts.append(("보완 기한", Self.written(deadline)))
        }
        return facts.map { (title: $0.0, text: $0.1) }
    }

    private var opening: String {
        switch kind {
        case .approval: "귀하께서 신청하신 사업의 지원 대상으로 결정되었음을 알려 드립니다."
        case .refusal: "귀하께서 신청하신 사업의 지원 대상으로 선정되지 않았음을 알려 드립니다."
        case .correction: "귀하의 신청을 검토한 결과 아래와 같이 보완이 필요하여 요청드립니다."
        }
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
        switch kind {
        case .approval: nil
        case .refusal:
            """
            <h2>이의신청 안내</h2><p>이 결정에 이의가 있으면 통지를 받은 날부터 \
            \(CaseAppeal.maximumDayCount)일 안에\(deadline.map { " (\(Self.written($0))까지)" }) \
            이의신청할 수 있습니다. 신청 현황에서 사유를 적어 내거나 담당 기관에 서면으로 냅니다. \
            그 밖에 행정심판법과 행정소송법에 따라 행정심판을 청구하거나 행정소송을 제기할 수 있습니다.</p>
            """
        case .correction:
            """
            <p>기한 안에 보완하지 않으면 신청이 종결될 수 있습니다. 기한을 늘려야 하면 담당 기관에 \
            말씀해 주십시오.</p>
            """
        }
    }

    private static func written(_ day: LocalDate) -> String {
        "\(day.year)년 \(day.month)월 \(day.day)일"
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
