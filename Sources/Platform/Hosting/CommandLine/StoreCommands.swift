import ArgumentParser
import Basics
import FoundationEssentials
import Logging
import Store

/// Runs an administrator's verb in the running server, or on the store where none runs.
private func perform(
    _ verb: StoreWork.Verb,
    argument: String = "",
    options: SettingOptions,
    language: Language
) async throws {
    let settings = try await options.load()
    var result = try AdminClient.ask(verb, argument: argument, folder: settings["data"])
    if result == nil {
        let store = try await HostingCommands.composition().openStore(
            settings: settings,
            time: .system,
            logger: .silent
        )
        result = await StoreWork(store: store).answer(verb, argument: argument)
        try await store.close()
    }
    guard let result else { return }
    switch result.status {
    case 0: Terminal.write(result.message[language] + "\n")
    case 1:
        Terminal.write(result.message[language] + "\n")
        throw CommandOutcome.doneWithFaults
    default: throw CommandOutcome.refused(result.message)
    }
}

extension Logger {
    /// A log that nobody reads, for commands whose output is their answer.
    static let silent = Logger(label: "haechi") { _ in SwiftLogNoOpLogHandler() }
}

/// `haechi backup`: a copy of the store and its blobs, while the server runs.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the store and its blobs into a new folder."
    )

    @Argument(help: "The folder to make.")
    var folder: String

    @OptionGroup var options: SettingOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let path = URL(filePath: folder).path
        try await perform(.backup, argument: path, options: options, language: common.language)
    }
}

/// `haechi restore`: a backup into an empty place.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Restore a backup into an empty data folder or database."
    )

    @Argument(help: "The folder of the backup.")
    var folder: String

    @OptionGroup var options: SettingOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let settings = try await options.load()
        let composition = try HostingCommands.composition()
        try composition.makeFolder(settings["data"])
        let store = try await Store.restore(
            from: folder,
            into: composition.location(settings),
            blobFolder: "\(settings["data"])/blobs",
            migrations: composition.migrations,
            time: .system,
            logger: .silent
        )
        try await store.close()
        let text = Bilingual("복구했습니다: \(folder)", "Restored from \(folder)")
        Terminal.write(text[common.language] + "\n")
    }
}

/// `haechi check`: whether the store is sound.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the store: its file, its references, its blobs, its audit chain."
    )

    @OptionGroup var options: SettingOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await perform(.check, options: options, language: common.language)
    }
}

/// `haechi audit verify`: whether the audit chain is unbroken.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The audit chain.",
        subcommands: [Verify.self]
    )

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verify the hash chain and the Merkle root of every day."
        )

        @OptionGroup var options: SettingOptions
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await perform(.audit, options: options, language: common.language)
        }
    }
}
