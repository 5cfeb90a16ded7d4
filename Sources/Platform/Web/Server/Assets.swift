/// The house's own style sheet and scripts, compiled in, so that the program is one file.
enum Assets {
    /// A file of the house.
    struct File: Sendable {
        var contentType: String
        var bytes: [UInt8]
    }

    /// The files by name.
    static let files: [String: File] = [
        "haechi.css": File(
            contentType: "text/css; charset=utf-8",
            bytes: PackageResources.haechi_css
        ),
        "page.js": script(PackageResources.page_js),
        "forms.js": script(PackageResources.forms_js),
        "shortcuts.js": script(PackageResources.shortcuts_js),
        "talk.js": script(PackageResources.talk_js),
        "haechi.svg": File(contentType: "image/svg+xml", bytes: PackageResources.haechi_svg),
    ]

    private static func script(_ bytes: [UInt8]) -> File {
        File(contentType: "text/javascript; charset=utf-8", bytes: bytes)
    }

    /// Part of every asset's address: it changes with the content, so browsers may keep the files.
    static let version: String = {
        let all = files.sorted { $0.key < $1.key }.flatMap(\.value.bytes)
        let tag = ContentEncoding.entityTag(all)
        return String(tag.filter { $0.isLetter || $0.isNumber })
    }()
}

extension RouteTable {
    /// Adds the house's own assets.
    public mutating func addAssets() {
        file("/assets/{version}/{name}") { incoming in
            guard let file = Assets.files[try incoming.pathParameter("name")] else {
                throw Problem.notFound
            }
            // An address of another version still answers, but is not to be kept.
            let isCurrent = try incoming.pathParameter("version") == Assets.version
            return Outgoing(
                contentType: file.contentType,
                body: .bytes(file.bytes),
                cache: isCurrent ? .immutable : .revalidate
            )
        }
        file("/favicon.ico") { _ in
            Outgoing(
                contentType: "image/svg+xml",
                body: .bytes(Assets.files["haechi.svg"]?.bytes ?? [])
            )
        }
    }
}
