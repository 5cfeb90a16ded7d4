public import ArgumentParser
import Basics
import FoundationEssentials
import Identity
import Logging
public import Store
import Synchronization
import Web

/// The verbs of the house itself.
public enum HostingCommands {
    private static let held = Mutex<CityComposition?>(nil)

    /// The rooms the verbs work on; the program sets them before it runs a command.
    public static func use(_ composition: CityComposition) {
        held.withLock { $0 = composition }
    }

    static func composition() throws -> CityComposition {
        guard let composition = held.withLock({ $0 }) else {
            throw CommandOutcome.refused(
                Bilingual("구성된 서비스가 없습니다.", "No service is composed.")
            )
        }
        return composition
    }

    /// Every verb.
    public static let all: [any ParsableCommand.Type] = [
        ServeCommand.self, ConfigCommand.self, BackupCommand.self, RestoreCommand.self,
        CheckCommand.self, AuditCommand.self, OpenAPICommand.self,
    ]
}

/// Where the settings of a command come from.
public struct SettingOptions: ParsableArguments {
    @Option(help: "The folder of the city's data.")
    var data: String?

    @Option(help: "A PostgreSQL URL; SQLite in the data folder where not given.")
    var database: String?

    @Option(help: "A JSON file with settings.")
    var config: String?

    /// Creates the options as nobody gave them.
    public init() {}

    func load(more: [String: String] = [:]) async throws -> Settings {
        var flags = more
        if let data { flags["data"] = data }
        if let database { flags["database"] = database }
        return try await Settings.load(
            flags: flags,
            environment: ProcessInfo.processInfo.environment,
            file: config
        )
    }

    /// Opens the store of the settings for a verb that no server may run beside.
    ///
    /// - Parameter body: What is done with the store, which is closed afterwards.
    /// - Returns: What the body returns.
    /// - Throws: `CommandOutcome.refused` where a server runs on the data folder; `StoreError`; what
    ///   the body throws.
    public func withStore<Result>(
        _ body: (Store) async throws -> Result
    ) async throws -> Result {
        let settings = try await load()
        guard !AdminClient.isServerRunning(on: settings["data"]) else {
            throw CommandOutcome.refused(
                Bilingual(
                    "서버가 \(settings["data"])에서 돌고 있습니다. 서버를 멈춘 뒤 다시 실행해 주세요.",
                    "A server is running on \(settings["data"]). Stop it, then run this again."
                )
            )
        }
        let store = try await HostingCommands.composition().openStore(
            settings: settings,
            time: .system,
            logger: .silent
        )
        do {
            let result = try await body(store)
            try await store.close()
            return result
        } catch {
            try? await store.close()
            throw error
        }
    }
}

/// `haechi serve`: runs the city.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the city."
    )

    @OptionGroup var options: SettingOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "The address to listen on.")
    var host: String?

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port: Int?

    @Flag(help: "Fill an empty store with the sample city.")
    var sample = false

    func run() async throws {
        var flags: [String: String] = [:]
        if let host { flags["host"] = host }
        if let port { flags["port"] = String(port) }
        let settings = try await options.load(more: flags)
        let logger = try Self.logger(settings)
        let language = common.language
        let city = try await HostingCommands.composition().open(
            settings: settings,
            wantsSample: sample,
            time: .system,
            logger: logger
        )
        if let administrator = try await city.firstAdministrator() {
            let text = Bilingual(
                "첫 관리자: \(administrator.loginName) / 한 번 쓰는 비밀번호: \(administrator.oneTimePassword)",
                "First administrator: \(administrator.loginName) / one-time password: "
                    + administrator.oneTimePassword
            )
            Terminal.write(text[language] + "\n")
        }
        let host = settings["host"]
        do {
            try await city.run { port in
                Terminal.write("haechi: http://\(host):\(port)\n")
            }
        } catch {
            throw Self.explained(error, settings)
        }
    }

    private static func logger(_ settings: Settings) throws -> Logger {
        guard let level = Logger.Level(rawValue: settings["logLevel"]) else {
            throw SettingsError(
                message: Bilingual(
                    "logLevel은 trace, debug, info, notice, warning, error, critical 가운데 하나입니다.",
                    "logLevel is one of trace, debug, info, notice, warning, error, critical."
                ),
                context: settings["logLevel"]
            )
        }
        var logger = Logger(label: "haechi") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }

    /// A port that is taken is the commonest reason why a server does not start.
    private static func explained(_ error: any Error, _ settings: Settings) -> any Error {
        let text = String(describing: error)
        guard text.contains("EADDRINUSE") || text.contains("Address already in use") else {
            return error
        }
        let place = "\(settings["host"]):\(settings["port"])"
        return CommandOutcome.refused(
            Bilingual(
                "다른 프로그램이 \(place)를 쓰고 있습니다. --port로 다른 포트를 주세요.",
                "Another program listens on \(place). Choose another with --port."
            )
        )
    }
}

/// `haechi config`: the settings in force and where they came from.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Print the settings in force and where they came from."
    )

    @OptionGroup var options: SettingOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        let settings = try await options.load()
        switch format {
        case .text:
            for entry in settings.inForce {
                let value = entry.value.isEmpty ? "–" : entry.value
                Terminal.write(
                    "\(entry.setting.name) = \(value)  [\(entry.origin.rawValue)] "
                        + "\(entry.setting.environmentName): \(entry.setting.note[common.language])\n"
                )
            }
        case .json:
            struct Entry: Encodable {
                var name: String
                var value: String
                var origin: String
                var environmentName: String
            }
            let entries = settings.inForce.map {
                Entry(
                    name: $0.setting.name,
                    value: $0.value,
                    origin: $0.origin.rawValue,
                    environmentName: $0.setting.environmentName
                )
            }
            try CommandOutput.json(entries)
        }
    }
}

/// `haechi openapi`: the description of every endpoint.
struct OpenAPICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the OpenAPI 3.1 document of every endpoint."
    )

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "haechi-openapi-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = try await Settings.load(
            flags: ["data": folder.path],
            environment: [:],
            file: nil
        )
        let city = try await HostingCommands.composition().open(
            settings: settings,
            wantsSample: false,
            time: .system,
            logger: .silent
        )
        Terminal.write(try OpenAPIDocument(city.routes).json())
        try await city.platform.store.close()
    }
}

/// Output for programs.
public enum CommandOutput {
    /// Writes a value as JSON with sorted keys.
    public static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        Terminal.write(Array(try encoder.encode(value)) + [0x0A])
    }
}
