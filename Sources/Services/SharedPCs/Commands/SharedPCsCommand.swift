import ArgumentParser
import Basics
import Hosting

/// `haechi shared-pcs …`: the workshop's files, without a server.
struct SharedPCsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shared-pcs",
        abstract: "Shared PCs: read logs of wipes, verify certificates.",
        subcommands: [ReadWipeLogCommand.self, VerifyCertificateCommand.self]
    )
}

/// `haechi shared-pcs read-wipe-log`: what logs of nwipe prove of each disk.
struct ReadWipeLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read-wipe-log",
        abstract: "Read logs or certificate texts of nwipe and say which disks are proven wiped."
    )

    @Argument(help: "Logs; - is standard input.")
    var files: [String]

    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    private struct Reading: Encodable {
        struct DiskReading: Encodable {
            var device: String
            var model: String
            var serial: String
            var capacityBytes: Int64?
            var method: String
            var level: SanitizationLevel
            var verification: WipeRun.Verification
            var status: WipedDisk.Status
            var isProof: Bool
            var faults: [WipeFault]
            var startedAt: String?
            var finishedAt: String?
        }
        var file: String
        var sha256: String
        var tool: String
        var machineSerial: String
        var disks: [DiskReading]
    }

    func run() async throws {
        var readings: [Reading] = []
        for file in files {
            let bytes = try CommandInput.bytes(file)
            let digest = Digests.hexadecimal(of: bytes)
            let runs: [WipeRun]
            do {
                runs = try WipeLogReader.read(bytes)
            } catch let error as WipeLogRefusal {
                throw CommandOutcome.refused(
                    Bilingual(
                        "\(file): \(error.message.korean)",
                        "\(file): \(error.message.english)"
                    )
                )
            }
            readings += runs.map { reading(of: $0, file, digest) }
        }
        switch format {
        case .json: try CommandOutput.json(readings)
        case .text: for reading in readings { Terminal.write(text(of: reading)) }
        }
        let isProven = readings.allSatisfy { $0.disks.allSatisfy(\.isProof) }
        if !isProven { throw CommandOutcome.doneWithFaults }
    }

    private func reading(of run: WipeRun, _ file: String, _ digest: String) -> Reading {
        Reading(
            file: file,
            sha256: digest,
            tool: run.tool,
            machineSerial: run.machineSerial,
            disks: run.disks.map { disk in
                let faults = run.faults(of: disk)
                return Reading.DiskReading(
                    device: disk.device,
                    model: disk.model,
                    serial: disk.serial,
                    capacityBytes: disk.capacityByteCount,
                    method: run.methodName(of: disk),
                    level: SanitizationLevel(method: run.methodName(of: disk)),
                    verification: run.verification,
                    status: disk.status,
                    isProof: faults.isEmpty,
                    faults: faults,
                    startedAt: run.startedAt?.rfc3339,
                    finishedAt: run.finishedAt?.rfc3339
                )
            }
        )
    }

    private func text(of reading: Reading) -> String {
        let language = common.language
        var text = "\(reading.file)  \(reading.tool)  SHA-256 \(reading.sha256)\n"
        for disk in reading.disks {
            let word =
                disk.isProof ? Bilingual("삭제 확인", "proven") : Bilingual("확인 안 됨", "not proven")
            text += "  \(disk.device)  \(disk.serial)  \(disk.model)  \(disk.method)  "
            text += "\(word[language])\n"
            for fault in disk.faults { text += "    – \(fault.title[language])\n" }
        }
        return text
    }
}

/// `haechi shared-pcs verify-certificate`: whether a certificate is as it was issued.
struct VerifyCertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-certificate",
        abstract: "Compute a certificate's checksum again and hold the log against it."
    )

    @Argument(help: "The certificate as a file; - is standard input.")
    var file: String

    @Option(help: "The log that the certificate is about.")
    var log: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let certificate: WipeCertificate
        switch WipeCertificate.read(try CommandInput.bytes(file)) {
        case .unreadable:
            throw CommandOutcome.refused(
                Bilingual("삭제확인서 파일이 아닙니다.", "This is no certificate of a wipe.")
            )
        case .changed(let changed, let stated):
            Terminal.write(
                Bilingual(
                    "\(changed["number"]): 내용이 바뀌었습니다. 적힌 값 \(stated), 계산한 값 \(changed.checksum)\n",
                    "\(changed["number"]): changed. It states \(stated), computed "
                        + "\(changed.checksum)\n"
                )[common.language]
            )
            throw CommandOutcome.doneWithFaults
        case .sound(let sound): certificate = sound
        }
        if let log { try hold(try CommandInput.bytes(log), against: certificate) }
        Terminal.write(
            Bilingual(
                "\(certificate["number"]): 바뀌지 않았습니다. 디스크 \(certificate["diskSerial"]), "
                    + "PC \(certificate["machineSerial"])\n발급 여부는 공개 확인 화면에서 번호와 확인값으로 볼 수 있습니다.\n",
                "\(certificate["number"]): unchanged. Disk \(certificate["diskSerial"]), machine "
                    + "\(certificate["machineSerial"])\nWhether it was issued is told by the public "
                    + "check of number and checksum.\n"
            )[common.language]
        )
    }

    private func hold(_ bytes: [UInt8], against certificate: WipeCertificate) throws {
        guard Digests.hexadecimal(of: bytes) == certificate["logSHA256"] else {
            Terminal.write(
                Bilingual("로그가 확인서의 로그가 아닙니다.\n", "The log is not that of the certificate.\n")[
                    common.language
                ]
            )
            throw CommandOutcome.doneWithFaults
        }
        let isProven = try WipeLogReader.read(bytes).contains { run in
            run.disks.contains {
                $0.serial == certificate["diskSerial"] && run.faults(of: $0).isEmpty
            }
        }
        guard isProven else {
            Terminal.write(
                Bilingual("로그에 그 디스크의 삭제가 없습니다.\n", "The log does not prove the wipe.\n")[
                    common.language
                ]
            )
            throw CommandOutcome.doneWithFaults
        }
    }
}
