import Basics
import Store
import Web

/// One asset: what is known of it, what can be done with it, and its history.
struct AssetDetailPage: Sendable {
    let asset: Asset
    let kind: AssetKindDescription?
    let organization: Organization?
    let place: Place?
    let successor: Asset?
    let history: [AssetEvent]
    let files: [AssetFile]
    /// The public address of the asset, which its label says.
    let address: String
    /// Whether the reader keeps this asset.
    let isKeeper: Bool
    /// What was typed into the form of the state, and why it was refused.
    var refusal: (form: FormFields, message: Bilingual)?
    /// Why a file was refused.
    var fileFault: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: "\(asset.number) \(asset.name)",
            breadcrumbs: [AssetListPage.crumb(context)],
            lead: "\(asset.stateTag(in: context))\(sampleNote(context))",
            main: """
                \(facts(context))\(filesSection(context))\(stateSection(context))\
                \(historySection(context))
                """,
            source: PageSource(
                name: organization?.title[context.language] ?? "",
                updatedAt: asset.updatedAt
            ),
            aside: label(context),
            actions: isKeeper
                ? linkButton(context.text("고치기", "Change"), Link(asset.link.target + "/edit"))
                : nil,
            hasErrors: refusal != nil || fileFault != nil
        )
    }

    private func sampleNote(_ context: PageContext) -> HTML {
        guard asset.isSample else { return .empty }
        return """
            \(statusTag(StatusTag(context.text("표본", "Sample"), kind: .neutral))) \
            \(context.text("표본 도시를 위해 만들어 낸 자산입니다.", "Made up for the sample city."))
            """
    }

    private func facts(_ context: PageContext) -> HTML {
        let language = context.language
        var rows: [SummaryList.Row] = [
            .init(context.text("종류", "Kind"), "\(kind?.title[language] ?? asset.kind.rawValue)"),
            .init(context.text("제조사", "Maker"), "\(asset.maker.orDash)"),
            .init(context.text("모델", "Model"), "\(asset.model.orDash)"),
            .init(context.text("일련번호", "Serial number"), "\(asset.serial.orDash)"),
            .init(context.text("기관", "Organization"), "\(organization?.title[language] ?? "–")"),
            .init(
                context.text("장소", "Place"),
                place.map { "<a href=\"\($0.link)\">\($0.title[language])</a>" } ?? "–"
            ),
            .init(context.text("설치한 곳", "Where it stands"), "\(asset.spot.orDash)"),
            .init(
                context.text("취득일", "Acquired on"),
                asset.acquiredOn.map { dateText($0, in: context) } ?? "–"
            ),
            .init(
                context.text("취득가격", "Price"),
                asset.price.map { money($0, in: context) } ?? "–"
            ),
        ]
        rows += (kind?.fields ?? []).map { field in
            let value = asset.facts.value[field.name].map { field.shown($0)[language] }
            return .init(field.title[language], "\(value ?? "–")")
        }
        if let successor {
            rows.append(
                .init(
                    context.text("대신하는 자산", "Replaced by"),
                    "<a href=\"\(successor.link)\">\(successor.number) \(successor.name)</a>"
                )
            )
        }
        if !asset.note.isEmpty {
            rows.append(.init(context.text("비고", "Remark"), "\(asset.note)"))
        }
        return summaryList(SummaryList(rows), in: context)
    }

    private func label(_ context: PageContext) -> HTML {
        """
        <figure class="label">\(qrCode(address, title: context.text(
            "\(asset.number)의 QR 코드", "QR code of \(asset.number)")))\
        <figcaption>\(asset.number)</figcaption></figure>
        """
    }

    private func filesSection(_ context: PageContext) -> HTML {
        let items = HTML(each: files) { file in
            let link = Link(asset.link.target + "/files/\(file.id)")
            let picture: HTML =
                file.isImage
                ? "<img src=\"\(link)\" alt=\"\(file.fileName)\" loading=\"lazy\">" : .empty
            return """
                <li><a href="\(link)">\(picture)\(file.fileName)</a> \
                \(dateText(file.createdAt, in: context))</li>
                """
        }
        let list: HTML =
            files.isEmpty
            ? "<p>\(context.text("아직 없습니다.", "None yet."))</p>"
            : "<ul class=\"files\">\(items)</ul>"
        return section(
            context.text("사진과 문서", "Photos and documents"),
            id: "files",
            list + addFile(context)
        )
    }

    private func addFile(_ context: PageContext) -> HTML {
        guard isKeeper, files.count < AssetFile.maximumCount else { return .empty }
        let field = FormField(
            name: "file",
            label: context.text("사진이나 문서", "Photo or document"),
            control: .file(
                FileUpload(
                    acceptedTypes: AssetFile.mediaTypes.keys.sorted().map { ".\($0)" },
                    maximumByteCount: AssetFile.maximumByteCount
                )
            ),
            error: fileFault?[context.language],
            isRequired: true
        )
        return form(
            action: Link(asset.link.target + "/files"),
            context: context,
            takesFiles: true
        ) {
            "\(formField(field, in: context))\(button(context.text("올리기", "Upload"), style: .secondary))"
        }
    }

    private func stateSection(_ context: PageContext) -> HTML {
        guard isKeeper, !asset.state.next.isEmpty else { return .empty }
        let language = context.language
        let fields = [
            FormField(
                name: "state",
                label: context.text("다음 상태", "Next state"),
                control: .radios(
                    asset.state.next.map { .init(value: $0.rawValue, label: $0.title[language]) }
                ),
                error: refusal?.message[language],
                isRequired: true,
                values: [refusal?.form["state"] ?? ""]
            ),
            FormField(
                name: "successor",
                label: context.text("대신하는 자산의 관리번호", "Number of the asset that replaces it"),
                hint: context.text("불용 처리할 때만 적습니다.", "Only where it is retired."),
                values: [refusal?.form["successor"] ?? ""]
            ),
            FormField(
                name: "note",
                label: context.text("비고", "Remark"),
                control: .textArea(rowCount: 2),
                values: [refusal?.form["note"] ?? ""],
                maximumLength: Asset.maximumNoteCharacterCount
            ),
        ]
        return section(
            context.text("상태 바꾸기", "Change the state"),
            id: "state",
            form(action: Link(asset.link.target + "/state"), context: context) {
                """
                \(hiddenField("version", String(asset.version)))\
                \(HTML(each: fields) { formField($0, in: context) })\
                \(button(context.text("바꾸기", "Change")))
                """
            }
        )
    }

    private func historySection(_ context: PageContext) -> HTML {
        let events = history.map { event in
            let author = event.actorName.isEmpty ? "" : " · \(event.actorName)"
            return TimelineEvent(
                title: event.title.value[context.language],
                time: "\(dateText(event.at, in: context))\(author)",
                body: event.note.isEmpty ? nil : "<p>\(event.note)</p>"
            )
        }
        return section(context.text("이력", "History"), id: "history", timeline(events, in: context))
    }
}

