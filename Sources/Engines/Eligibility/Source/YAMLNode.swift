import Basics
import Yams

/// A YAML node with its place: everything the reader of rules wants to know of YAML.
///
/// Scalars stay as they were written, so that `no`, `1e3` or `2026-01-01` mean what their fact's type
/// says and nothing else.
struct YAMLNode {
    struct Entry {
        var key: String
        var position: RulePosition
        var value: YAMLNode
    }

    enum Content {
        case scalar(String)
        case list([YAMLNode])
        case map([Entry])
    }

    var position: RulePosition
    var content: Content

    /// The text, where the node is one.
    var scalar: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    /// Whether the node is empty: nothing was written after the key.
    var isEmpty: Bool { scalar?.isEmpty ?? false }
}

extension YAMLNode {
    /// What keeps a text from being read as a node.
    struct Failure: Error {
        var code: RuleFault.Code
        var message: Bilingual
        var position: RulePosition
    }

    /// Reads the one document of a text; nil where there is none.
    static func read(_ file: RuleFile, limits: RuleLimits) throws(Failure) -> YAMLNode? {
        let start = RulePosition(file: file.name, line: 1, column: 1)
        guard file.text.utf8.count <= limits.maximumFileByteCount else {
            throw Failure(
                code: .tooLarge,
                message: Bilingual(
                    "파일이 \(limits.maximumFileByteCount.grouped)바이트보다 큽니다.",
                    "The file is larger than \(limits.maximumFileByteCount.grouped) bytes."
                ),
                position: start
            )
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: file.text)
        } catch {
            throw failure(error, in: file.name)
        }
        var conversion = YAMLConversion(file: file.name, limits: limits)
        return try root.map { node throws(Failure) in
            try conversion.node(node, depth: 0, near: start)
        }
    }

    private static func failure(_ error: any Error, in file: String) -> Failure {
        var position = RulePosition(file: file, line: 1, column: 1)
        var reason = "\(error)"
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (position.line, position.column, reason) = (mark.line, mark.column, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            (position.line, position.column) = (context.mark.line, context.mark.column)
            let keys = duplicates.joined(separator: ", ")
            return Failure(
                code: .duplicateName,
                message: Bilingual(
                    "같은 이름이 두 번 적혀 있습니다: \(keys)",
                    "A key is written twice: \(keys)"
                ),
                position: position
            )
        case .reader(let problem, _, _, _):
            reason = problem
        default:
            break
        }
        return Failure(
            code: .unreadable,
            message: Bilingual(
                "YAML로 읽을 수 없습니다. 들여쓰기와 ‘이름: 값’ 표기를 확인해 주세요. (\(reason))",
                "This is not YAML. Check the indentation and “name: value”. (\(reason))"
            ),
            position: position
        )
    }
}

/// Turns the parser's nodes into ours, within the limits.
private struct YAMLConversion {
    let file: String
    let limits: RuleLimits
    var nodeCount = 0

    mutating func node(
        _ node: Node,
        depth: Int,
        near: RulePosition
    ) throws(YAMLNode.Failure) -> YAMLNode {
        let position =
            node.mark.map { RulePosition(file: file, line: $0.line, column: $0.column) } ?? near
        nodeCount += 1
        guard nodeCount <= limits.maximumNodeCount, depth <= limits.maximumDepth else {
            throw YAMLNode.Failure(
                code: .tooLarge,
                message: Bilingual(
                    "값이 너무 많거나(\(limits.maximumNodeCount.grouped)개까지) 너무 깊습니다"
                        + "(\(limits.maximumDepth)단계까지).",
                    "There are too many values (up to \(limits.maximumNodeCount.grouped)) "
                        + "or they nest too deeply (up to \(limits.maximumDepth) levels)."
                ),
                position: position
            )
        }
        switch node {
        case .scalar(let scalar):
            return YAMLNode(position: position, content: .scalar(scalar.string))
        case .sequence(let sequence):
            var items: [YAMLNode] = []
            for item in sequence {
                items.append(try self.node(item, depth: depth + 1, near: position))
            }
            return YAMLNode(position: position, content: .list(items))
        case .mapping(let mapping):
            var entries: [YAMLNode.Entry] = []
            for (key, value) in mapping {
                let name = try self.node(key, depth: depth + 1, near: position)
                guard let text = name.scalar else { throw notText(name.position) }
                let content = try self.node(value, depth: depth + 1, near: name.position)
                entries.append(.init(key: text, position: name.position, value: content))
            }
            return YAMLNode(position: position, content: .map(entries))
        case .alias:
            throw notText(position)
        }
    }

    private func notText(_ position: RulePosition) -> YAMLNode.Failure {
        YAMLNode.Failure(
            code: .wrongShape,
            message: Bilingual("이름은 글자여야 합니다.", "A key must be a text."),
            position: position
        )
    }
}
