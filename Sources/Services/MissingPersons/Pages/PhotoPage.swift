import Basics
import Vision
import Web

/// Where in a photo the person stands: one of the suggested boxes, or four numbers.
struct PhotoPage: Sendable {
    let search: SearchCase
    let photo: CasePhoto
    let look: PhotoLook?
    /// The people a model found in the photo, from left to right.
    var people: [BoundingBox] = []
    var form: FormFields?
    var refusal: Bilingual?

    /// The parts of a photo that are suggested, as shares of its width and height.
    static let suggestions: [(name: String, title: Bilingual, box: BoundingBox)] = [
        ("whole", Bilingual("사진 전체", "All of it"), box(0, 1)),
        ("middle", Bilingual("가운데", "The middle"), box(0.25, 0.5)),
        ("left", Bilingual("왼쪽", "The left third"), box(0, 0.34)),
        ("right", Bilingual("오른쪽", "The right third"), box(0.66, 0.34)),
        (
            "second", Bilingual("다섯 가운데 왼쪽에서 두 번째", "The second of five from the left"),
            box(0.2, 0.2)
        ),
        (
            "fourth", Bilingual("다섯 가운데 왼쪽에서 네 번째", "The fourth of five from the left"),
            box(0.6, 0.2)
        ),
    ]

    private static func box(_ left: Double, _ width: Double) -> BoundingBox {
        BoundingBox(x: left, y: 0, width: width, height: 1)
    }

    func page(in context: PageContext) -> Page {
        let source = Ways.photo(search.id, photo.number).file("picture")
        let title = context.text("사진 \(photo.number)", "Photo \(photo.number)")
        return Page(
            title: title,
            breadcrumbs: Ways.crumbs(search, context: context),
            lead: """
                \(context.text(
                    "사람이 여럿이면 찾는 사람 하나만 골라 주세요. 머리부터 발까지 들어오면 가장 좋습니다.",
                    "Where there are several people, choose the one. From head to foot is best."))
                """,
            main: """
                <div class="crop" data-crop data-width="\(photo.width)" data-height="\(photo.height)">\
                <img src="\(source)" width="\(photo.width)" height="\(photo.height)" alt="\(title)">\
                \(numbers)</div>\(chosen(context))\(chooser(context))\(removal(context))
                """,
            notification: refusalBanner(refusal, context),
            density: .operator,
            hasErrors: refusal != nil,
            scripts: ["missing.js"],
            styles: ["missing.css"]
        )
    }

    /// What is chosen at first: a photo is taken of who is largest in it.
    private var likeliest: String {
        people.max { $0.area < $1.area }.map(Self.name) ?? "whole"
    }

    /// The found people over the photo, each with the number that the form names.
    private var numbers: HTML {
        guard !people.isEmpty else { return .empty }
        let size = max(12, photo.height / 24)
        return """
            <svg class="croppeople" viewBox="0 0 \(photo.width) \(photo.height)" aria-hidden="true">\
            \(HTML(each: people.enumerated()) { number, box in
                """
                <rect x="\(Int(box.x))" y="\(Int(box.y))" width="\(Int(box.width))" \
                height="\(Int(box.height))"/><text x="\(Int(box.x) + size / 4)" \
                y="\(Int(box.y) + size)" font-size="\(size)">\(number + 1)</text>
                """
            })</svg>
            """
    }

    private func chosen(_ context: PageContext) -> HTML {
        guard let look else { return .empty }
        return summaryList(
            SummaryList([
                .init(context.text("상의", "Upper"), "\(look.upper.title[context.language])"),
                .init(context.text("하의", "Lower"), "\(look.lower.title[context.language])"),
            ]),
            in: context
        )
    }