/// The form to enter an asset or to change what is known of one.
struct AssetFormPage: Sendable {
    let form: AssetForm
    /// The asset that is changed; nothing where one is entered.
    let asset: Asset?
    let idempotencyKey: String
    /// Why nothing was saved, where it is no fault of one field.
    var complaint: Bilingual?

    func page(in context: PageContext) -> Page {
        let language = context.language
        let fields = form.fields(isNew: asset == nil, in: context)
        var crumbs = [AssetListPage.crumb(context)]
        if let asset { crumbs.append(Breadcrumb(title: asset.number, link: asset.link)) }
        let kind = form.kind.title
        return Page(
            title: asset == nil
                ? context.text("\(kind.korean) 등록", "Enter: \(kind.english)")
                : context.text("자산 고치기", "Change the asset"),
            breadcrumbs: crumbs,
            main: """
                \(complaint.map { notificationBanner(
                    NotificationBanner(kind: .warning, title: $0[language])) })\
                \(errorSummary(of: fields, in: context))\
                \(Web.form(
                    action: asset?.link ?? AssetListPage.link, context: context,
                    idempotencyKey: idempotencyKey
                ) {
                    """
                    \(hiddenField("kind", form.kind.kind.rawValue))\
                    \(hiddenField("version", form.values["version"] ?? ""))\
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("저장", "Save")))
                    """
                })
                """,
            hasErrors: !form.errors.isEmpty || complaint != nil
        )
    }
}
