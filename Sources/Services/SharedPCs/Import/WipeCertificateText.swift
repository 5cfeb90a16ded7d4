import Basics

/// Reads the text of the PDF certificate that newer versions of nwipe write, a disk a page.
///
/// Its fields are `Name: value`, two on a line at times; they are looked for by their names.
enum WipeCertificateText {
    private static let names = [
        "Make/model:", "Serial:", "Bus:", "Size(Apparent):", "Size(Real):", "Start time:",
        "End time:", "Duration:", "Status:", "Method:", "PRNG algorithm:", "Final Pass(",
        "Verify Pass(", "*Bytes Erased:", "Rounds(", "HPA/DCO:", "HPA/DCO Size:",
        "Errors(pass/sync/verify):", "Throughput:", "Information:",
    ]

    /// The run of a certificate, or nothing where it is none.
    static func read(_ text: String) -> WipeRun? {
        guard text.contains("Disk Erasure"), let serial = field("Serial:", in: text) else {
            return nil
        }
        var run = WipeRun(tool: "nwipe")
        var disk = WipedDisk(device: "")
        disk.serial = WipeLogReader.serial(serial)
        disk.model = field("Make/model:", in: text).map { WipeLogReader.value($0) } ?? ""
        disk.capacityByteCount = bytes(field("Size(Real):", in: text))
        disk.status =
            switch field("Status:", in: text)?.trimming().uppercased() {
            case "ERASED": .erased
            case "ABORTED", "UABORTED": .aborted
            case nil, "": .notTold
            default: .failed
            }
        run.method = field("Method:", in: text).map { WipeLogReader.value($0) } ?? ""
        run.startedAt = field("Start time:", in: text).flatMap { WipeLogReader.instant($0) }
        run.finishedAt = field("End time:", in: text).flatMap { WipeLogReader.instant($0) }
        if let errors = field("Errors(pass/sync/verify):", in: text) {
            disk.errorCount = errors.split(separator: "/").compactMap { Int($0.trimming()) }
                .reduce(0, +)
        }
        let verified = field("Verify Pass(", in: text).map(afterBracket) ?? ""
        run.verification =
            switch verified.uppercased() {
            case let word where word.hasPrefix("ALL"): .allPasses
            case let word where word.hasPrefix("LAST"): .lastPass
            case let word where word.hasPrefix("NONE"): .off
            default: .unknown
            }
        // A certificate without the end of the wipe is a page torn off.
        run.isWhole = run.finishedAt != nil
        run.disks = [disk]
        return run
    }

    /// What follows a name, up to the next name or the end of the line.
    private static func field(_ name: String, in text: String) -> Substring? {
        guard let mark = text.firstRange(of: name) else { return nil }
        let line = text[mark.upperBound...].prefix { !$0.isNewline }
        let ends = names.compactMap { line.firstRange(of: $0)?.lowerBound }
        return line[..<(ends.min() ?? line.endIndex)]
    }

    private static func afterBracket(_ text: Substring) -> String {
        text.firstRange(of: "):").map { text[$0.upperBound...].trimming() } ?? ""
    }

    /// `160.0 GB (160041885696 bytes)`: what stands before `bytes`.
    private static func bytes(_ text: Substring?) -> Int64? {
        guard let text, let mark = text.firstRange(of: " bytes") else { return nil }
        return Int64(String(text[..<mark.lowerBound].reversed().prefix { $0.isNumber }.reversed()))
    }
}
