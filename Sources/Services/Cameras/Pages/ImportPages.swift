import Basics
import City
import Web

/// Where a file of cameras is brought.
struct ImportPage: Sendable {
    var fault: Bilingual?

    func page(in context: PageContext) -> Page {
        let field = FormField(
            name: "file",
            label: context.text("전국CCTV표준데이터 파일", "A file of the standard data set"),
            control: .file(
                FileUpload(
                    acceptedTypes: [".csv", ".xlsx"],
                    maximumByteCount: StandardCameraImport.maximumByteCount
                )
            ),
            error: fault?[context.language],
            isRequired: true
        )
        return Page(
            title: context.text("카메라 파일로 등록", "Import cameras"),
            breadcrumbs: Ways.wallCrumbs(context) + [
                Breadcrumb(title: context.text("카메라", "Cameras"), link: Ways.list)
            ],
            lead: HTML(
                text: context.text(
                    "공공데이터 표준 열(관리기관명, 소재지도로명주소, 설치목적구분, 카메라대수, 카메라화소수, "
                        + "촬영방면정보, 보관일수, 설치연월, 위도, 경도)을 읽습니다. 먼저 살펴보고 등록합니다.",
                    "The columns of the standard open data set are read. You look it over first."
                )
            ),
            main: form(action: Ways.importing, context: context, takesFiles: true) {
                formField(field, in: context)
                    + buttonRow([button(context.text("살펴보기", "Look it over"))])
            },
            notification: fault == nil ? nil : errorSummary(of: [field], in: context),
            density: .operator,
            hasErrors: fault != nil
        )
    }
}

/// What a file holds, before it is taken in.
struct ImportReviewPage: Sendable {
    let upload: CameraUpload
    /// Nothing where it was taken in already.
    let read: StandardCameraImport?

    func page(in context: PageContext) -> Page {
        Page(
            title: upload.fileName,
            breadcrumbs: Ways.wallCrumbs(context) + [
                Breadcrumb(title: context.text("카메라", "Cameras"), link: Ways.list)
            ],
            main: read.map { review($0, context) } ?? done(context),
            width: .wide,
            density: .operator
        )
    }

    private func done(_ context: PageContext) -> HTML {
        let count = (upload.takenCount ?? 0).grouped
        return notificationBanner(
            NotificationBanner(
                kind: .success,
                title: context.text("카메라 \(count)대를 등록했습니다.", "\(count) cameras were entered."),
                body: "<a href=\"\(Ways.list)\">\(context.text("카메라 목록", "Cameras"))</a>"
            )
        )
    }

    private func review(_ read: StandardCameraImport, _ context: PageContext) -> HTML {
        let figures = keyFigures(
            [
                KeyFigure(label: context.text("읽은 줄", "Rows"), value: read.rowCount.grouped),
                KeyFigure(
                    label: context.text("등록할 카메라", "Cameras to enter"),
                    value: read.assets.count.grouped
                ),
                KeyFigure(
                    label: context.text("받지 못하는 줄", "Refused rows"),
                    value: read.refusedRowCount.grouped
                ),
            ]
                + read.faultCounts.map { kind, count in
                    KeyFigure(label: kind.title[context.language], value: count.grouped)
                }
        )
        let take: HTML =
            read.assets.isEmpty
            ? .empty
            : form(action: upload.link, context: context) {
                button(
                    context.text(
                        "\(read.assets.count.grouped)대 등록",
                        "Enter \(read.assets.count.grouped)"
                    )
                )
            }
        let faults = titledTable(
            context.text("고칠 줄", "What is wrong"),
            id: "faults",
            columns: [
                .init(context.text("줄", "Row"), isNumeric: true, isRowHeader: true),
                .init(context.text("열", "Column")), .init(context.text("종류", "Kind")),
                .init(context.text("까닭", "Why"), isWide: true),
            ],
            rows: read.faults.prefix(StandardCameraImport.shownFaultCount).map { fault in
                [
                    "\(fault.row)", "\(fault.column.orDash)",
                    "\(fault.kind.title[context.language])", "\(fault.message[context.language])",
                ]
            },
            emptyText: context.text("모든 줄이 맞습니다.", "Every row is in order."),
            in: context
        )
        return figures + take + faults
    }
}
