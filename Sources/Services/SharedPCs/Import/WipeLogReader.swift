import Basics

/// Reads logs of nwipe, tolerant of their versions and of what stands around them.
///
/// The format is that of nwipe 0.26 to 0.38: lines `[2026/11/25 12:57:10]  notice: …`, tables of
/// errors and of results at the end of a run, one run after another in a file that is appended to.
/// The text of a certificate (`Serial: …`, `Status: …`) is read by ``WipeCertificateText``.
struct WipeLogReader {
    /// The largest log, in bytes.
    static let maximumByteCount = 16 << 20
    /// The most disks of one log.
    static let maximumDiskCount = 1_024
    /// The longest value that is kept, in characters.
    static let maximumValueCharacterCount = 120

    private var runs: [WipeRun] = []
    private var run = WipeRun()
    private var hasOptions = false
    private var table = Table.none
    private var diskCount = 0

    private enum Table {
        case none
        case errors
        case results
    }

    /// The runs of a log.
    ///
    /// - Throws: `WipeLogRefusal` where it is too large, names too many disks, or is no such log.
    static func read(_ bytes: [UInt8]) throws -> [WipeRun] {
        guard bytes.count <= maximumByteCount else {
            throw WipeLogRefusal(
                message: Bilingual(
                    "로그는 \(maximumByteCount >> 20)MB까지 받습니다.",
                    "A log has at most \(maximumByteCount >> 20) MB."
                ),
                context: "\(bytes.count) bytes"
            )
        }
        // nwipe may print bytes of the disk's answer that are no text: they become the replacement
        // character and never part of a serial number.
        let text = String(decoding: bytes, as: UTF8.self)
        var reader = WipeLogReader()
        for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
            try reader.take(line)
        }
        reader.close()
        if reader.runs.isEmpty, let run = WipeCertificateText.read(text) { return [run] }
        guard !reader.runs.isEmpty else {
            throw WipeLogRefusal(
                message: Bilingual(
                    "nwipe의 로그나 삭제 증명서가 아닙니다.",
                    "This is no log and no certificate of nwipe."
                ),
                context: "no disk found in \(bytes.count) bytes"
            )
        }
        return reader.runs
    }

    private mutating func take(_ line: Substring) throws {
        if line.contains("Error Summary") {
            table = .errors
        } else if line.contains("Drive Status") {
            table = .results
        } else if line.hasPrefix("*") || line.hasPrefix("-") {
            if line.hasPrefix("*") { table = .none }
        } else if line.hasPrefix("[") {
            try takeMessage(line)
        } else if table != .none {
            takeRow(line)
        }
    }

    // MARK: Messages

    private mutating func takeMessage(_ line: Substring) throws {
        guard let end = line.firstIndex(of: "]") else { return }
        let at = Self.instant(line[line.index(after: line.startIndex)..<end])
        var message = line[line.index(after: end)...].drop { $0 == " " }
        if message.hasPrefix("nwipe: ") { message = message.dropFirst(7) }
        for level in [
            "notice: ", "info: ", "debug: ", "warning: ", "error: ", "fatal: ", "sanity: ",
        ]
        where message.hasPrefix(level) {
            message = message.dropFirst(level.count).drop { $0 == " " }
            break
        }
        if message.hasPrefix("Found /dev/"), hasOptions { close() }
        if let at {
            run.startedAt = run.startedAt ?? at
            run.finishedAt = at
        }
        try takeFact(message)
    }

    private mutating func takeFact(_ message: Substring) throws {
        if message.hasPrefix("Found /dev/") {
            try takeFound(message.dropFirst("Found ".count))
        } else if message.hasPrefix("nwipe "), message.count < 24, run.tool.isEmpty {
            run.tool = Self.value(message)
        } else if message.hasPrefix("Nwipe ") {
            run.isWhole = true
        } else if let (name, value) = Self.pair(message) {
            takeOption(name, value)
        } else {
            takeStep(message)
        }
    }

    /// A setting of the run or a fact of the machine: `method   = DoD Short`.
    private mutating func takeOption(_ name: Substring, _ value: Substring) {
        switch name {
        case "banner": run.tool = Self.value(value)
        case "method":
            run.method = Self.value(value)
            hasOptions = true
        case "verify":
            run.verification =
                value.hasPrefix("0") ? .off : value.hasPrefix("1") ? .lastPass : .allPasses
        case "system-serial-number": run.machineSerial = Self.value(value)
        case "system-product-name": run.machineModel = Self.value(value)
        default: break
        }
    }

    /// `/dev/sda, ATA, WDC WD1600AAJS, 160 GB, S/N=WD-1`; older versions leave out a comma.
    private mutating func takeFound(_ text: Substring) throws {
        let parts = text.split(separator: ", ", omittingEmptySubsequences: false)
        guard let device = parts.first else { return }
        var disk = WipedDisk(device: String(device.prefix(64)))
        if let mark = text.firstRange(of: "S/N=") {
            disk.serial = Self.serial(text[mark.upperBound...])
        }
        let middle = parts.dropFirst().filter { !$0.contains("S/N=") }
        if middle.count >= 2 {
            disk.model = Self.value(
                middle.dropFirst(middle.count > 2 ? 1 : 0).dropLast()[...]
                    .joined(separator: ", ")[...]
            )
        }
        diskCount += 1
        guard diskCount <= Self.maximumDiskCount else {
            throw WipeLogRefusal(
                message: Bilingual(
                    "로그 하나에 디스크 \(Self.maximumDiskCount.grouped)개까지 받습니다.",
                    "A log has at most \(Self.maximumDiskCount.grouped) disks."
                ),
                context: "\(diskCount) disks"
            )
        }
        run.disks.append(disk)
    }

    /// A step on a disk.
    private mutating func takeStep(_ message: Substring) {
        guard let index = disk(namedIn: message) else { return }
        if message.hasPrefix("Invoking method '"),
            let name = message.dropFirst(17).split(separator: "'").first
        {
            run.disks[index].method = Self.value(name)
        } else if let mark = message.firstRange(of: " has serial number ") {
            let serial = Self.serial(message[mark.upperBound...])
            if run.disks[index].serial.isEmpty { run.disks[index].serial = serial }
        } else if let mark = message.firstRange(of: ", sect/blk/dev ") {
            run.disks[index].capacityByteCount =
                message[mark.upperBound...].split(separator: "/").last.flatMap { Int64($0) }
        } else if let mark = message.firstRange(of: " bytes written to ") {
            run.disks[index].writtenByteCount = Int64(message[..<mark.lowerBound])
        } else if Self.isComplaint(message),
            run.disks[index].complaints.count < WipedDisk.maximumComplaintCount
        {
            run.disks[index].complaints.append(Self.value(message))
        }
    }

    private static func isComplaint(_ message: Substring) -> Bool {
        message.contains("FAILURE") || message.hasPrefix("Unable to ")
            || message.contains("Partial ") || message.contains("errors on '")
    }

    /// The disk whose device a message names: the longest name, so that `sda` is not taken for `sdaa`.
    private func disk(namedIn message: Substring) -> Int? {
        guard let start = message.firstRange(of: "/dev/") else { return nil }
        let name = message[start.lowerBound...].prefix { !" ,'".contains($0) }
        let device = name.hasSuffix(".") ? name.dropLast() : name
        return run.disks.firstIndex { $0.device == device }
    }

    // MARK: Tables

    /// A row of a table, such as `!    loop0 |UABORTED|   0 B/s | 00:00:04 | Model/Serial`.
    private mutating func takeRow(_ line: Substring) {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimming() }
        guard cells.count >= 3 else { return }
        let name = cells[0].hasPrefix("!") ? cells[0].dropFirst().trimming() : cells[0]
        guard
            let index = run.disks.firstIndex(where: { disk in
                disk.device == name || disk.device.hasSuffix("/\(name)")
            })
        else { return }
        switch table {
        case .errors:
            let counts = cells.dropFirst().compactMap { Int($0) }
            run.disks[index].errorCount = counts.reduce(0, +)
        case .results:
            run.disks[index].status =
                switch cells[1].uppercased() {
                case "ERASED": .erased
                case "UABORTED": .aborted
                case "INSANITY": .insane
                default: .failed
                }
        case .none: break
        }
    }

    private mutating func close() {
        if !run.disks.isEmpty { runs.append(run) }
        let old = run
        run = WipeRun()
        // A second run in the same file does not say again who runs it.
        run.tool = old.tool
        run.machineSerial = old.machineSerial
        run.machineModel = old.machineModel
        hasOptions = false
        table = .none
    }

    // MARK: Values

    private static func pair(_ message: Substring) -> (Substring, Substring)? {
        guard let mark = message.firstRange(of: "=") else { return nil }
        let name = message[..<mark.lowerBound].trimming()
        guard !name.isEmpty, !name.contains(" ") else { return nil }
        return (name[...], message[mark.upperBound...].trimming()[...])
    }

    static func value(_ text: Substring) -> String {
        String(text.trimming().prefix(maximumValueCharacterCount))
    }

    /// A serial number, or nothing where it is a filler or no text.
    static func serial(_ text: Substring) -> String {
        let serial = value(text)
        let isText = serial.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 32 }
        let isFiller = serial.allSatisfy { "X?0-".contains($0) }
        return isText && !isFiller ? serial : ""
    }

    /// `2026/11/25 12:57:10`, as Korea's time.
    static func instant(_ text: Substring) -> Instant? {
        let numbers = text.split { "/ :-".contains($0) }.compactMap { Int($0) }
        guard numbers.count == 6,
            let day = LocalDate(year: numbers[0], month: numbers[1], day: numbers[2]),
            (0..<24).contains(numbers[3]), (0..<60).contains(numbers[4]),
            (0...60).contains(numbers[5])
        else { return nil }
        return Instant(day, hour: numbers[3], minute: numbers[4], second: numbers[5])
    }
}

extension StringProtocol {
    /// The text without the spaces and tabs around it.
    func trimming() -> String {
        let start = drop { $0 == " " || $0 == "\t" }
        var end = start[...]
        while let last = end.last, last == " " || last == "\t" { end = end.dropLast() }
        return String(end)
    }
}
