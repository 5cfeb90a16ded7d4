import ArgumentParser
import Hosting

/// `haechi assistant …`: the assistant's work on files, without a server.
struct AssistantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assistant",
        abstract: "The staff assistant: ask, import documents, evaluate its answers.",
        subcommands: [
            AskCommand.self, ImportCommand.self, EvaluateCommand.self,
            EvaluateArticlesCommand.self,
        ]
    )
}
