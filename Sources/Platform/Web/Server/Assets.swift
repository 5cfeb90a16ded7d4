/// A style sheet, script or picture compiled into the program, so that the program is one file.
public struct AssetFile: Sendable {
    /// The name under `/assets`: `map.js`.
    public var name: String
    /// Its media type.
    public var contentType: String
    /// Its content.
    public var bytes: [UInt8]

    /// Creates a file.
    public init(name: String, contentType: String, bytes: [UInt8]) {
        self.name = name
        self.contentType = contentType
        self.bytes = bytes
    }

    /// An ES module.
    public static func script(_ name: String, _ bytes: [UInt8]) -> AssetFile {
        AssetFile(name: name, contentType: "text/javascript; charset=utf-8", bytes: bytes)
    }

    /// A style sheet.
    public static func style(_ name: String, _ bytes: [UInt8]) -> AssetFile {
        AssetFile(name: name, contentType: "text/css; charset=utf-8", bytes: bytes)
    }

    static let icon = AssetFile(
        name: "haechi.svg",
        contentType: "image/svg+xml",
        bytes: PackageResources.haechi_svg
    )

    /// The files every page uses.
    static let house: [AssetFile] = [
        .style("haechi.css", PackageResources.haechi_css),
        .script("page.js", PackageResources.page_js),
        .script("forms.js", PackageResources.forms_js),
        .script("shortcuts.js", PackageResources.shortcuts_js),
        .script("map.js", PackageResources.map_js),
        icon,
    ]
}

/// The files of the house and of its rooms, with the version that is part of their addresses.
public struct AssetCollection: Sendable {
    let files: [String: AssetFile]
    /// Changes with the content, so browsers may keep the files.
    let version: String

    /// Collects the files; a room's file does not replace one of the house.
    public init(rooms: [AssetFile] = []) {
        let all = AssetFile.house + rooms
        files = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let tag = ContentEncoding.entityTag(
            files.sorted { $0.key < $1.key }.flatMap(\.value.bytes)
        )
        version = String(tag.filter { $0.isLetter || $0.isNumber })
    }
}

extension RouteTable {
    /// Adds the assets of the house and its rooms.
    public mutating func add(_ assets: AssetCollection) {
        file("/assets/{version}/{name}") { incoming in
            guard let file = assets.files[try incoming.pathParameter("name")] else {
                throw Problem.notFound
            }
            // An address of another version still answers, but is not to be kept.
            let isCurrent = try incoming.pathParameter("version") == assets.version
            return Outgoing(
                contentType: file.contentType,
                body: .bytes(file.bytes),
                cache: isCurrent ? .immutable : .revalidate
            )
        }
        file("/favicon.ico") { _ in
            Outgoing(
                contentType: AssetFile.icon.contentType,
                body: .bytes(AssetFile.icon.bytes)
            )
        }
    }
}
