import Basics
import City
import Store
import Web

/// The batches, and the form for the next.
struct BatchListPage: Sendable {
    let batches: [Batch]
    let total: Int
    let number: Int
    let counts: [String: Int]
    let donors: [Donor]
    let today: LocalDate
    var refusal: Bilingual?
    var typed = Typed()

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("인수", "Intake"),
            breadcrumbs: Ways.boardCrumbs(context),
            main: """
                \(Ways.tabs(Ways.batches, context))\(newBatch(context))\(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Intake.pageSize),
                    in: context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func list(_ context: PageContext) -> HTML {
        let names = Dictionary(donors.map { ($0.id, $0) }) { first, _ in first }
        return titledTable(
            context.text("인수증", "Hand-overs"),
            columns: [
                .init(context.text("번호", "Number"), isRowHeader: true),
                .init(context.text("기증자", "Donor")), .init(context.text("구분", "Kind")),
                .init(context.text("인수한 날", "Received on")),
                .init(context.text("대수", "Machines"), isNumeric: true),
            ],
            rows: batches.map { batch in
                [
                    "<a href=\"\(Ways.batch(batch.id))\">\(batch.number)</a>",
                    "\(names[batch.donorID]?.name ?? "–")",
                    "\(names[batch.donorID]?.kind.title[context.language] ?? "–")",
                    dateText(batch.receivedOn, in: context), "\((counts[batch.id] ?? 0).grouped)",
                ]
            },
            emptyText: context.text("아직 없습니다.", "None yet."),
            in: context
        )
    }

    private func newBatch(_ context: PageContext) -> HTML {
        let other = FormField.Choice(
            value: "",
            label: context.text("새 기증자(아래에 적기)", "A new donor (named below)")
        )
        let fields = [
            FormField(
                name: "donor",
                label: context.text("기증자", "Donor"),
                control: .select([other] + donors.map { .init(value: $0.id, label: $0.name) }),
                isRequired: true,
                values: [typed.value("donor")]
            ),
            FormField(
                name: "donorName",
                label: context.text("새 기증자 이름", "Name of the new donor"),
                hint: context.text(
                    "기관·업체 이름. 인수증에 나오므로 연락처는 적지 않습니다.",
                    "An office or company; it is printed, so no addresses."
                ),
                values: [typed.value("donorName")],
                autocomplete: "off",
                maximumLength: Donor.maximumNameCharacterCount
            ),
            FormField(
                name: "donorKind",
                label: context.text("새 기증자 구분", "Kind of the new donor"),
                control: .select(
                    Donor.Kind.allCases.map {
                        .init(value: $0.rawValue, label: $0.title[context.language])
                    }
                ),
                values: [typed.value("donorKind")]
            ),
            FormField(
                name: "receivedOn",
                label: context.text("인수한 날", "Received on"),
                control: .date(latest: today),
                isRequired: true,
                values: [typed.value("receivedOn", today.iso)]
            ),
            FormField(
                name: "handedOverBy",
                label: context.text("인계한 사람(직위)", "Handed over by (position)"),
                isRequired: true,
                values: [typed.value("handedOverBy")],
                autocomplete: "off",
                maximumLength: Donor.maximumNameCharacterCount
            ),
            FormField(
                name: "note",
                label: context.text("비고", "Remark"),
                control: .textArea(rowCount: 2),
                values: [typed.value("note")],
                maximumLength: Batch.maximumNoteCharacterCount
            ),
        ]
        return """
            <details\(refusal == nil ? .empty : " open" as HTML)>\
            <summary>\(context.text("새로 인수하기", "A new hand-over"))</summary>\
            \(form(action: Ways.batches, context: context) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([button(context.text("인수증 만들기", "Make the certificate"))]))
                """
            })</details>
            """
    }
}

