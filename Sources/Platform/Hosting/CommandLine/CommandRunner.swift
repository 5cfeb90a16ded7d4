public import ArgumentParser
import Basics

/// Runs a command and turns how it ended into the exit status: 0 done, 1 done with faults in the
/// input, 2 could not be done.
public enum CommandRunner {
    /// Runs the command that the arguments name.
    public static func run(
        _ root: any AsyncParsableCommand.Type,
        arguments: [String]
    ) async -> Int32 {
        do {
            var command = try root.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error, root: root, language: language(in: arguments))
        }
    }

    private static func report(
        _ error: any Error,
        root: any AsyncParsableCommand.Type,
        language: Language
    ) -> Int32 {
        switch error {
        case CommandOutcome.doneWithFaults:
            return 1
        case CommandOutcome.refused(let message):
            Terminal.complain("haechi: \(message[language])")
            return 2
        case let error as any ExplainedError:
            let context = error.context.isEmpty ? "" : " [\(error.context)]"
            Terminal.complain("haechi: \(error.message[language])\(context)")
            return 2
        default:
            let text = root.fullMessage(for: error)
            if root.exitCode(for: error) == .success {
                Terminal.write(text + "\n")
                return 0
            }
            Terminal.complain(text)
            return 2
        }
    }

    /// The language asked for, also where the arguments as a whole could not be parsed.
    private static func language(in arguments: [String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--lang", index + 1 < arguments.count {
                return Language(rawValue: arguments[index + 1]) ?? Terminal.localeLanguage
            }
            if argument.hasPrefix("--lang="),
                let language = Language(rawValue: String(argument.dropFirst(7)))
            {
                return language
            }
        }
        return Terminal.localeLanguage
    }
}
