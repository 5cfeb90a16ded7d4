/// What a part of an office document says of another part (ISO/IEC 29500-2, 6.5).
public struct PartRelationship: Sendable, Hashable {
    /// The identifier by which the part's XML names the relationship.
    public let identifier: String
    /// The last step of the relationship's type, the same in the transitional and strict forms.
    public let kind: String
    /// The name of the other part, resolved; an address where it lies outside of the archive.
    public let target: String
    /// Whether the target lies outside of the archive; nothing here ever fetches it.
    public let isExternal: Bool
}

extension ZipArchive {
    /// The relationships of a part; of the package itself where the name is empty.
    ///
    /// - Throws: `PackagingError` where their XML or the archive is damaged.
    public func relationships(of part: String) throws -> [PartRelationship] {
        let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
        let name = "\(folder)_rels/\(part.dropFirst(folder.count)).rels"
        guard let source = try metadata(name) else { return [] }
        let scanner = XMLScanner(source, context: name)
        var result: [PartRelationship] = []
        while case let token = try scanner.next(), token != .finish {
            guard token == .start, scanner.isNamed("Relationship"),
                let identifier = try scanner.attribute("Id"),
                let type = try scanner.attribute("Type"),
                let target = try scanner.attribute("Target")
            else { continue }
            let isExternal = try scanner.attribute("TargetMode") == "External"
            result.append(
                PartRelationship(
                    identifier: identifier,
                    kind: String(type[(type.lastIndex(of: "/") ?? type.startIndex)...].dropFirst()),
                    target: isExternal ? target : Self.resolve(target, in: folder),
                    isExternal: isExternal
                )
            )
        }
        return result
    }

    private static func resolve(_ target: String, in folder: String) -> String {
        var steps: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}
