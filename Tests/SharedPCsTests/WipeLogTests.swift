import Basics
import Testing

@testable import SharedPCs

/// What nwipe 0.33 of Debian wrote over two loop devices, one of which was stopped by the user; the
/// serial numbers are put in, since such devices have none.
private let stoppedLog = #"""
    [2026/11/25 12:57:33] warning: Command not found. Install smartmontools !
    [2026/11/25 12:57:33]  notice: Found /dev/loop0, VIRT, Loopback device,   6 GB, S/N=DISK-A
    [2026/11/25 12:57:33]  notice: Found /dev/loop1, VIRT, Loopback device,   2 MB, S/N=DISK-B
    [2026/11/25 12:57:33] warning: nwipe_log_sysinfo(): dmidecode failed, "dmidecode -s bios-version" exit status = 1
    [2026/11/25 12:57:33]  notice: Opened entropy source '/dev/urandom'.
    [2026/11/25 12:57:33]  notice: Program options are set as follows...
    [2026/11/25 12:57:33]  notice:   autonuke = 1 (on)
    [2026/11/25 12:57:33]  notice:   banner   = nwipe 0.33
    [2026/11/25 12:57:33]  notice:   prng     = Isaac64
    [2026/11/25 12:57:33]  notice:   method   = DoD Short
    [2026/11/25 12:57:33]  notice:   rounds   = 1
    [2026/11/25 12:57:33]  notice:   verify   = 2 (all passes)
    [2026/11/25 12:57:33]  notice: /dev/loop0, sect/blk/dev 512/4096/6442450944
    [2026/11/25 12:57:33]  notice: /dev/loop1, sect/blk/dev 512/4096/2097152
    [2026/11/25 12:57:33]  notice: Invoking method 'DoD Short' on /dev/loop0
    [2026/11/25 12:57:33]  notice: Starting pass 1/3, round 1/1, on /dev/loop0
    [2026/11/25 12:57:33]  notice: Invoking method 'DoD Short' on /dev/loop1
    [2026/11/25 12:57:33]  notice: Starting pass 1/3, round 1/1, on /dev/loop1
    [2026/11/25 12:57:33]  notice: 2097152 bytes written to /dev/loop1
    [2026/11/25 12:57:33]  notice: Verifying pass 1 of 3, round 1 of 1, on /dev/loop1
    [2026/11/25 12:57:33]  notice: 2097152 bytes read from /dev/loop1
    [2026/11/25 12:57:33]  notice: Verified pass 1 of 3, round 1 of 1, on '/dev/loop1'.
    [2026/11/25 12:57:33]  notice: Finished pass 1/3, round 1/1, on /dev/loop1
    [2026/11/25 12:57:33]  notice: Finished final round 1 of 1 on /dev/loop1

    ******************************** Error Summary *********************************
    !   Device | Pass Errors | Verifications Errors | Fdatasync I\O Errors
    --------------------------------------------------------------------------------
         loop0 |           0 |                    0 |                    0
         loop1 |           0 |                    0 |                    0
    ********************************************************************************

    ********************************* Drive Status *********************************
    !   Device | Status | Thru-put | HH:MM:SS | Model/Serial Number
    --------------------------------------------------------------------------------
    !    loop0 |UABORTED|   0 B/s | 00:00:04 | Loopback device/DISK-A
         loop1 | Erased |   0 B/s | 00:00:00 | Loopback device/DISK-B
    --------------------------------------------------------------------------------
    [2026/11/25 12:57:37] Total Throughput   0 B/s, DoD Short, 1R+NB+VA
    ********************************************************************************

    [2026/11/25 12:57:37]    info: Nwipe was aborted by the user. Check the summary table for the drive status.
    """#

/// The text of a certificate as `pdftotext` gives it, in two columns.
private let certificateText = """
    Disk Erasure Report
    Page 1 - Erasure Status
    Disk Information
    Make/model: SAMPLE DISK 160GB     Serial: DISK-P
    Size(Apparent): 160041885696 bytes     Bus: ATA
    Size(Real): 160 GB, 160041885696 bytes
    Disk Erasure Details
    Start time: 2026/11/24 10:00:00     End time: 2026/11/24 10:48:00
    Duration: 00:48:00     Status: ERASED
    Method: PRNG Stream     PRNG algorithm: Isaac
    Final Pass(Zeros/Ones/None): Zeros     Verify Pass(Last/All/None): Last
    *Bytes Erased: 160041885696, (100.000%)     Rounds(completed/requested): 1/1
    Errors(pass/sync/verify): 0/0/0     Throughput: 55 MB/s
    """

private func sample(_ change: (inout SampleWipeLog) -> Void = { _ in }) -> SampleWipeLog {
    var log = SampleWipeLog(
        machineSerial: "PC-1",
        machineModel: "견본 D-1",
        diskModel: "SAMPLE DISK",
        diskSerial: "DISK-1",
        capacityByteCount: 256_000_000_000,
        startedAt: Instant(LocalDate(daysSinceEpoch: 20_600), hour: 9)
    )
    change(&log)
    return log
}

private func read(_ text: String) throws -> [WipeRun] {
    try WipeLogReader.read(Array(text.utf8))
}

@Suite struct `A log of a wipe` {
    @Test func `of nwipe tells each disk's fate apart`() throws {
        let run = try #require(try read(stoppedLog).first)
        #expect(run.tool == "nwipe 0.33")
        #expect(run.method == "DoD Short")
        #expect(run.verification == .allPasses)
        #expect(run.isWhole)
        #expect(run.startedAt?.rfc3339 == "2026-11-25T12:57:33+09:00")
        #expect(run.disks.map(\.serial) == ["DISK-A", "DISK-B"])
        #expect(run.disks.map(\.model) == ["Loopback device", "Loopback device"])
        #expect(run.disks.map(\.status) == [.aborted, .erased])
        #expect(run.disks[1].capacityByteCount == 2_097_152)
        #expect(run.faults(of: run.disks[0]) == [.aborted])
        #expect(run.faults(of: run.disks[1]) == [])
    }

    @Test(arguments: [
        (SampleWipeLog.Ending.erased, [WipeFault]()), (.failed, [.failed]), (.aborted, [.aborted]),
        (.cutOff, [.cutOff]),
    ])
    func `proves a wipe only where it ended well`(
        _ ending: SampleWipeLog.Ending,
        _ faults: [WipeFault]
    ) throws {
        let run = try #require(try read(sample { $0.ending = ending }.text).first)
        #expect(run.machineSerial == "PC-1")
        #expect(run.faults(of: run.disks[0]) == faults)
    }

    @Test func `proves nothing without verification, or where it only verifies`() throws {
        let blind = try #require(try read(sample { $0.verification = 0 }.text).first)
        #expect(blind.faults(of: blind.disks[0]) == [.notVerified])
        let look = try #require(try read(sample { $0.method = "Verify Zeros (0x00)" }.text).first)
        #expect(look.faults(of: look.disks[0]) == [.notAWipe])
    }

    @Test func `proves nothing where less was written than the disk holds`() throws {
        let text = sample().text.replacing(
            "256000000000 bytes written",
            with: "255999999488 bytes written"
        )
        let run = try #require(try read(text).first)
        #expect(run.faults(of: run.disks[0]) == [.notWholeDisk])
    }

    @Test func `cut off anywhere never proves more than the whole one does`() throws {
        let text = sample().text
        for count in stride(from: 0, to: text.utf8.count - 80, by: 37) {
            let part = String(decoding: Array(text.utf8.prefix(count)), as: UTF8.self)
            guard let runs = try? read(part) else { continue }
            for run in runs {
                for disk in run.disks { #expect(!run.faults(of: disk).isEmpty, "\(count)") }
            }
        }
    }

    @Test func `that was appended to holds several runs`() throws {
        let first = sample { $0.ending = .aborted }.text
        let second = sample { $0.startedAt = $0.startedAt.adding(seconds: 9_000) }.text
        let runs = try read(first + second)
        #expect(runs.map { $0.disks[0].status } == [.aborted, .erased])
        #expect(runs[1].faults(of: runs[1].disks[0]) == [])
    }

    @Test func `with bytes that are no text has no serial number`() throws {
        var bytes = Array(sample().text.utf8)
        while let range = bytes.firstRange(of: Array("DISK-1".utf8)) {
            bytes.replaceSubrange(range, with: [0x20, 0x40, 0xFF, 0xC3, 0x63, 0x01])
        }
        let run = try #require(try WipeLogReader.read(bytes).first)
        #expect(run.faults(of: run.disks[0]).contains(.noSerial))
    }

    @Test func `may be the text of a certificate`() throws {
        let run = try #require(try read(certificateText).first)
        #expect(run.disks[0].serial == "DISK-P")
        #expect(run.disks[0].capacityByteCount == 160_041_885_696)
        #expect(run.method == "PRNG Stream")
        #expect(run.verification == .lastPass)
        #expect(run.faults(of: run.disks[0]) == [])
        let failed = try read(certificateText.replacing("Status: ERASED", with: "Status: FAILED"))
        #expect(failed[0].faults(of: failed[0].disks[0]) == [.failed])
    }

    @Test(arguments: ["", "hello", "[2026/11/25 12:57:33]  notice: nothing here", "%PDF-1.4"])
    func `that is none is refused`(_ text: String) {
        #expect(throws: WipeLogRefusal.self) { try read(text) }
    }

    @Test func `of random bytes never crashes the reader`() {
        var random = SeededRandom(seed: 7)
        let pieces =
            sample().text.split(separator: "\n").map(String.init) + ["|||", "[", "]", "S/N="]
        for _ in 0..<300 {
            let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }
                .map { $0.prefix(Int.random(in: 0...80, using: &random)) }.joined(separator: "\n")
            _ = try? read(text)
        }
    }
}

@Suite struct `A certificate of a wipe` {
    private static let certificate = WipeCertificate(
        lines: WipeCertificate.names.map { .init($0, "값 \($0)") }
    )

    @Test func `reads back as it was written`() {
        #expect(
            WipeCertificate.read(Array(Self.certificate.text.utf8)) == .sound(Self.certificate)
        )
    }

    @Test(arguments: WipeCertificate.names)
    func `shows where a line was changed`(_ name: String) {
        let text = Self.certificate.text.replacing("\(name): 값", with: "\(name): 값!")
        guard case .changed = WipeCertificate.read(Array(text.utf8)) else {
            Issue.record("the change of \(name) was not found")
            return
        }
    }

    @Test func `with a line more or less is none`() {
        let text = Self.certificate.text
        #expect(WipeCertificate.read(Array((text + "x: y\n").utf8)) == .unreadable)
        let short = text.split(separator: "\n").dropFirst(2).joined(separator: "\n")
        #expect(WipeCertificate.read(Array(short.utf8)) == .unreadable)
        #expect(WipeCertificate.read([0xFF, 0xFE]) == .unreadable)
    }

    @Test func `digests as the standard does`() {
        #expect(
            Digests.hexadecimal(of: Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }
}
