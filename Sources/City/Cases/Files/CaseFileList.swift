import Basics
import Store
import Web

/// The files under a requirement, each with its size, and a button to take it out where that can be.
struct CaseFileList: Sendable {
    let files: [CaseDocument]
    /// The path below which a file is removed.
    let base: String
    let canRemove: Bool

    func content(in context: PageContext) -> HTML {
        guard !files.isEmpty else { return .empty }
        let rows = files.map { file in
            SummaryList.Row(file.fileName, "\(open(file, context))\(remove(file, context))")
        }
        return """
            <h2>\(context.text("올린 파일 \(files.count)개", "\(files.count) files"))</h2>\
            \(summaryList(SummaryList(rows), in: context))
            """
    }

    private func open(_ file: CaseDocument, _ context: PageContext) -> HTML {
        let link = Link.path("applications", file.caseID, "files", file.id)
        let unseen = "<span class=\"unseen\"> \(file.fileName)</span>" as HTML
        return """
            <p><a href="\(link)">\(context.text("내려받기", "Download"))\(unseen)</a> \
            \(Self.size(file.byteCount))</p>
            """
    }

    private func remove(_ file: CaseDocument, _ context: PageContext) -> HTML {
        guard canRemove else { return .empty }
        return Web.form(action: Link("\(base)/\(file.id)/remove"), context: context) {
            button(
                context.text("빼기", "Remove"),
                style: .secondary,
                more: [
                    "aria-label": context.text("\(file.fileName) 빼기", "Remove \(file.fileName)")
                ]
            )
        }
    }

    /// A size as people read it.
    static func size(_ byteCount: Int) -> String {
        byteCount < 1 << 20
            ? "\(max(1, byteCount >> 10)) kB" : "\((byteCount * 10 >> 20) / 10) MB"
    }
}

/// The form that sends files for a requirement; several at once.
struct CaseUploadForm: Sendable {
    let action: Link
    let requirement: CaseDocumentRequirement

    func content(in context: PageContext) -> HTML {
        var hints: [String] = []
        if let days = requirement.maximumAgeDays {
            hints.append(
                context.text("발급한 지 \(days)일 안의 것이어야 합니다.", "At most \(days) days old.")
            )
        }
        hints.append(context.text("여러 개를 한 번에 고를 수 있습니다.", "Several may be chosen at once."))
        let field = FormField(
            name: "file",
            label: context.text("파일 고르기", "Choose files"),
            control: .file(
                FileUpload(
                    acceptedTypes: CaseFile.endings.keys.sorted().map { ".\($0)" },
                    maximumByteCount: CaseDocument.maximumByteCount,
                    takesMany: true
                )
            ),
            hint: hints.joined(separator: " "),
            isRequired: true
        )
        return Web.form(action: action, context: context, takesFiles: true) {
            """
            \(requirement.guidance(context.language))\(formField(field, in: context))\
            \(button(context.text("올리기", "Upload"), style: .secondary))
            """
        }
    }
}
