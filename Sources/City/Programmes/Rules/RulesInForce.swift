public import Basics
public import Eligibility
import FoundationEssentials
public import Hosting
import Logging
import Synchronization

/// The rules the city judges by, read once: the folder of the setting `rules`, or the nearest `Rules`.
///
/// Rules that are missing or faulty stop no server: there are then no programmes, pages say why, and
/// the log has every fault.
public final class RulesInForce: Sendable {
    /// The folder; nil where there is none.
    public let folder: String?
    /// The rules; without programmes where they cannot be used.
    public let compiled: CompiledCatalogue
    /// What the check of the folder found; nil where it could not be read.
    public let report: RuleReport?
    /// Why there are no rules; nil where they can be used.
    public let failure: Bilingual?

    private let places: [String: Int]
    private let slices = Mutex<[ProgrammeCollection: CompiledCatalogue]>([:])

    /// The rules of a city; read where nobody asked before.
    public static func of(_ platform: Platform) -> RulesInForce {
        platform.shared.value(RulesInForce.self) {
            let set = platform.settings["rules"]
            let here = FileManager.default.currentDirectoryPath
            let rules = RulesInForce(folder: set.isEmpty ? RuleFolder.nearest(to: here) : set)
            rules.tell(platform.logger)
            return rules
        }
    }

    /// Reads a folder.
    init(folder: String?) {
        self.folder = folder
        let read = Self.read(folder)
        compiled = read.compiled
        report = read.report
        failure = read.failure
        places = Dictionary(
            compiled.catalogue.programmes.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The rules as they are written.
    public var catalogue: RuleCatalogue { compiled.catalogue }

    /// A programme by its name.
    public func programme(_ name: String) -> Programme? {
        places[name].map { catalogue.programmes[$0] }
    }

    /// The rules of one portal's programmes alone, so that nobody is asked for the others'.
    public func slice(_ collection: ProgrammeCollection) -> CompiledCatalogue {
        if collection.tags.isEmpty { return compiled }
        if let known = slices.withLock({ $0[collection] }) { return known }
        let made = CompiledCatalogue(catalogue.only(collection.contains))
        return slices.withLock { slices in
            let slice = slices[collection] ?? made
            slices[collection] = slice
            return slice
        }
    }

    // MARK: Reading

    private struct Reading: Sendable {
        var files: [RuleFile] = []
        var compiled: CompiledCatalogue
        var report: RuleReport?
        var failure: Bilingual?
    }

    /// What was read last in this process: cities opened one after another share it.
    private static let latest = Mutex<Reading?>(nil)

    private static func read(_ folder: String?) -> Reading {
        guard let folder else {
            return unusable(
                Bilingual(
                    "지원사업 규칙 폴더(Rules)를 찾지 못했습니다. 설정 rules를 확인해 주세요.",
                    "There is no folder of rules (Rules). Check the setting rules."
                )
            )
        }
        do {
            let files = try RuleFolder.files(at: folder)
            if let known = latest.withLock({ $0 }), known.files == files { return known }
            let (catalogue, report) = RuleCatalogue.read(files)
            guard let catalogue else {
                let count = report.faults.count { $0.severity == .error }
                return unusable(
                    Bilingual(
                        "지원사업 규칙에 오류가 \(count)건 있어 쓸 수 없습니다.",
                        "The rules have \(count) errors and cannot be used."
                    ),
                    report
                )
            }
            let reading = Reading(
                files: files,
                compiled: CompiledCatalogue(catalogue),
                report: report
            )
            latest.withLock { $0 = reading }
            return reading
        } catch let error as EligibilityError {
            return unusable(error.message)
        } catch {
            return unusable(
                Bilingual("규칙을 읽을 수 없습니다.", "The rules cannot be read.")
            )
        }
    }

    private static func unusable(_ failure: Bilingual, _ report: RuleReport? = nil) -> Reading {
        let (empty, _) = RuleCatalogue.read([])
        guard let empty else { preconditionFailure("rules without a file have no fault") }
        return Reading(compiled: CompiledCatalogue(empty), report: report, failure: failure)
    }

    private func tell(_ logger: Logger) {
        if let failure {
            logger.error("no rules", metadata: ["why": "\(failure.english)"])
        }
        for fault in report?.faults.prefix(Self.maximumLoggedFaultCount) ?? [] {
            logger.warning("\(fault.text(.english))")
        }
    }

    /// The most faults that the log takes; the page of the rules has all of them.
    private static let maximumLoggedFaultCount = 20
}
