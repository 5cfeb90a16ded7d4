import Basics

/// What a log of nwipe (Debian package `nwipe`, 0.3x) says about one run: which machine, which disks,
/// how, and how it ended for each.
struct WipeRun: Sendable, Hashable, Codable {
    /// The program and its version: `nwipe 0.33`.
    var tool = ""
    /// The serial number of the machine that ran it (SMBIOS), where the log names one.
    var machineSerial = ""
    /// The model of the machine that ran it.
    var machineModel = ""
    /// The method: `DoD Short`.
    var method = ""
    /// How much was read back.
    var verification = Verification.unknown
    /// The first time in the run, as the clock of the machine had it, read as Korea's time.
    var startedAt: Instant?
    /// The last one.
    var finishedAt: Instant?
    /// Whether the log goes on to its closing line; without it the log is cut off.
    var isWhole = false
    /// The disks, in the order they were found.
    var disks: [WipedDisk] = []

    /// How much of what was written nwipe read back.
    enum Verification: String, Sendable, Hashable, Codable {
        case unknown
        case off
        case lastPass
        case allPasses

        /// The words of a certificate.
        var title: Bilingual {
            switch self {
            case .unknown: Bilingual("모름", "Not known")
            case .off: Bilingual("하지 않음", "None")
            case .lastPass: Bilingual("마지막 회차", "Last pass")
            case .allPasses: Bilingual("모든 회차", "Every pass")
            }
        }
    }
}

/// A disk of a run and what became of it.
struct WipedDisk: Sendable, Hashable, Codable {
    /// The device: `/dev/sda`.
    var device: String
    /// The model.
    var model = ""
    /// The maker's serial number; empty where the machine could not tell it.
    var serial = ""
    /// The size in bytes, where the log gives it.
    var capacityByteCount: Int64?
    /// The bytes of the last pass that was finished.
    var writtenByteCount: Int64?
    /// The method on this disk, where it differs from the run's.
    var method = ""
    /// The errors of writing, of reading back and of flushing, where the log sums them.
    var errorCount: Int?
    /// What the log says of the end.
    var status = Status.notTold
    /// What the log complains of on the way.
    var complaints: [String] = []

    /// The most complaints that are kept.
    static let maximumComplaintCount = 20

    /// The word of the table at the end of a log.
    enum Status: String, Sendable, Hashable, Codable {
        case notTold
        case erased
        case failed
        case aborted
        case insane
    }
}

/// The two ways of NIST SP 800-88 (section 2.5) that let a disk be used again.
enum SanitizationLevel: String, Sendable, Hashable, Codable {
    /// Every block that can be addressed is overwritten.
    case clear
    /// The disk's own command makes the data unrecoverable for a laboratory too.
    case purge

    /// The level of a method by its name: an overwrite clears, a disk's own erase command purges.
    init(method: String) {
        let words = method.lowercased()
        let commands = ["secure erase", "sanitize", "crypto"]
        self = commands.contains { words.contains($0) } ? .purge : .clear
    }

    /// The level in words.
    var title: Bilingual {
        switch self {
        case .clear: Bilingual("Clear(덮어쓰기)", "Clear (overwritten)")
        case .purge: Bilingual("Purge(소자·암호키 폐기 명령)", "Purge (the disk's own command)")
        }
    }
}

/// Why a disk of a log is not proven wiped.
enum WipeFault: String, Sendable, Hashable, Codable {
    /// The log ends before the program did.
    case cutOff
    /// Somebody stopped it.
    case aborted
    /// Writing, reading back or flushing failed.
    case failed
    /// The log does not say how it ended.
    case noResult
    /// What was written was not read back.
    case notVerified
    /// Less was written than the disk holds.
    case notWholeDisk
    /// The method only looks, it does not write.
    case notAWipe
    /// The log does not say whose disk it is.
    case noSerial

    /// What is wrong, and what to do.
    var title: Bilingual {
        switch self {
        case .cutOff:
            Bilingual(
                "로그가 끝까지 있지 않습니다. 온전한 로그를 다시 올려 주세요.",
                "The log is cut off. Bring the whole log."
            )
        case .aborted:
            Bilingual("중간에 멈춘 삭제입니다. 다시 삭제해 주세요.", "The wipe was stopped. Wipe again.")
        case .failed:
            Bilingual(
                "삭제하다 오류가 났습니다. 이 디스크는 빼서 파쇄해 주세요.",
                "The wipe failed. Take the disk out and have it destroyed."
            )
        case .noResult:
            Bilingual("로그에 이 디스크의 결과가 없습니다.", "The log tells no result for the disk.")
        case .notVerified:
            Bilingual(
                "검증하지 않은 삭제입니다. 마지막 회차는 검증해야 합니다.",
                "Nothing was read back. The last pass has to be verified."
            )
        case .notWholeDisk:
            Bilingual("디스크 전체를 덮어쓰지 않았습니다.", "Not the whole disk was overwritten.")
        case .notAWipe:
            Bilingual("검사만 하고 삭제하지 않은 기록입니다.", "The method only checks, it wipes nothing.")
        case .noSerial:
            Bilingual(
                "로그에 디스크 일련번호가 없어 어느 디스크인지 알 수 없습니다.",
                "The log has no serial number of the disk."
            )
        }
    }
}

extension WipeRun {
    /// What keeps a disk of the run from being proven wiped; nothing where it is.
    ///
    /// SP 800-88 Rev. 1, section 4.7 asks for verification; what nwipe calls erased without it is not
    /// enough. One error in any count is too many.
    func faults(of disk: WipedDisk) -> [WipeFault] {
        var faults: [WipeFault] = []
        if disk.serial.isEmpty { faults.append(.noSerial) }
        if methodName(of: disk).lowercased().hasPrefix("verify ") { faults.append(.notAWipe) }
        switch disk.status {
        case .aborted: faults.append(.aborted)
        case .failed, .insane: faults.append(.failed)
        case .erased where (disk.errorCount ?? 0) > 0: faults.append(.failed)
        case .erased: break
        case .notTold: faults.append(isWhole ? .noResult : .cutOff)
        }
        guard disk.status == .erased else { return faults }
        if !isWhole { faults.append(.cutOff) }
        if verification == .off || verification == .unknown { faults.append(.notVerified) }
        if let size = disk.capacityByteCount, let written = disk.writtenByteCount, written < size {
            faults.append(.notWholeDisk)
        }
        return faults
    }

    /// The method that a disk was wiped by.
    func methodName(of disk: WipedDisk) -> String { disk.method.isEmpty ? method : disk.method }
}

/// A file that is no log of a wipe.
struct WipeLogRefusal: ExplainedError, Hashable {
    let message: Bilingual
    let context: String
}
