import Basics

/// Logs of disks that do not exist, in the form that nwipe 0.33 writes.
struct SampleWipeLog: Sendable {
    /// What became of the disk.
    enum Ending: Sendable, Hashable {
        case erased
        case failed
        case aborted
        /// The log stops in the middle.
        case cutOff
    }

    var machineSerial: String
    var machineModel: String
    var diskModel: String
    var diskSerial: String
    var capacityByteCount: Int64
    var startedAt: Instant
    var ending = Ending.erased
    /// The method and what of it is read back; 0 is nothing, 1 the last pass.
    var method = "PRNG Stream"
    var verification = 1

    /// The log.
    var text: String {
        var lines = head
        guard ending != .cutOff else { return lines.joined(separator: "\n") + "\n" }
        lines += steps + tables
        return lines.joined(separator: "\n") + "\n"
    }

    private var finishedAt: Instant { startedAt.adding(seconds: 2_820) }

    private static func stamp(_ at: Instant) -> String {
        let (date, time) = (at.date, at.timeOfDay)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "[\(date.year)/\(two(date.month))/\(two(date.day)) "
            + "\(two(time.hour)):\(two(time.minute)):\(two(time.second))]"
    }

    private func line(_ level: String, _ message: String, at: Instant? = nil) -> String {
        let padding = String(repeating: " ", count: max(0, 8 - level.count))
        return "\(Self.stamp(at ?? startedAt))\(padding)\(level): \(message)"
    }

    private var head: [String] {
        let gigabytes = capacityByteCount / 1_000_000_000
        let verified = verification == 0 ? "0 (off)" : "1 (last pass)"
        return [
            line("info", "nwipe 0.33"),
            line(
                "notice",
                "Found /dev/sda, ATA, \(diskModel), \(gigabytes) GB, S/N=\(diskSerial)"
            ),
            line("notice", "system-manufacturer = SAMPLE"),
            line("notice", "system-product-name = \(machineModel)"),
            line("notice", "system-serial-number = \(machineSerial)"),
            line("notice", "Program options are set as follows..."),
            line("notice", "  banner   = nwipe 0.33"), line("notice", "  method   = \(method)"),
            line("notice", "  rounds   = 1"), line("notice", "  verify   = \(verified)"),
            line("notice", "/dev/sda has serial number \(diskSerial)"),
            line("notice", "/dev/sda, sect/blk/dev 512/4096/\(capacityByteCount)"),
            line("notice", "Invoking method '\(method)' on /dev/sda"),
            line("notice", "Starting round 1 of 1 on /dev/sda"),
            line("notice", "Starting pass 1/1, round 1/1, on /dev/sda"),
        ]
    }

    private var steps: [String] {
        switch ending {
        case .erased:
            [
                line("notice", "\(capacityByteCount) bytes written to /dev/sda", at: finishedAt),
                line("notice", "Finished pass 1/1, round 1/1, on /dev/sda", at: finishedAt),
                line("notice", "Finished final round 1 of 1 on /dev/sda", at: finishedAt),
            ]
        case .failed:
            [
                line("error", "Unable to write to '/dev/sda'.", at: finishedAt),
                line("fatal", "Finished pass with >>> FAILURE! <<< on /dev/sda", at: finishedAt),
            ]
        case .aborted, .cutOff: []
        }
    }

    private var tables: [String] {
        let (status, mark, errors, end) =
            switch ending {
            case .erased:
                (
                    " Erased ", " ", 0,
                    "Nwipe successfully completed. See summary table for details."
                )
            case .failed:
                (
                    "-FAILED-", "!", 1,
                    "Nwipe exited with errors, check the log & summary table for individual drive "
                        + "status."
                )
            case .aborted, .cutOff:
                (
                    "UABORTED", "!", 0,
                    "Nwipe was aborted by the user. Check the summary table for the drive status."
                )
            }
        let stars = String(repeating: "*", count: 80)
        let dashes = String(repeating: "-", count: 80)
        return [
            "", "******************************** Error Summary *********************************",
            "!   Device | Pass Errors | Verifications Errors | Fdatasync I\\O Errors", dashes,
            "       sda |           \(errors) |                    0 |                    0", stars,
            "", "********************************* Drive Status *********************************",
            "!   Device | Status | Thru-put | HH:MM:SS | Model/Serial Number", dashes,
            "\(mark)      sda |\(status)|  90 MB/s | 00:47:00 | \(diskModel)/\(diskSerial)", dashes,
            "\(Self.stamp(finishedAt)) Total Throughput  90 MB/s, \(method), 1R+NB+VL", stars, "",
            line("info", end, at: finishedAt),
        ]
    }
}
