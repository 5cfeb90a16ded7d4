import Basics
import Eligibility
import Identity
import Programmes
import Store
import Web

/// Something an application asks for that the wallet has.
struct WalletNeed: Sendable {
    /// The application.
    let record: Case
    /// Its procedure.
    let procedure: CaseProcedure
    /// What it asks for.
    let requirement: CaseDocumentRequirement
    /// The documents that can stand for it.
    let documents: [WalletDocument]

    /// What an application that takes files now still asks for and the wallet of its applicant has.
    static func all(
        of record: Case,
        for actor: Actor,
        _ rules: CaseRules,
        in db: ReadTransaction
    ) throws -> [WalletNeed] {
        guard [.draft, .correctionRequested].contains(record.state), record.belongs(to: actor.id),
            let procedure = try CaseProcedures.find(record.procedureID, in: db)
        else { return [] }
        let programme = procedure.programme.flatMap(rules.rules.programme)
        let judged = programme?.version(on: db.now.date)?.documents ?? []
        let known = Set(try Cases.documents(of: record.id, in: db).map(\.requirement))
        return try procedure.requirements(judged, proxy: record.proxy?.value)
            .filter { !known.contains($0.name) }
            .map { requirement in
                WalletNeed(
                    record: record,
                    procedure: procedure,
                    requirement: requirement,
                    documents: try Wallet.candidates(for: requirement, of: actor, in: db)
                )
            }.filter { !$0.documents.isEmpty }
    }

    /// What the names of the fields of one need end in.
    static func suffix(_ caseID: String, _ requirement: String) -> String {
        "\(caseID)-\(requirement)"
    }

    /// The form that puts a document of the wallet into the application, for the page that asks for
    /// it; nothing where the wallet has none.
    ///
    /// - Parameters:
    ///   - back: Where to go afterwards, below `/apply/`; the wallet where it is nothing.
    ///   - context: The request.
    /// - Returns: The form.
    func form(back: Link? = nil, in context: PageContext) -> HTML {
        guard !documents.isEmpty else { return .empty }
        let language = context.language
        let suffix = Self.suffix(record.id, requirement.name)
        // Several of these forms stand on one page; their fields need names of their own.
        func field(_ name: String, _ label: String, _ control: FormField.Control) -> HTML {
            formField(
                FormField(
                    name: "\(name)-\(suffix)",
                    label: label,
                    control: control,
                    isRequired: true,
                    values: [documents[0].id]
                ),
                in: context
            )
        }
        let choices = documents.map { document in
            FormField.Choice(
                value: document.id,
                label: context.text(
                    "\(document.shownTitle[language]) (\(document.issuedOn.iso) 발급)",
                    "\(document.shownTitle[language]) (issued \(document.issuedOn.iso))"
                )
            )
        }
        let consent = context.text(
            "이 서류의 사본을 ‘\(procedure.title.korean)’ 신청에 쓰는 데 동의합니다.",
            "I agree that a copy is used in “\(procedure.title.english)”."
        )
        return Web.form(action: Link("/wallet/use"), context: context) {
            """
            \(hiddenField("case", record.id))\(hiddenField("requirement", requirement.name))\
            \(back.map { hiddenField("back", $0.target) })\
            \(field("document", context.text("서류지갑에서 고르기", "From your wallet"), .select(choices)))\
            \(field(
                "consent", context.text("동의", "Consent"),
                .checkboxes([.init(value: "yes", label: consent)])))\
            \(button(context.text("이 서류 쓰기", "Use this document"), style: .secondary))
            """
        }
    }
}

/// The form that puts a document into the wallet, as it was sent.
struct WalletForm: Sendable {
    var kind: WalletKind?
    var title = ""
    var issuedOn: LocalDate?
    /// What was typed for the day of issue.
    var issuedText = ""
    /// What is wrong, by the name of the field.
    var errors: [String: Bilingual] = [:]

    init() {}

    init(_ fields: FormFields, today: LocalDate) {
        kind = fields["kind"].flatMap(WalletKind.init)
        title = String(
            (fields.text("title") ?? "").prefix(WalletDocument.maximumTitleCharacterCount)
        )
        issuedText = fields.text("issuedOn") ?? ""
        issuedOn = LocalDate(iso: issuedText)
        if kind == nil { errors["kind"] = Bilingual("종류를 골라 주세요.", "Choose the kind.") }
        if issuedOn == nil {
            errors["issuedOn"] = Bilingual(
                "서류에 적힌 발급일을 적어 주세요.",
                "Enter the day of issue on the document."
            )
        }
        if let day = issuedOn, day > today {
            errors["issuedOn"] = Bilingual("아직 오지 않은 날입니다.", "This day has not come yet.")
            issuedOn = nil
        }
    }
}

/// The wallet of a person.
struct WalletPage: Sendable {
    let documents: [WalletDocument]
    let uses: [WalletUse]
    let needs: [WalletNeed]
    var form = WalletForm()
    /// Why a document could not be used.
    var complaint: Bilingual?

    func page(in context: PageContext) -> Page {
        let fields = fields(context)
        let complaints =
            complaint.map { [FieldError(fieldID: nil, message: $0[context.language])] } ?? []
        return Page(
            title: context.text("서류지갑", "Wallet of documents"),
            lead: HTML(
                text: context.text(
                    "한 번 올린 서류를 여러 신청에 다시 씁니다. 나만 볼 수 있고, 신청에 쓸 때마다 동의를 묻습니다. "
                        + "올린 날부터 \(WalletDocument.retentionDayCount)일이 지나면 지웁니다.",
                    "Documents uploaded once serve many applications. Only you see them, and each use "
                        + "asks for your consent. They are removed after "
                        + "\(WalletDocument.retentionDayCount) days."
                )
            ),
            main: """
                \(errorSummary(complaints, in: context))\(errorSummary(of: fields, in: context))\
                \(waiting(context))\(list(context))\(adding(fields, context))\(used(context))
                """,
            hasErrors: complaint != nil || !form.errors.isEmpty
        )
    }