/// One batch: its machines, the fast entry and the import.
struct BatchPage: Sendable {
    let batch: Batch
    let donor: Donor
    let rows: [MachineRow]
    let total: Int
    let number: Int
    /// The machine entered last, whose values the form keeps.
    var last: MachineRow?
    var faults: [String: Bilingual] = [:]
    var refusal: Bilingual?
    var fileFault: Bilingual?
    var typed = Typed()

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("인수증 \(batch.number)", "Hand-over \(batch.number)"),
            breadcrumbs: Ways.boardCrumbs(context) + [
                Breadcrumb(title: context.text("인수", "Intake"), link: Ways.batches)
            ],
            lead: """
                \(donor.name) · \(donor.kind.title[context.language]) · \
                \(dateText(batch.receivedOn, in: context)) · \
                <strong>\(context.text("\(total.grouped)대", "\(total.grouped) machines"))</strong>
                """,
            main: "\(entry(context))\(upload(context))\(list(context))",
            notification: notification(context),
            width: .wide,
            density: .operator,
            actions: buttonRow([
                linkButton(
                    context.text("인수증 인쇄", "Certificate"),
                    .path("shared-pcs", "batches", batch.id, "certificate")
                ),
                linkButton(
                    context.text("라벨 인쇄", "Labels"),
                    Link("/inventory/labels", query: [("q", batch.number)])
                ),
            ]),
            hasErrors: refusal != nil || !faults.isEmpty || fileFault != nil
        )
    }

    private func notification(_ context: PageContext) -> HTML? {
        if let refusal = refusalBanner(refusal, context) { return refusal }
        return last.map { row in
            notificationBanner(
                NotificationBanner(
                    kind: .success,
                    title: context.text(
                        "\(row.asset.number)(\(row.asset.serial))을(를) 등록했습니다.",
                        "\(row.asset.number) (\(row.asset.serial)) entered."
                    )
                )
            )
        }
    }

    /// The fast entry: a scanner types the serial number and Enter; the rest stays as it was.
    private func entry(_ context: PageContext) -> HTML {
        let facts = last?.asset.facts.value ?? [:]
        func field(_ name: String, _ title: Bilingual, _ kept: String = "") -> FormField {
            FormField(
                name: name,
                label: title[context.language],
                error: faults[name]?[context.language],
                values: [typed.value(name, kept)],
                autocomplete: "off"
            )
        }
        var serial = field("serial", Bilingual("일련번호", "Serial number"))
        serial.isRequired = true
        serial.hint = context.text(
            "바코드로 찍거나 적고 Enter. 다른 칸은 앞 PC의 값이 남습니다.",
            "Scan or type, then Enter. The other fields keep the last machine's values."
        )
        var form = field("form", Bilingual("형태", "Form"), last?.machine.form.rawValue ?? "")
        form.control = .select(
            MachineForm.allCases.map {
                .init(value: $0.rawValue, label: $0.title[context.language])
            }
        )
        var storage = field(
            "storage",
            Bilingual("저장장치 종류", "Kind of storage"),
            facts["storage"]?.uppercased() ?? "SSD"
        )
        storage.control = .select([
            .init(value: "SSD", label: "SSD"), .init(value: "HDD", label: "HDD"),
        ])
        let fields = [
            serial, field("maker", Bilingual("제조사", "Maker"), last?.asset.maker ?? ""),
            field("model", Bilingual("모델", "Model"), last?.asset.model ?? ""), form,
            field("processor", Bilingual("CPU", "Processor"), facts["processor"] ?? ""),
            field("memoryGB", Bilingual("메모리(GB)", "Memory (GB)"), facts["memoryGB"] ?? ""),
            storage,
            field("storageGB", Bilingual("저장장치(GB)", "Storage (GB)"), facts["storageGB"] ?? ""),
            field(
                "displayInch",
                Bilingual("화면(인치)", "Display (inches)"),
                facts["displayInch"] ?? ""
            ),
            field("diskSerials", Bilingual("디스크 일련번호", "Serial numbers of the disks")),
        ]
        return section(
            context.text("한 대씩 등록", "One after another"),
            id: "entry",
            Web.form(
                action: Ways.batch(batch.id).appending("machines"),
                context: context
            ) {
                """
                \(errorSummary(of: fields, in: context))\
                <div class="entry">\(HTML(each: fields) { formField($0, in: context) })</div>\
                \(buttonRow([button(context.text("등록", "Enter"))]))
                """
            }
        )
    }

    private func upload(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "file",
            label: context.text("표(CSV, XLSX)", "Table (CSV, XLSX)"),
            control: .file(
                FileUpload(
                    acceptedTypes: [".csv", ".xlsx"],
                    maximumByteCount: MachineImport.maximumByteCount
                )
            ),
            hint: context.text(
                "먼저 살펴본 뒤에 등록합니다. 아직 아무것도 저장하지 않습니다.",
                "You look it over first; nothing is saved yet."
            ),
            error: fileFault?[context.language],
            isRequired: true
        )
        return section(
            context.text("표로 한꺼번에", "From a table"),
            Web.form(
                action: Ways.batch(batch.id).appending("files"),
                context: context,
                takesFiles: true
            ) {
                """
                \(formField(field, in: context))\
                \(buttonRow([
                    button(context.text("올리고 살펴보기", "Upload and check"), style: .secondary),
                    linkButton(
                        context.text("서식 내려받기", "Template"), Link("/shared-pcs/template.csv"),
                        style: .quiet),
                ]))
                """
            }
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("등록한 PC", "Machines"),
            columns: [
                .init(context.text("관리번호", "Number"), isRowHeader: true),
                .init(context.text("일련번호", "Serial number")),
                .init(context.text("모델", "Model")),
                .init(context.text("사양", "Specification")), .init(context.text("상태", "State")),
            ],
            rows: rows.map { row in
                [
                    "<a href=\"\(Ways.machine(row.asset.id))\">\(row.asset.number)</a>",
                    "\(row.asset.serial)", "\(row.asset.name)",
                    "\(row.asset.specification(context))", row.machine.state.tag(context),
                ]
            },
            emptyText: context.text("아직 없습니다.", "None yet."),
            in: context,
            more: pagination(
                Pagination(page: number, itemCount: total, pageSize: Machines.pageSize),
                in: context
            )
        )
    }
}

