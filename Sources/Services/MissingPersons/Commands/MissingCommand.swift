import ArgumentParser
import Basics
import Hosting

/// `haechi missing …`: what the police were given, checked without a server.
struct MissingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "missing",
        abstract: "Missing persons: verify the packet of a search.",
        subcommands: [VerifyPacketCommand.self]
    )
}

/// `haechi missing verify PACKET`: whether a packet is as it was given.
struct VerifyPacketCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Follow the hash chain of a packet and say whether anything was changed."
    )

    @Argument(help: "The packet, a ZIP file; - is standard input.")
    var packet: String

    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        let found: PacketVerification
        do {
            found = try PacketVerification(try CommandInput.bytes(packet))
        } catch let error as MissingError {
            throw CommandOutcome.refused(error.message)
        }
        switch format {
        case .json: try CommandOutput.json(found)
        case .text: Terminal.write(text(of: found))
        }
        if !found.isSound { throw CommandOutcome.doneWithFaults }
    }

    private func text(of found: PacketVerification) -> String {
        let head =
            found.isSound
            ? Bilingual(
                "\(found.number): 바뀌지 않았습니다(파일 \(found.fileCount)개).",
                "\(found.number): unchanged (\(found.fileCount) files)."
            )
            : Bilingual("\(found.number): 바뀌었습니다.", "\(found.number): changed.")
        let root = Bilingual(
            "확인값 \(found.root)\n사건의 ‘제공·종결’ 화면에 적힌 값과 같아야 합니다.",
            "Root \(found.root)\nIt has to be the one that the case names."
        )
        let faults = found.faults.map { "  – \($0)\n" }.joined()
        return "\(head[common.language])\n\(faults)\(root[common.language])\n"
    }
}
