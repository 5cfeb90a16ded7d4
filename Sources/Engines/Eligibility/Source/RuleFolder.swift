import Basics
import FoundationEssentials

/// The folder in which rules are kept: every `.yaml` file below it, in the order of their names.
public enum RuleFolder {
    /// The name of the folder the product looks for.
    public static let name = "Rules"

    /// Reads the files of a folder.
    ///
    /// - Throws: `EligibilityError` `unreadable` or `tooLarge`.
    public static func files(at path: String, limits: RuleLimits = .init()) throws -> [RuleFile] {
        let manager = FileManager.default
        guard let names = try? manager.subpathsOfDirectory(atPath: path) else {
            throw unreadable(path)
        }
        let rules = names.filter { $0.hasSuffix(".yaml") }.sorted()
        guard rules.count <= limits.maximumFileCount else {
            throw EligibilityError(
                .tooLarge,
                Bilingual(
                    "규칙 파일이 \(limits.maximumFileCount.grouped)개보다 많습니다.",
                    "There are more than \(limits.maximumFileCount.grouped) files of rules."
                )
            )
        }
        return try rules.map { name in
            guard let data = manager.contents(atPath: "\(path)/\(name)"),
                let text = String(validating: data, as: UTF8.self)
            else { throw unreadable("\(path)/\(name)") }
            return RuleFile(name: name, text: text)
        }
    }

    /// The nearest folder of rules at or above a place, so that a clean clone finds its own.
    public static func nearest(to path: String) -> String? {
        var place = URL(filePath: path).standardizedFileURL
        for _ in 0..<maximumStepCount {
            let candidate = place.appending(path: name).path
            if FileManager.default.fileExists(atPath: candidate + "/facts") { return candidate }
            let parent = place.deletingLastPathComponent()
            if parent.path == place.path { return nil }
            place = parent
        }
        return nil
    }

    private static let maximumStepCount = 64

    private static func unreadable(_ path: String) -> EligibilityError {
        EligibilityError(
            .unreadable,
            Bilingual("규칙을 읽을 수 없습니다: \(path)", "The rules cannot be read: \(path)"),
            context: path
        )
    }
}
