import Basics
import City
import Store
import Web

/// One machine from its donor to its recipient: the chain of custody, and what can be done next.
struct MachinePage: Sendable {
    let row: MachineRow
    let batch: Batch
    let donor: Donor
    let disks: [Disk]
    let wipes: [WipeRecord]
    let history: [AssetEvent]
    let places: [Allocation]
    let parts: [Part]
    /// What keeps it from going on, where a disk is not proven wiped.
    let wipeFault: Bilingual?
    /// What became of a log that was brought just now.
    var intakes: [WipeIntake] = []
    var refusal: Bilingual?
    var typed = Typed()

    func page(in context: PageContext) -> Page {
        let asset = row.asset
        return Page(
            title: "\(asset.number)",
            breadcrumbs: Ways.boardCrumbs(context),
            lead: """
                \(row.machine.state.tag(context)) \(asset.name) · \(asset.serial) · \
                \(asset.specification(context))
                """,
            main: """
                \(wipeOutcome(context))\(facts(context))\(move(context))\(disksTable(context))\
                \(work(context))\(custody(context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            actions: buttonRow([
                linkButton(
                    context.text("라벨", "Label"),
                    Link("/inventory/labels", query: [("q", asset.number)])
                ),
                linkButton(context.text("자산 카드", "Asset"), .path("inventory", asset.id)),
            ]),
            hasErrors: refusal != nil
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let work = row.machine.work.value
        let recipient = places.first { $0.assetID == row.asset.id && $0.state != .returned }
        var rows: [SummaryList.Row] = [
            .init(
                context.text("기증", "Donor"),
                """
                \(donor.name) · <a href="\(Ways.batch(batch.id))">\(batch.number)</a>
                """
            ),
            .init(
                context.text("등급", "Grade"),
                row.machine.grade.map { grade in
                    "<strong>\(grade.title)</strong> \(grade.criteria[context.language])"
                } ?? "–"
            ),
            .init(
                context.text("정비비", "Cost of parts"),
                money(work.partsCost, in: context)
            ),
        ]
        if let recipient {
            rows.append(
                .init(
                    context.text("받는 사람", "Recipient"),
                    """
                    <a href="\(Ways.allocation(recipient.id))">\(recipient.receiptNumber)</a> \
                    \(recipient.state.tag(context)) <span class="hint">\(context.text(
                        "이름과 주소는 배정 화면에서 봅니다(열람이 기록됩니다).",
                        "Name and address are on the allocation's page; looking is recorded."))</span>
                    """
                )
            )
        }
        return summaryList(SummaryList(rows), in: context)
    }

    private func move(_ context: PageContext) -> HTML {
        let moves = row.machine.state.handMoves()
        guard !moves.isEmpty else { return .empty }
        let warning: HTML =
            wipeFault.map { fault in
                """
                <p class="error">\(context.text(
                    "삭제 기록이 모자라 다음 단계로 갈 수 없습니다:",
                    "It cannot go on:")) \(fault[context.language])</p>
                """
            } ?? .empty
        return section(
            context.text("옮기기", "Move"),
            id: "move",
            warning
                + form(action: Ways.machine(row.asset.id).appending("move"), context: context) {
                    MoveFields(moves: moves, typed: typed).content(
                        to: context.text("다음 단계", "Next step"),
                        in: context
                    )
                }
        )
    }

    // MARK: Disks

    private func wipeOutcome(_ context: PageContext) -> HTML {
        WipeIntakeTable(intakes: intakes).html(context)
    }

    private func disksTable(_ context: PageContext) -> HTML {
        let proofs = wipes.filter { $0.isProof && $0.finishedAt >= row.machine.lifeStartedAt }
        let rows: [[HTML]] = disks.map { disk in
            let proof = proofs.first { $0.diskSerial == disk.serial }
            let standing: HTML =
                if disk.removedAt != nil {
                    statusTag(StatusTag(context.text("빼서 파쇄", "Destroyed"), kind: .neutral))
                } else if disk.isNew {
                    statusTag(StatusTag(context.text("새 디스크", "New"), kind: .done))
                } else if let proof {
                    """
                    \(statusTag(StatusTag(context.text("삭제 확인", "Wiped"), kind: .done))) \
                    <a href="\(Ways.wipe(proof.number))">\(proof.number)</a>
                    """
                } else {
                    statusTag(
                        StatusTag(context.text("삭제 기록 없음", "Not wiped"), kind: .attention)
                    )
                }
            return [
                "\(disk.serial)", standing, disk.removedAt == nil ? remove(disk, context) : "–",
            ]
        }
        return titledTable(
            context.text("디스크와 완전삭제", "Disks and wipes"),
            id: "disks",
            columns: [
                .init(context.text("디스크 일련번호", "Disk"), isRowHeader: true),
                .init(context.text("삭제", "Wipe")),
                .init(context.text("빼기", "Take out"), isWide: true),
            ],
            rows: rows,
            emptyText: context.text(
                "디스크를 아직 모릅니다. 삭제 로그를 올리면 등록됩니다.",
                "No disk is known yet; bring the log of the wipe."
            ),
            in: context,
            more: upload(context) + failedWipes(context)
        )
    }

    private func remove(_ disk: Disk, _ context: PageContext) -> HTML {
        guard !row.machine.state.isOfARecipient, row.machine.state != .recycled else { return "–" }
        let id = "remove-\(disk.serial)"
        return form(
            action: Ways.machine(row.asset.id).appending("disks/remove"),
            context: context
        ) {
            """
            \(hiddenField("serial", disk.serial))<label class="unseen" for="\(id)">\(context.text(
                "\(disk.serial)을(를) 빼는 까닭", "Why \(disk.serial) is taken out"))</label>\
            <input id="\(id)" type="text" name="reason" autocomplete="off" placeholder="\(
                context.text("까닭", "Reason"))" maxlength="\(
                    String(SharedPCKeeping.maximumReasonCharacterCount))"> \
            \(button(context.text("파쇄", "Destroy"), style: .quiet))
            """
        }
    }

    private func upload(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "file",
            label: context.text("삭제 로그(nwipe)", "Log of the wipe (nwipe)"),
            control: .file(
                FileUpload(
                    acceptedTypes: [".txt", ".log"],
                    maximumByteCount: WipeLogReader.maximumByteCount
                )
            ),
            isRequired: true
        )
        return form(
            action: Ways.machine(row.asset.id).appending("wipes"),
            context: context,
            takesFiles: true
        ) {
            """
            \(formField(field, in: context))\
            \(buttonRow([button(context.text("올리기", "Bring in"), style: .secondary)]))
            """
        }
    }

    private func failedWipes(_ context: PageContext) -> HTML {
        let failed = wipes.filter { !$0.isProof }
        guard !failed.isEmpty else { return .empty }
        return """
            <h3>\(context.text("실패한 삭제", "Wipes that failed"))</h3>\
            <ul>\(HTML(each: failed) { record in
                """
                <li>\(record.number) · \(record.diskSerial) · \(record.faults.value
                    .map { $0.title[context.language] }.joined(separator: " "))</li>
                """
            })</ul>
            """
    }

    // MARK: Work

    private func work(_ context: PageContext) -> HTML {
        guard row.machine.state == .refurbishing || row.machine.state == .inRepair else {
            return workDone(context)
        }
        let checks: HTML = row.machine.state == .refurbishing ? workForm(context) : .empty
        return checks + partForm(context)
    }

    private func workDone(_ context: PageContext) -> HTML {
        let work = row.machine.work.value
        guard !work.checks.isEmpty else { return .empty }
        let needed = MachineCheck.needed(for: row.machine.form)
        let parts = work.parts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return section(
            context.text("정비", "Work"),
            summaryList(
                SummaryList([
                    .init(
                        context.text("점검", "Checks"),
                        """
                        \(needed.filter { work.checks[$0] == true }
                            .map { $0.title[context.language] }.joined(separator: ", "))
                        """
                    ),
                    .init(
                        context.text("운영체제", "Operating system"),
                        "\(work.operatingSystem) · \(work.licence?.title[context.language] ?? "–")"
                    ),
                    .init(
                        context.text("부품", "Parts"),
                        "\(parts.isEmpty ? "–" : parts.joined(separator: ", "))"
                    ),
                ]),
                in: context
            )
        )
    }

    private func workForm(_ context: PageContext) -> HTML {
        let work = row.machine.work.value
        let language = context.language
        let passed = work.checks.filter(\.value).map(\.key.rawValue)
        let fields = [
            FormField(
                name: "check",
                label: context.text("통과한 점검", "Checks passed"),
                control: .checkboxes(
                    MachineCheck.needed(for: row.machine.form).map {
                        .init(value: $0.rawValue, label: $0.title[language])
                    }
                ),
                values: typed.form?.all("check") ?? passed
            ),
            FormField(
                name: "appearance",
                label: context.text("겉모습", "Appearance"),
                control: .radios(
                    Refurbishment.Appearance.allCases.map {
                        .init(value: $0.rawValue, label: $0.title[language])
                    }
                ),
                isRequired: true,
                values: [typed.value("appearance", work.appearance?.rawValue ?? "")]
            ),
            FormField(
                name: "operatingSystem",
                label: context.text("설치한 운영체제", "Operating system installed"),
                isRequired: true,
                values: [typed.value("operatingSystem", work.operatingSystem)],
                autocomplete: "off",
                maximumLength: AssetField.maximumCharacterCount
            ),
            FormField(
                name: "licence",
                label: context.text("사용권", "Licence"),
                control: .select(
                    LicenceKind.allCases.map {
                        .init(value: $0.rawValue, label: $0.title[language])
                    }
                ),
                isRequired: true,
                values: [typed.value("licence", work.licence?.rawValue ?? "")]
            ),
            FormField(
                name: "note",
                label: context.text("비고", "Remark"),
                control: .textArea(rowCount: 2),
                values: [typed.value("note", work.note)],
                maximumLength: Refurbishment.maximumNoteCharacterCount
            ),
        ]
        return section(
            context.text("점검과 설치", "Checks and installation"),
            id: "work",
            form(action: Ways.machine(row.asset.id).appending("work"), context: context) {
                """
                \(hiddenField("version", String(row.machine.version)))\
                \(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([button(context.text("적기", "Save"))]))
                """
            }
        )
    }

    private func partForm(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "part",
            label: context.text("부품", "Part"),
            control: .select(
                parts.map {
                    .init(
                        value: $0.id,
                        label: context.text(
                            "\($0.title) (재고 \($0.count))",
                            "\($0.title) (\($0.count))"
                        )
                    )
                }
            ),
            isRequired: true,
            values: [typed.value("part")]
        )
        let count = FormField(
            name: "count",
            label: context.text("개수", "How many"),
            control: .text(.number),
            isRequired: true,
            values: [typed.value("count", "1")],
            autocomplete: "off"
        )
        return section(
            context.text("부품 넣기", "Put parts in"),
            id: "parts",
            form(action: Ways.machine(row.asset.id).appending("parts"), context: context) {
                """
                \(formField(field, in: context))\(formField(count, in: context))\
                \(buttonRow([button(context.text("넣기", "Put in"), style: .secondary)]))
                """
            }
        )
    }

    // MARK: Custody

    private func custody(_ context: PageContext) -> HTML {
        section(
            context.text("기증부터 지금까지", "From the donor until now"),
            id: "custody",
            timeline(
                history.map { event in
                    TimelineEvent(
                        title: event.title.value[context.language],
                        time: dateText(event.at, in: context),
                        body: """
                            \(event.actorName.isEmpty
                                ? context.text("프로그램", "The program") : event.actorName)\
                            \(event.note.isEmpty ? "" : " · \(event.note)")
                            """
                    )
                },
                in: context
            )
        )
    }
}

/// What became of the disks of a log that was brought in.
struct WipeIntakeTable: Sendable {
    let intakes: [WipeIntake]

    func html(_ context: PageContext) -> HTML {
        guard !intakes.isEmpty else { return .empty }
        return titledTable(
            context.text("올린 로그의 결과", "What the log proves"),
            columns: [
                .init(context.text("디스크", "Disk"), isRowHeader: true), .init("PC"),
                .init(context.text("결과", "Result")),
                .init(context.text("까닭", "Reason"), isWide: true),
            ],
            rows: intakes.map { row($0, context) },
            in: context
        )
    }

    private func row(_ intake: WipeIntake, _ context: PageContext) -> [HTML] {
        let status =
            intake.isProof
            ? StatusTag(context.text("삭제 확인", "Wiped"), kind: .done)
            : StatusTag(context.text("확인 안 됨", "Not proven"), kind: .refused)
        let known: HTML = intake.isKnown ? " \(context.text("(이미 올림)", "(known)"))" : .empty
        let machine: HTML =
            if let id = intake.assetID, let number = intake.machineNumber {
                "<a href=\"\(Ways.machine(id))\">\(number)</a>"
            } else {
                "–"
            }
        let proof: HTML =
            if intake.isProof, let number = intake.number {
                "<a href=\"\(Ways.wipe(number))\">\(number)</a>"
            } else {
                "\(intake.faults.map { $0[context.language] }.joined(separator: " "))"
            }
        return [
            "\(intake.diskSerial.isEmpty ? "–" : intake.diskSerial) \(intake.diskModel)", machine,
            statusTag(status) + known, proof,
        ]
    }
}