    private func chooser(_ context: PageContext) -> HTML {
        let box = look?.box
        let numbers: [(String, Bilingual, Double)] = [
            ("x", Bilingual("왼쪽에서(픽셀)", "From the left (pixels)"), box?.x ?? 0),
            ("y", Bilingual("위에서(픽셀)", "From the top (pixels)"), box?.y ?? 0),
            ("width", Bilingual("너비(픽셀)", "Width (pixels)"), box?.width ?? Double(photo.width)),
            ("height", Bilingual("높이(픽셀)", "Height (pixels)"), box?.height ?? Double(photo.height)),
        ]
        let part = FormField(
            name: "part",
            label: context.text("어디에 있습니까?", "Where do they stand?"),
            control: .radios(
                people.enumerated().map { number, box in
                    .init(
                        value: Self.name(of: box),
                        label: context.text("사람 \(number + 1)", "Person \(number + 1)"),
                        hint: number == 0
                            ? context.text("왼쪽부터 번호를 붙였습니다.", "Numbered from the left.") : nil
                    )
                }
                    + Self.suggestions.map {
                        .init(value: $0.name, label: $0.title[context.language])
                    }
                    + [
                        .init(
                            value: "numbers",
                            label: context.text("아래 숫자로", "As the numbers below say")
                        )
                    ]
            ),
            isRequired: true,
            values: [
                form?["part"] ?? (look == nil ? likeliest : "numbers")
            ]
        )
        let fields = numbers.map { name, title, value in
            FormField(
                name: name,
                label: title[context.language],
                control: .text(.number),
                isRequired: true,
                values: [form?[name] ?? String(Int(value))],
                autocomplete: "off",
                maximumLength: 6
            )
        }
        return Web.form(
            action: Ways.photo(search.id, photo.number),
            context: context,
            more: ["data-crop-form": ""]
        ) {
            """
            \(formField(part, in: context))<div class="entry even">\(HTML(each: fields) {
                formField($0, in: context) })</div>\
            \(buttonRow([button(context.text("이 사람으로 찾기", "Use this person"))]))
            """
        }
    }

    private func removal(_ context: PageContext) -> HTML {
        Web.form(
            action: Ways.photo(search.id, photo.number).file("remove"),
            context: context
        ) {
            buttonRow([button(context.text("사진 지우기", "Remove the photo"), style: .warning)])
        }
    }

    /// The box that a form says, in pixels of the photo.
    static func box(_ form: FormFields, width: Int, height: Int) throws -> BoundingBox {
        let (across, down) = (Double(width), Double(height))
        if let part = suggestions.first(where: { $0.name == form["part"] }) {
            return BoundingBox(
                x: part.box.x * across,
                y: part.box.y * down,
                width: part.box.width * across,
                height: part.box.height * down
            )
        }
        let found = named(form["part"]) ?? typed(form)
        guard found.count == 4, found[0] >= 0, found[1] >= 0, found[2] > 0, found[3] > 0,
            found[0] < across, found[1] < down
        else {
            throw MissingError.badInput(
                "상자는 사진 안의 숫자 네 개로 적어 주세요.",
                "Give four numbers that lie inside the photo."
            )
        }
        return BoundingBox(
            x: found[0],
            y: found[1],
            width: min(found[2], across - found[0]),
            height: min(found[3], down - found[1])
        )
    }

    private static let personPrefix = "person:"

    /// A found person as a value of the form: the four numbers themselves, so that nothing has to be
    /// found again.
    private static func name(of box: BoundingBox) -> String {
        let numbers = [box.x, box.y, box.width.rounded(.up), box.height.rounded(.up)]
        return personPrefix + numbers.map { String(Int($0)) }.joined(separator: ",")
    }

    /// The numbers of a found person; nothing where something else was chosen.
    private static func named(_ part: String?) -> [Double]? {
        guard let part, part.hasPrefix(personPrefix) else { return nil }
        return part.dropFirst(personPrefix.count).split(
            separator: ",",
            omittingEmptySubsequences: false
        )
        .compactMap { Int($0) }.map { Double($0) }
    }

    /// The numbers that were typed or drawn.
    private static func typed(_ form: FormFields) -> [Double] {
        ["x", "y", "width", "height"].compactMap { form.text($0).flatMap { Int($0) } }
            .map { Double($0) }
    }
}