/// The hand-over certificate (인수증), to print and sign.
struct HandOverCertificatePage: Sendable {
    let batch: Batch
    let donor: Donor
    let rows: [MachineRow]
    let total: Int

    func page(in context: PageContext) -> Page {
        let facts = SummaryList([
            .init(context.text("번호", "Number"), "\(batch.number)"),
            .init(
                context.text("인계한 곳", "Handed over by"),
                "\(donor.name) (\(donor.kind.title[context.language])) \(batch.handedOverBy)"
            ),
            .init(
                context.text("인수한 사람", "Taken in by"),
                "\(batch.receivedByName.isEmpty ? "–" : batch.receivedByName)"
            ),
            .init(
                context.text("인수한 날", "On"),
                dateText(batch.receivedOn, style: .long, in: context)
            ),
            .init(
                context.text("물품", "What"),
                "\(context.text("PC \(total.grouped)대", "\(total.grouped) computers"))"
            ),
            .init(context.text("비고", "Remark"), "\(batch.note.isEmpty ? "–" : batch.note)"),
        ])
        let rest =
            total > rows.count
            ? context.text(
                "앞의 \(rows.count.grouped)대입니다. 전체 목록은 자산 목록에서 내려받습니다.",
                "The first \(rows.count.grouped); the whole list is in the inventory."
            ) : ""
        return Page(
            title: context.text("물품 인수증", "Hand-over certificate"),
            breadcrumbs: Ways.boardCrumbs(context) + [
                Breadcrumb(title: batch.number, link: Ways.batch(batch.id))
            ],
            main: """
                \(summaryList(facts, in: context))\
                <p>\(context.text(
                    "위 물품을 틀림없이 인수하였으며, 담긴 자료는 되살릴 수 없게 지웁니다.",
                    "The above was taken in; the data on it is erased beyond recovery."))</p>\
                \(titledTable(
                    context.text("물품 목록", "List"),
                    columns: [
                        .init(context.text("번호", "No."), isNumeric: true),
                        .init(context.text("관리번호", "Number"), isRowHeader: true),
                        .init(context.text("일련번호", "Serial number")),
                        .init(context.text("모델", "Model")),
                    ],
                    rows: rows.enumerated().map { place, row in
                        ["\(place + 1)", "\(row.asset.number)", "\(row.asset.serial)",
                         "\(row.asset.name)"]
                    },
                    emptyText: context.text("아직 없습니다.", "None yet."), in: context,
                    more: "<p>\(rest)</p>"))\
                <p>\(context.text("인계자 서명: ____________   인수자 서명: ____________",
                    "Signed (from): ____________   Signed (to): ____________"))</p>
                """,
            width: .wide
        )
    }
}

