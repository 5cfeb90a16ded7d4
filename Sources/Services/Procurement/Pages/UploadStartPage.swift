import Basics
import City
import Web

/// The form to upload a plan, and the uploads of before.
struct UploadStartPage: Sendable {
    var organizations: [Organization]
    var recent: [PlanUpload]
    var year: String
    var agencyID = ""
    var kind = PlanEdition.Kind.original.rawValue
    var unit = ""
    var hasFile = true
    var fileError: String?

    var planYear: Int? { Int(year).flatMap { (2000...2100).contains($0) ? $0 : nil } }

    static func steps(_ context: PageContext) -> [String] {
        [
            context.text("파일 올리기", "Upload"), context.text("살펴보기", "Check"),
            context.text("발행", "Publish"),
        ]
    }

    /// Takes what was typed, so that a refused form forgets nothing.
    mutating func fill(_ form: FormFields) {
        agencyID = form["agency"] ?? ""
        year = form.text("year") ?? ""
        kind = form["kind"] ?? ""
        unit = form["unit"] ?? ""
        hasFile = form.file("file") != nil
    }

    func errors(_ language: Language) -> [String: String] {
        var errors: [String: Bilingual] = [:]
        if !organizations.contains(where: { $0.id == agencyID }) {
            errors["agency"] = Bilingual("기관을 골라 주세요.", "Choose the agency.")
        }
        if planYear == nil {
            errors["year"] = Bilingual(
                "계획연도를 2000–2100 사이의 네 자리로 적어 주세요.",
                "Give the plan year, 2000 to 2100."
            )
        }
        if PlanEdition.Kind(rawValue: kind) == nil {
            errors["kind"] = Bilingual("어떤 계획인지 골라 주세요.", "Choose the kind of edition.")
        }
        if !hasFile { errors["file"] = Bilingual("파일을 골라 주세요.", "Choose a file.") }
        return errors.mapValues { $0[language] }
    }

    func page(in context: PageContext) -> Page {
        let isRefused = !agencyID.isEmpty || !hasFile || fileError != nil
        let errors = isRefused ? errors(context.language) : [:]
        let fields = fields(errors, context)
        return Page(
            title: context.text("계획 올리기", "Upload a plan"),
            breadcrumbs: [Places.home(context)],
            main: """
                \(stepIndicator(Self.steps(context), current: 1, in: context))\
                \(errorSummary(of: fields, in: context))\
                \(form(
                    action: Link("/procurement/uploads"), context: context, takesFiles: true
                ) {
                    """
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("올리고 살펴보기", "Upload and check")))
                    """
                })\(list(context))
                """,
            hasErrors: isRefused
        )
    }

    private func fields(_ errors: [String: String], _ context: PageContext) -> [FormField] {
        let language = context.language
        return [
            FormField(
                name: "agency",
                label: context.text("기관", "Agency"),
                control: .select(
                    organizations.map { .init(value: $0.id, label: $0.title[language]) }
                ),
                error: errors["agency"],
                isRequired: true,
                values: [agencyID.isEmpty ? organizations.first?.id ?? "" : agencyID]
            ),
            FormField(
                name: "year",
                label: context.text("계획연도", "Plan year"),
                control: .text(.number),
                error: errors["year"],
                isRequired: true,
                values: [year],
                maximumLength: 4
            ),
            FormField(
                name: "kind",
                label: context.text("계획의 종류", "Kind of edition"),
                control: .radios(
                    PlanEdition.Kind.allCases.map {
                        .init(value: $0.rawValue, label: $0.label[language])
                    }
                ),
                error: errors["kind"],
                values: [kind]
            ),
            FormField(
                name: "unit",
                label: context.text("금액의 단위", "Unit of money"),
                control: .select(
                    [.init(value: "", label: context.text("파일에 적힌 대로", "As the file says"))]
                        + MoneyUnit.allCases.map {
                            .init(value: $0.rawValue, label: $0.label[language])
                        }
                ),
                values: [unit]
            ),
            FormField(
                name: "file",
                label: context.text("파일(CSV, XLSX, OCDS JSON)", "File (CSV, XLSX, OCDS JSON)"),
                control: .file(
                    FileUpload(
                        acceptedTypes: [".csv", ".tsv", ".txt", ".xlsx", ".json"],
                        maximumByteCount: PlanUpload.maximumByteCount
                    )
                ),
                hint: context.text("UTF-8과 CP949를 모두 읽습니다.", "UTF-8 and CP949 are both read."),
                error: fileError ?? errors["file"],
                isRequired: true
            ),
        ]
    }

    private func list(_ context: PageContext) -> HTML {
        guard !recent.isEmpty else { return .empty }
        let rows: [[HTML]] = recent.map { upload in
            let link: Link = .path("procurement", "uploads", upload.id)
            return [
                "<a href=\"\(link)\">\(upload.fileName)</a>", "\(upload.planYear)",
                dateText(upload.createdAt, in: context),
                statusTag(
                    upload.editionID == nil
                        ? StatusTag(context.text("살펴보는 중", "Checking"), kind: .planned)
                        : StatusTag(context.text("발행함", "Published"), kind: .done)
                ),
            ]
        }
        return titledTable(
            context.text("올린 파일", "Uploads"),
            columns: [
                .init(context.text("파일", "File"), isRowHeader: true),
                .init(context.text("연도", "Year")), .init(context.text("올린 때", "When")),
                .init(context.text("상태", "State")),
            ],
            rows: rows,
            in: context
        )
    }
}
