import Basics
import Web

/// Where a file of assets is brought.
struct AssetImportPage: Sendable {
    /// Why the file was refused.
    var fault: Bilingual?

    func page(in context: PageContext) -> Page {
        let field = FormField(
            name: "file",
            label: context.text("자산 표(CSV, XLSX)", "Table of assets (CSV, XLSX)"),
            control: .file(
                FileUpload(
                    acceptedTypes: [".csv", ".xlsx"],
                    maximumByteCount: AssetImport.maximumByteCount
                )
            ),
            hint: context.text(
                "자산 목록에서 내려받은 표와 같은 제목줄을 씁니다. 먼저 살펴본 뒤에 등록합니다.",
                "It has the header of the downloaded list. You look it over before it is taken in."
            ),
            error: fault?[context.language],
            isRequired: true
        )
        return Page(
            title: context.text("파일로 자산 등록", "Import assets"),
            breadcrumbs: [AssetListPage.crumb(context)],
            main: """
                \(errorSummary(of: [field], in: context))\
                \(form(action: Link("/inventory/import"), context: context, takesFiles: true) {
                    """
                    \(formField(field, in: context))\
                    \(button(context.text("올리고 살펴보기", "Upload and check")))
                    """
                })
                """,
            hasErrors: fault != nil
        )
    }
}

/// What a file of assets holds and what is wrong with it, before it is taken in.
struct AssetReviewPage: Sendable {
    let upload: AssetUpload
    let read: AssetImport

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("살펴보기: \(upload.fileName)", "Check: \(upload.fileName)"),
            breadcrumbs: [AssetListPage.crumb(context)],
            lead: """
                \(context.text(
                    "\(read.rowCount.grouped)줄 가운데 \(read.assets.count.grouped)점을 등록할 수 있습니다.",
                    "\(read.assets.count.grouped) of \(read.rowCount.grouped) rows can be taken in."))
                """,
            main: "\(faults(context))\(preview(context))\(apply(context))",
            width: .wide,
            density: .operator
        )
    }

    private func faults(_ context: PageContext) -> HTML {
        guard !read.faults.isEmpty else { return .empty }
        let shown = read.faults.prefix(AssetImport.shownFaultCount)
        let rest = read.faults.count - shown.count
        return titledTable(
            context.text("고칠 것", "To be mended"),
            columns: [
                .init(context.text("줄", "Row"), isNumeric: true, isRowHeader: true),
                .init(context.text("열", "Column")),
                .init(context.text("까닭", "Reason"), isWide: true),
            ],
            rows: shown.map {
                ["\($0.row)", "\($0.column.orDash)", "\($0.message[context.language])"]
            },
            in: context,
            more: rest > 0
                ? "<p>\(context.text("그 밖에 \(rest.grouped)건", "and \(rest.grouped) more"))</p>"
                : .empty
        )
    }

    private func preview(_ context: PageContext) -> HTML {
        titledTable(
            context.text("등록할 자산", "To be taken in"),
            columns: [
                .init(context.text("줄", "Row"), isNumeric: true, isRowHeader: true),
                .init(context.text("관리번호", "Number")), .init(context.text("이름", "Name")),
                .init(context.text("일련번호", "Serial number")),
                .init(context.text("상태", "State")),
            ],
            rows: read.assets.prefix(Assets.pageSize).map { row, asset in
                [
                    "\(row)", "\(asset.number.orDash)", "\(asset.name)",
                    "\(asset.serial.orDash)", "\(asset.state.title[context.language])",
                ]
            },
            emptyText: context.text("없습니다.", "None."),
            in: context
        )
    }

    private func apply(_ context: PageContext) -> HTML {
        if let count = upload.takenCount {
            return """
                <p>\(context.text("이 파일로 \(count)점을 등록했습니다.", "\(count) assets were taken in."))</p>\
                \(linkButton(context.text("자산 목록", "Assets"), AssetListPage.link))
                """
        }
        guard !read.assets.isEmpty else { return .empty }
        let left = read.refusedRowCount
        let note: HTML =
            left > 0
            ? """
            <p>\(context.text(
                "고치지 않은 \(left.grouped)줄은 등록하지 않습니다.",
                "\(left.grouped) rows stay out until they are mended."))</p>
            """ : .empty
        return form(action: upload.link, context: context) {
            """
            \(note)\(button(context.text(
                "\(read.assets.count.grouped)점 등록", "Take in \(read.assets.count.grouped)")))
            """
        }
    }
}
