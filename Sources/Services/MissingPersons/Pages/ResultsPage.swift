import Basics
import Footage
import Vision
import Web
import Store

/// What a case searches for, and what was found, by camera and time.
struct ResultsPage: Sendable {
    let file: CaseFile
    let terms: SearchTerms
    let answer: FootageAnswer?
    let cameras: [UInt32: Camera]
    var refusal: Bilingual?

    private var search: SearchCase { file.search }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("찾기", "Search"),
            breadcrumbs: Ways.crumbs(search, context: context),
            main: """
                \(Ways.tabs(search, "search", context))\(found(context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            aside: questions(context),
            hasErrors: refusal != nil,
            styles: ["missing.css"]
        )
    }

    // MARK: The question

    private func questions(_ context: PageContext) -> HTML {
        let chosen = terms.photos ?? file.looks.keys.sorted()
        var fields: [FormField] = []
        if !file.looks.isEmpty {
            fields.append(
                FormField(
                    name: "photo",
                    label: context.text("사진", "Photos"),
                    control: .checkboxes(
                        file.looks.keys.sorted().map {
                            .init(
                                value: String($0),
                                label: context.text("사진 \($0)", "Photo \($0)")
                            )
                        }
                    ),
                    values: chosen.map { String($0) }
                )
            )
        }
        fields += [
            colourField(
                "upper",
                context.text("상의 색", "Upper clothes"),
                terms.upper.map { String($0.rawValue) } ?? "",
                context
            ),
            colourField(
                "lower",
                context.text("하의 색", "Lower clothes"),
                terms.lower.map { String($0.rawValue) } ?? "",
                context
            ),
            cameraField(context),
            FormField(
                name: "hours",
                label: context.text("지난 몇 시간", "The last hours"),
                control: .text(.number),
                hint: context.text("비우면 승인된 기간 전체", "Empty: all the time approved"),
                values: [terms.hours.map { String($0) } ?? ""],
                maximumLength: 3
            ),
        ]
        let like = HTML(each: terms.like) { hiddenField("like", $0) }
        let asked = form(action: Ways.part(search.id, "search"), method: .get, context: context) {
            """
            \(hiddenField("asked", "1"))\(like)\(HTML(each: fields) { formField($0, in: context) })\
            \(likeNote(context))\(buttonRow([button(context.text("찾기", "Search"))]))
            """
        }
        // On a narrow screen the answer comes first: what is asked for unfolds above it.
        let open: HTML = answer == nil ? " open" : .empty
        return """
            <details class="filters"\(open)><summary>\(context.text("찾을 조건", "What to look for"))\
            </summary>\(asked)</details>
            """
    }

    private func likeNote(_ context: PageContext) -> HTML {
        let confirmed = file.tokens(.confirmed).count
        let rejected = file.tokens(.rejected).count
        return """
            <p class="hint">\(context.text(
                "확인한 목격 \(confirmed)건은 예시로, 제외한 \(rejected)건은 반대 예시로 함께 씁니다.",
                "\(confirmed) confirmed sightings count as examples, \(rejected) rejected ones against."))\
            \(terms.like.isEmpty ? "" : context.text(
                " 비슷한 목격 \(terms.like.count)건도 씁니다.", " So do \(terms.like.count) named ones."))</p>
            """
    }

    private func cameraField(_ context: PageContext) -> FormField {
        let allowed = search.cameras.map { Set($0.value) }
        let listed = cameras.values.filter { allowed?.contains($0.number) ?? true }
            .sorted { $0.number < $1.number }
        let label = context.text("카메라", "Camera")
        let value = terms.camera.map { String($0) } ?? ""
        guard listed.count <= NewSearchPage.maximumListedCount else {
            return FormField(
                name: "camera",
                label: label,
                control: .text(.number),
                values: [value]
            )
        }
        let any = FormField.Choice(value: "", label: context.text("모두", "All"))
        return FormField(
            name: "camera",
            label: label,
            control: .select(
                [any]
                    + listed.map {
                        .init(value: String($0.number), label: "\($0.number) · \($0.name)")
                    }
            ),
            values: [value]
        )
    }

    // MARK: The answer

    private func found(_ context: PageContext) -> HTML {
        guard let answer else { return .empty }
        let exact =
            answer.isExact
            ? context.text("빠짐없이 견줌", "nothing passed over")
            : context.text(
                "빠뜨린 것이 있을 수 있음(예상 재현율 \(percent(answer.expectedRecall)))",
                "some may be passed over (expected recall \(percent(answer.expectedRecall)))"
            )
        let head: HTML = """
            <p>\(context.text(
                "목격 \(answer.scannedCount.grouped)건을 \(Int(answer.milliseconds))ms에 견주어 \(answer.matches.count)건을 찾았습니다.",
                "\(answer.matches.count) of \(answer.scannedCount.grouped) sightings in \(Int(answer.milliseconds)) ms.")) \
            \(exact)</p>
            """
        guard !answer.matches.isEmpty else {
            return head
                + emptyState(
                    title: context.text("맞는 목격이 없습니다", "No sighting fits"),
                    text: context.text(
                        "색을 풀거나 시간을 넓혀 보세요.",
                        "Leave a colour out, or look at more time."
                    )
                )
        }
        return head
            + HTML(each: groups(answer.matches)) { camera, matches in
                section(
                    cameras[camera].map { "\($0.number) · \($0.name)" } ?? String(camera),
                    id: "camera-\(camera)",
                    cardList(matches, context)
                )
            }
    }

    /// The matches by camera, the camera with the best match first; a camera's in order of time.
    private func groups(_ matches: [FootageMatch]) -> [(UInt32, [FootageMatch])] {
        var order: [UInt32] = []
        var groups: [UInt32: [FootageMatch]] = [:]
        for match in matches {
            if groups[match.camera] == nil { order.append(match.camera) }
            groups[match.camera, default: []].append(match)
        }
        return order.map { ($0, (groups[$0] ?? []).sorted { $0.at < $1.at }) }
    }

    private func cardList(_ matches: [FootageMatch], _ context: PageContext) -> HTML {
        let marks = Dictionary(
            file.marks.map { ($0.token, $0.verdict) },
            uniquingKeysWith: { $1 }
        )
        return """
            <ul class="cardgrid sightings">\(HTML(each: matches) {
                item($0, marks[$0.token], context) })</ul>
            """
    }

    private func item(
        _ match: FootageMatch,
        _ verdict: SightingMark.Verdict?,
        _ context: PageContext
    ) -> HTML {
        let time = match.at.minuteText.suffix(5)
        let name = context.text("\(time) 목격", "Sighting at \(time)")
        let status = verdict.map {
            statusTag(
                StatusTag($0.title[context.language], kind: $0 == .confirmed ? .done : .refused)
            )
        }
        let marking = MarkForm(search: search, token: match.token, verdict: verdict, terms: terms)
        return """
            <li class="card"><h3>\(name) \(status)</h3>\
            <a href="\(Ways.sighting(search.id, match.token))"><img loading="lazy" \
            src="\(Ways.picture(search.id, match.token, .person))" alt="\(name)"></a>\
            <ul class="facts">\(HTML(each: match.why(context)) { "<li>\($0)</li>" })</ul>\
            \(marking.html(context))</li>
            """
    }
}

extension FootageMatch {
    /// The score and where it comes from.
    func why(_ context: PageContext) -> [HTML] {
        var facts: [HTML] = []
        if let score, nearestExample != nil {
            facts.append(
                "<strong>\(context.text("유사도", "Likeness")) \(percent(score))</strong>"
            )
        }
        if let rejectedLikeness, rejectedLikeness > 0 {
            facts.append(
                "\(context.text("제외한 목격과", "To a rejected one")) \(percent(rejectedLikeness))"
            )
        }
        if fitsColours == true {
            facts.append("\(context.text("고른 옷 색과 맞음", "The clothes have the colours asked for"))")
        }
        let colours = [upper, lower].map {
            (ColourName(rawValue: $0) ?? .unknown).title[context.language]
        }
        facts.append(
            """
            \(context.text("상의", "Upper")) \(colours[0]) · \(context.text("하의", "lower")) \(colours[1])
            """
        )
        return facts
    }
}

/// Confirms a sighting, rejects it, or takes that back; leads back to where it stood.
struct MarkForm: Sendable {
    let search: SearchCase
    let token: String
    let verdict: SightingMark.Verdict?
    var terms: SearchTerms?

    func html(_ context: PageContext) -> HTML {
        let back = terms.map { terms in
            HTML(each: terms.query) { hiddenField("back-\($0.name)", $0.value) }
        }
        let buttons: [HTML] =
            verdict == nil
            ? [
                button(
                    context.text("본인", "It is them"),
                    name: "verdict",
                    value: SightingMark.Verdict.confirmed.rawValue
                ),
                button(
                    context.text("아님", "Not them"),
                    style: .secondary,
                    name: "verdict",
                    value: SightingMark.Verdict.rejected.rawValue
                ),
            ]
            : [
                button(
                    context.text("판단 거두기", "Take it back"),
                    style: .quiet,
                    name: "verdict",
                    value: "none"
                )
            ]
        var likeTerms = terms ?? SearchTerms()
        likeTerms.like = [token]
        let like = linkButton(
            context.text("이와 비슷한", "Like this"),
            Ways.part(search.id, "search", query: likeTerms.query),
            style: .quiet
        )
        return form(
            action: Ways.sighting(search.id, token).file("mark"),
            context: context
        ) { "\(back)\(buttonRow(buttons + [like]))" }
    }
}