/// What a file of machines holds and what is wrong with it, before it is taken in.
struct IntakeReviewPage: Sendable {
    let file: IntakeFile
    let batch: Batch
    let read: MachineImport
    var refusal: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("살펴보기: \(file.fileName)", "Check: \(file.fileName)"),
            breadcrumbs: Ways.boardCrumbs(context) + [
                Breadcrumb(title: batch.number, link: Ways.batch(batch.id))
            ],
            lead: """
                \(context.text(
                    "\(read.rowCount.grouped)줄 가운데 \(read.entries.count.grouped)대를 등록할 수 있습니다.",
                    "\(read.entries.count.grouped) of \(read.rowCount.grouped) rows can be taken in."))
                """,
            main: "\(counts(context))\(apply(context))\(faults(context))",
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func counts(_ context: PageContext) -> HTML {
        guard !read.faults.isEmpty else { return .empty }
        return keyFigures(
            read.faultCounts.map {
                KeyFigure(label: $0.kind.title[context.language], value: $0.count.grouped)
            }
        )
    }

    private func faults(_ context: PageContext) -> HTML {
        guard !read.faults.isEmpty else { return .empty }
        let rest = read.faults.count - MachineImport.shownFaultCount
        return titledTable(
            context.text("고칠 것", "To be mended"),
            columns: [
                .init(context.text("줄", "Row"), isNumeric: true, isRowHeader: true),
                .init(context.text("열", "Column")), .init(context.text("구분", "Kind")),
                .init(context.text("까닭", "Reason"), isWide: true),
            ],
            rows: read.faults.prefix(MachineImport.shownFaultCount).map {
                [
                    "\($0.row)", "\($0.column)", "\($0.kind.title[context.language])",
                    "\($0.message[context.language])",
                ]
            },
            in: context,
            more: rest > 0
                ? "<p>\(context.text("그 밖에 \(rest.grouped)건", "and \(rest.grouped) more"))</p>"
                : .empty
        )
    }

    private func apply(_ context: PageContext) -> HTML {
        if let count = file.takenCount {
            return """
                <p>\(context.text(
                    "이 파일로 \(count.grouped)대를 등록했습니다.",
                    "\(count.grouped) machines were taken in."))</p>\
                \(linkButton(batch.number, Ways.batch(batch.id)))
                """
        }
        guard !read.entries.isEmpty else { return .empty }
        return form(
            action: Ways.batch(batch.id).appending("files").appending(file.id),
            context: context
        ) {
            button(
                context.text(
                    "\(read.entries.count.grouped)대 등록",
                    "Take in \(read.entries.count.grouped)"
                )
            )
        }
    }
}

extension Link {
    /// The link with one more segment at the end of its path.
    func appending(_ segment: String) -> Link {
        Link(target + "/" + segment)
    }
}