    private func waiting(_ context: PageContext) -> HTML {
        guard !needs.isEmpty else { return .empty }
        let items = HTML(each: needs) { need in
            """
            <h3>\(need.procedure.title[context.language]): \
            \(need.requirement.title[context.language])</h3>\(need.form(in: context))
            """
        }
        return section(
            context.text("작성 중인 신청에 쓸 수 있는 서류", "For applications you are writing"),
            id: "needs",
            items
        )
    }

    private func list(_ context: PageContext) -> HTML {
        let title = context.text("내 서류", "My documents")
        guard !documents.isEmpty else {
            return section(
                title,
                emptyState(
                    title: context.text("아직 넣은 서류가 없습니다", "Nothing here yet"),
                    text: context.text(
                        "임대차계약서나 통장 사본처럼 자주 내는 서류를 넣어 두세요.",
                        "Put in what you are often asked for, such as your lease."
                    )
                )
            )
        }
        let items = HTML(each: documents) { document in
            """
            <article class="card" id="\(document.id)">\(statusTag(Self.status(document, context)))\
            <h3>\(document.shownTitle[context.language])</h3>\
            <ul class="facts"><li>\(context.text("발급일", "Issued")) \
            \(dateText(document.issuedOn, in: context))</li><li>\(document.fileName)</li></ul>\
            \(buttonRow([
                linkButton(
                    context.text("파일 보기", "Open the file"), .path("wallet", document.id, "file")),
                removal(document, context),
            ]))</article>
            """
        }
        return section(title, "<div class=\"cardgrid\">\(items)</div>")
    }

    private func removal(_ document: WalletDocument, _ context: PageContext) -> HTML {
        Web.form(action: .path("wallet", document.id, "remove"), context: context) {
            """
            <button class="button warning" type="submit">\(context.text("지우기", "Remove"))\
            <span class="unseen"> \(document.shownTitle[context.language])</span></button>
            """
        }
    }

    static func status(_ document: WalletDocument, _ context: PageContext) -> StatusTag {
        func day(_ day: LocalDate) -> String { "\(day.month). \(day.day)." }
        return switch document.freshness(on: context.now.date) {
        case .fresh(let last):
            StatusTag(
                context.text("\(day(last))까지 쓸 수 있음", "Usable until \(last.iso)"),
                kind: .done
            )
        case .endsSoon(let last):
            StatusTag(
                context.text("\(day(last))에 기한이 끝남", "Ends on \(last.iso)"),
                kind: .attention
            )
        case .tooOld:
            StatusTag(context.text("3개월이 지나 다시 발급", "Over three months old"), kind: .refused)
        }
    }

    private func fields(_ context: PageContext) -> [FormField] {
        let language = context.language
        return [
            FormField(
                name: "kind",
                label: context.text("서류 종류", "Kind"),
                control: .select(
                    [.init(value: "", label: context.text("고르기", "Choose"))]
                        + WalletKind.allCases.map {
                            .init(value: $0.rawValue, label: $0.title[language])
                        }
                ),
                error: form.errors["kind"]?[language],
                isRequired: true,
                values: [form.kind?.rawValue ?? ""]
            ),
            FormField(
                name: "title",
                label: context.text("내가 부를 이름", "My name for it"),
                values: [form.title],
                autocomplete: "off",
                maximumLength: WalletDocument.maximumTitleCharacterCount
            ),
            FormField(
                name: "issuedOn",
                label: context.text("발급일(계약일)", "Day of issue"),
                control: .date(latest: context.now.date),
                hint: context.text(
                    "대부분의 신청은 발급한 지 3개월 이내의 서류를 받습니다.",
                    "Most applications take documents of the last three months."
                ),
                error: form.errors["issuedOn"]?[language],
                isRequired: true,
                values: [form.issuedText]
            ),
            FormField(
                name: "file",
                label: context.text("파일", "File"),
                control: .file(
                    FileUpload(
                        acceptedTypes: CaseFile.endings.keys.sorted().map { ".\($0)" },
                        maximumByteCount: CaseDocument.maximumByteCount
                    )
                ),
                error: form.errors["file"]?[language],
                isRequired: true
            ),
        ]
    }

    private func adding(_ fields: [FormField], _ context: PageContext) -> HTML {
        section(
            context.text("서류 넣기", "Put in a document"),
            id: "add",
            Web.form(action: WalletRoutes.link, context: context, takesFiles: true) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(button(context.text("서류지갑에 넣기", "Put into the wallet")))
                """
            }
        )
    }

    private func used(_ context: PageContext) -> HTML {
        titledTable(
            context.text("어디에 썼나", "Where they were used"),
            id: "uses",
            columns: [
                .init(context.text("서류", "Document"), isRowHeader: true),
                .init(context.text("신청", "Application")),
                .init(context.text("동의한 때", "Agreed at")),
            ],
            rows: uses.map { use in
                let link = Link.path("applications", use.caseID)
                return [
                    "\(use.title)",
                    "<a href=\"\(link)\">\(context.text("신청 보기", "Application"))</a>",
                    dateText(use.consentedAt, in: context),
                ]
            },
            emptyText: context.text("아직 쓴 적이 없습니다.", "Not used yet."),
            in: context
        )
    }
}
