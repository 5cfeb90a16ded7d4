import Basics
import City
import Hosting
import Identity
import Store
import Web

/// The form to bring a document in: for everybody by those who keep knowledge, for oneself by anyone.
struct NewDocumentPage: Sendable {
    /// The organizations the person keeps documents of.
    var organizations: [Organization]
    var title = ""
    var kind = KnowledgeDocument.Kind.manual.rawValue
    var category = KnowledgeCategory.regulations.rawValue
    var audience = KnowledgeDocument.Audience.owner.rawValue
    var organizationID = ""
    var department = ""
    var contact = ""
    var hasFile = true
    var fileError: String?
    private var isFilled = false

    init(organizations: [Organization]) {
        self.organizations = organizations
        organizationID = organizations.first?.id ?? ""
    }

    /// Takes what was typed, so that a refused form forgets nothing.
    mutating func fill(_ form: FormFields) {
        isFilled = true
        title = String((form.text("title") ?? "").prefix(KnowledgeDocument.maximumTitleLength))
        kind = form["kind"] ?? ""
        category = form["category"] ?? ""
        audience = form["audience"] ?? ""
        organizationID = form["organization"] ?? organizationID
        department = String((form.text("department") ?? "").prefix(100))
        contact = String((form.text("contact") ?? "").prefix(100))
        hasFile = form.file("file") != nil
    }

    func errors(_ language: Language) -> [String: String] {
        var errors: [String: Bilingual] = [:]
        if !hasFile { errors["file"] = Bilingual("파일을 골라 주세요.", "Choose a file.") }
        let audience = KnowledgeDocument.Audience(rawValue: audience)
        if audience == nil {
            errors["audience"] = Bilingual("누가 볼지 골라 주세요.", "Choose who may read it.")
        }
        if audience != .owner, !organizations.contains(where: { $0.id == organizationID }) {
            errors["organization"] = Bilingual(
                "지식 관리자로 맡은 기관만 고를 수 있습니다.",
                "Only the organizations you keep knowledge for can be chosen."
            )
        }
        return errors.mapValues { $0[language] }
    }

    /// The document as far as the form tells; access is decided here.
    func draft(by incoming: Incoming) throws -> KnowledgeDocument {
        let audience = KnowledgeDocument.Audience(rawValue: audience) ?? .owner
        let isOwn = audience == .owner
        let organization = isOwn ? incoming.actor.account?.organization ?? "" : organizationID
        if !isOwn { try incoming.actor.require(.knowledgeKeeper, in: organization) }
        return KnowledgeDocument(
            id: RandomName.make(byteCount: 12),
            title: title,
            kind: KnowledgeDocument.Kind(rawValue: kind) ?? .manual,
            status: .draft,
            jurisdiction: .city,
            category: KnowledgeCategory(rawValue: category) ?? .regulations,
            audience: audience,
            organizationID: organization,
            department: department,
            contact: contact,
            source: "",
            attachments: JSONColumn([]),
            fileName: "",
            digest: "",
            createdBy: try incoming.accountID(),
            createdAt: incoming.now,
            updatedAt: incoming.now
        )
    }

    func page(in context: PageContext) -> Page {
        let errors = isFilled ? errors(context.language) : [:]
        let fields = fields(errors, context)
        return Page(
            title: context.text("문서 올리기", "Bring a document in"),
            breadcrumbs: [
                StartPage.breadcrumb(context),
                Breadcrumb(
                    title: context.text("지식 문서", "Documents"),
                    link: Link("/assistant/knowledge")
                ),
            ],
            main: errorSummary(of: fields, in: context)
                + form(action: Link("/assistant/documents"), context: context, takesFiles: true) {
                    HTML(each: fields) { formField($0, in: context) }
                        + button(context.text("올리기", "Bring in"))
                },
            hasErrors: isFilled
        )
    }

    private func fields(_ errors: [String: String], _ context: PageContext) -> [FormField] {
        let language = context.language
        func select<Value: RawRepresentable & CaseIterable>(
            _ name: String,
            _ title: String,
            _ value: String,
            _ label: (Value) -> Bilingual
        ) -> FormField where Value.RawValue == String {
            FormField(
                name: name,
                label: title,
                control: .select(
                    Value.allCases.map { .init(value: $0.rawValue, label: label($0)[language]) }
                ),
                error: errors[name],
                values: [value]
            )
        }
        var fields = [
            FormField(
                name: "file",
                label: context.text("파일", "File"),
                control: .file(
                    FileUpload(
                        acceptedTypes: KnowledgeImport.acceptedTypes,
                        maximumByteCount: KnowledgeDocument.maximumByteCount
                    )
                ),
                hint: context.text(
                    "문서는 Markdown, HTML, 텍스트, DOCX, 글자가 든 PDF로, 질문과 답변은 CSV나 XLSX로 올립니다.",
                    "A document as Markdown, HTML, text, DOCX or PDF with text; questions and answers "
                        + "as CSV or XLSX."
                ),
                error: fileError ?? errors["file"],
                isRequired: true
            ),
            FormField(
                name: "title",
                label: context.text("제목", "Title"),
                hint: context.text("비우면 파일에서 읽습니다.", "Read from the file if empty."),
                values: [title],
                maximumLength: KnowledgeDocument.maximumTitleLength
            ),
        ]
        guard !organizations.isEmpty else { return fields }
        fields += [
            select("audience", context.text("볼 수 있는 사람", "Readers"), audience) {
                (value: KnowledgeDocument.Audience) in value.label
            },
            FormField(
                name: "organization",
                label: context.text("관리 기관", "Kept by"),
                control: .select(
                    organizations.map { .init(value: $0.id, label: $0.title[language]) }
                ),
                error: errors["organization"],
                values: [organizationID]
            ),
            select("kind", context.text("종류", "Kind"), kind) {
                (value: KnowledgeDocument.Kind) in value.label
            },
            select("category", context.text("분류", "Subject"), category) {
                (value: KnowledgeCategory) in value.label
            },
            FormField(
                name: "department",
                label: context.text("담당 부서", "Department"),
                values: [department],
                maximumLength: 100
            ),
            FormField(
                name: "contact",
                label: context.text("문의처(부서·내선)", "Whom to ask (department, extension)"),
                values: [contact],
                maximumLength: 100
            ),
        ]
        return fields
    }
}
