import Basics
import Store
import Web

/// The wipes, and where logs are brought.
struct WipeListPage: Sendable {
    let records: [WipeRecord]
    let total: Int
    let number: Int
    var intakes: [WipeIntake] = []
    var refusal: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("데이터 완전삭제", "Wipes"),
            breadcrumbs: Ways.boardCrumbs(context),
            main: """
                \(Ways.tabs(Ways.wipes, context))\(WipeIntakeTable(intakes: intakes).html(context))\
                \(upload(context))\(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Wipes.pageSize),
                    in: context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func upload(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "file",
            label: context.text("삭제 로그(nwipe)나 증명서의 글", "Log of nwipe, or a certificate's text"),
            control: .file(
                FileUpload(
                    acceptedTypes: [".txt", ".log"],
                    maximumByteCount: WipeLogReader.maximumByteCount
                )
            ),
            hint: context.text(
                "한 로그에 디스크가 여러 개여도 됩니다. 일련번호로 PC를 찾습니다.",
                "A log may be of many disks; their machines are found by serial number."
            ),
            isRequired: true
        )
        return form(action: Ways.wipes, context: context, takesFiles: true) {
            """
            \(formField(field, in: context))\
            \(buttonRow([button(context.text("올리기", "Bring in"))]))
            """
        }
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("삭제 기록", "Records"),
            columns: [
                .init(context.text("번호", "Number"), isRowHeader: true),
                .init(context.text("디스크", "Disk")),
                .init(context.text("방법", "Method")), .init(context.text("끝난 때", "Finished")),
                .init(context.text("담당", "By")), .init(context.text("결과", "Result")),
            ],
            rows: records.map { record in
                let status =
                    record.isProof
                    ? StatusTag(context.text("삭제 확인", "Wiped"), kind: .done)
                    : StatusTag(context.text("확인 안 됨", "Not proven"), kind: .refused)
                return [
                    "<a href=\"\(Ways.wipe(record.number))\">\(record.number)</a>",
                    "\(record.diskSerial)", "\(record.method)",
                    dateText(record.finishedAt, in: context), "\(record.operatorName)",
                    statusTag(status),
                ]
            },
            emptyText: context.text("아직 없습니다.", "None yet."),
            in: context
        )
    }
}

/// A certificate (삭제확인서), to print; or the record of a wipe that proves nothing.
struct WipeCertificatePage: Sendable {
    let record: WipeRecord
    let machineNumber: String
    let publicURL: String

    func page(in context: PageContext) -> Page {
        let title =
            record.isProof
            ? context.text("데이터 완전삭제 확인서", "Certificate of a wipe")
            : context.text("삭제 실패 기록", "Record of a failed wipe")
        return Page(
            title: title,
            breadcrumbs: Ways.boardCrumbs(context) + [
                Breadcrumb(title: context.text("완전삭제", "Wipes"), link: Ways.wipes)
            ],
            lead: "\(record.number)",
            main: """
                \(record.isProof ? .empty : refusals(context))\(facts(context))\(proof(context))
                """,
            actions: buttonRow(
                (record.isProof
                    ? [
                        linkButton(
                            context.text("파일로 받기", "As a file"),
                            Ways.wipe(record.number).appending("certificate.txt")
                        )
                    ] : [])
                    + [
                        linkButton(
                            context.text("로그 원본", "The log"),
                            Ways.wipe(record.number).appending("log")
                        )
                    ]
            )
        )
    }

    private func refusals(_ context: PageContext) -> HTML {
        notificationBanner(
            NotificationBanner(
                kind: .warning,
                title: context.text("이 기록은 삭제를 증명하지 않습니다.", "This record proves no wipe."),
                body: """
                    <ul>\(HTML(each: record.faults.value) {
                        "<li>\($0.title[context.language])</li>"
                    })</ul>
                    """
            )
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let size = record.capacityByteCount.map { "\($0.grouped) B" } ?? "–"
        return summaryList(
            SummaryList([
                .init("PC", "<a href=\"\(Ways.machine(record.assetID))\">\(machineNumber)</a>"),
                .init(context.text("PC 일련번호", "Serial number"), "\(record.machineSerial)"),
                .init(context.text("디스크", "Disk"), "\(record.diskSerial) \(record.diskModel)"),
                .init(context.text("용량", "Size"), "\(size)"),
                .init(context.text("도구", "Tool"), "\(record.tool)"),
                .init(
                    context.text("방법", "Method"),
                    "\(record.method) · NIST SP 800-88 \(record.level.title[context.language])"
                ),
                .init(
                    context.text("검증", "Verification"),
                    "\(record.verification.title[context.language])"
                ),
                .init(context.text("끝난 때", "Finished"), dateText(record.finishedAt, in: context)),
                .init(context.text("담당", "By"), "\(record.operatorName)"),
            ]),
            in: context
        )
    }

    private func proof(_ context: PageContext) -> HTML {
        guard record.isProof else { return .empty }
        let check = Link(
            "/shared-pcs/certificates",
            query: [("number", record.number), ("checksum", record.checksum)]
        )
        return section(
            context.text("확인값", "Checksum"),
            """
            <p>\(context.text(
                "확인값은 로그·디스크·PC의 일련번호와 방법, 시각을 하나로 묶습니다. 하나라도 바뀌면 값이 달라집니다.",
                "It ties the log, the serial numbers, the method and the time together."))</p>\
            <p class="digest"><code>\(record.checksum)</code></p>\
            <p>\(context.text("로그의 SHA-256:", "SHA-256 of the log:")) <code>\(record.logDigest)\
            </code></p>\
            <figure class="label">\(qrCode(
                publicURL + check.target,
                title: context.text("확인 화면의 QR 코드", "QR code of the public check")))\
            <figcaption><a href="\(check)">\(context.text("누구나 확인하는 화면", "Public check"))</a>\
            </figcaption></figure>
            """
        )
    }
}

/// The public check of a certificate by its number and checksum: it tells no person.
struct CertificateCheckPage: Sendable {
    let number: String
    let checksum: String
    /// The record of the number, where the checksum is its own.
    let record: WipeRecord?

    func page(in context: PageContext) -> Page {
        let fields = [
            FormField(
                name: "number",
                label: context.text("확인서 번호", "Number of the certificate"),
                hint: context.text("예: 삭제-2026-000123", "As in 삭제-2026-000123"),
                isRequired: true,
                values: [number],
                autocomplete: "off",
                maximumLength: 40
            ),
            FormField(
                name: "checksum",
                label: context.text("확인값(SHA-256)", "Checksum (SHA-256)"),
                isRequired: true,
                values: [checksum],
                autocomplete: "off",
                maximumLength: 80
            ),
        ]
        return Page(
            title: context.text("삭제확인서 확인", "Check a certificate"),
            breadcrumbs: [Ways.homeCrumb(context)],
            lead: """
                \(context.text(
                    "기증하신 PC의 자료가 지워졌는지, 확인서가 진짜인지 볼 수 있습니다.",
                    "See whether a certificate of a wipe is genuine."))
                """,
            main: """
                \(result(context))\
                \(form(action: Ways.certificates, method: .get, context: context) {
                    """
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(buttonRow([button(context.text("확인하기", "Check"))]))
                    """
                })
                """
        )
    }

    private func result(_ context: PageContext) -> HTML {
        guard !number.isEmpty || !checksum.isEmpty else { return .empty }
        guard let record else {
            return notificationBanner(
                NotificationBanner(
                    kind: .warning,
                    title: context.text(
                        "번호와 확인값이 맞는 확인서가 없습니다.",
                        "No certificate has this number and this checksum."
                    ),
                    body: """
                        <p>\(context.text(
                            "잘못 옮겨 적었거나 바뀐 확인서일 수 있습니다.",
                            "It may be mistyped, or the certificate was changed."))</p>
                        """
                )
            )
        }
        return notificationBanner(
            NotificationBanner(
                kind: .success,
                title: context.text("이 시스템이 발급한 확인서입니다.", "The certificate is genuine."),
                body: """
                    <p>\(context.text(
                        "디스크 \(record.diskSerial) · \(record.method) · NIST SP 800-88 "
                            + "\(record.level.title.korean)",
                        "Disk \(record.diskSerial) · \(record.method) · NIST SP 800-88 "
                            + "\(record.level.title.english)")) · \
                    \(dateText(record.finishedAt, in: context))</p>
                    """
            )
        )
    }
}
