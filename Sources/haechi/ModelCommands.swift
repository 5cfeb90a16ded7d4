import ArgumentParser
import Basics
import FoundationEssentials
import Hosting
import Vision

/// Where models lie and where ONNX Runtime is.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of models; HAECHI_MODELS, else .data/models, where not given.",
            valueName: "folder"
        )
    )
    var models: String?

    @Option(
        help:
            "The library of ONNX Runtime, or a folder with it; HAECHI_ONNXRUNTIME where not given."
    )
    var runtime: String?

    /// The folder of models.
    var folder: URL {
        let named = models ?? ProcessInfo.processInfo.environment["HAECHI_MODELS"]
        return URL(filePath: named ?? ".data/models")
    }

    /// ONNX Runtime, opened.
    func openRuntime() throws -> ModelRuntime {
        try ModelRuntime(path: runtime ?? ProcessInfo.processInfo.environment["HAECHI_ONNXRUNTIME"])
    }

    /// The models in the folder with their files, by name.
    var installed: [(model: KnownModel, file: String)] {
        ModelFolder(folder.path()).installed()
    }
}

/// `haechi models`: the models an administrator added; none is shipped.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "The models that cameras may use, told by their SHA-256.",
        subcommands: [Add.self, List.self, Remove.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a model file against the known ones and keep a copy of it."
        )

        @Argument(help: "The model, an ONNX file.")
        var file: String

        @OptionGroup var options: ModelOptions

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let bytes = try CommandInput.bytes(file)
            let model = try KnownModel(of: bytes)
            try FileManager.default.createDirectory(
                at: options.folder,
                withIntermediateDirectories: true
            )
            let kept = try CommandFile(
                options.folder.appending(path: "\(model.sha256.prefix(16)).onnx").path()
            )
            try kept.write(bytes)
            try kept.close()
            let line = Bilingual(
                "추가했습니다: \(model.name) (이용 조건: \(model.licence))",
                "Added: \(model.name) (terms: \(model.licence))"
            )
            Terminal.write(line[common.language] + "\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The models that were added, with their terms."
        )

        @OptionGroup var options: ModelOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let models = options.installed.map(\.model)
            if format == .json { return try CommandOutput.json(models) }
            for model in models {
                Terminal.write("\(model.sha256.prefix(16))\t\(model.name)\t\(model.licence)\n")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a model that was added.")

        @Argument(help: "The beginning of its SHA-256, as the list shows it.")
        var model: String

        @OptionGroup var options: ModelOptions

        func run() async throws {
            let found = options.installed.filter {
                model.count >= 8 && $0.model.sha256.hasPrefix(model.lowercased())
            }
            guard !found.isEmpty else {
                throw CommandOutcome.refused(
                    Bilingual("그런 모델이 없습니다: \(model)", "There is no such model: \(model)")
                )
            }
            for (_, file) in found { try FileManager.default.removeItem(atPath: file) }
        }
    }
}
