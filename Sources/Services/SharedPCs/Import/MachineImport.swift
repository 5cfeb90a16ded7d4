import Basics
import City
import Tabular
import Web

/// A file of machines of a batch, read row by row: what can be taken in, and what is wrong with the
/// rest.
///
/// Nothing is written: the workshop looks the report over first.
struct MachineImport: Sendable {
    /// The largest file, in bytes.
    static let maximumByteCount = 8 << 20
    /// The most rows of one file.
    static let maximumRowCount = 20_000
    /// The faults that are shown; the rest are counted.
    static let shownFaultCount = 200

    /// Something wrong with a row.
    struct Fault: Sendable, Hashable {
        /// The kinds of faults, for the report.
        enum Kind: String, Sendable, Hashable, CaseIterable {
            case missing
            case twiceInFile
            case known
            case wrong

            /// The kind in words.
            var title: Bilingual {
                switch self {
                case .missing: Bilingual("일련번호 없음", "No serial number")
                case .twiceInFile: Bilingual("파일 안에서 겹침", "Twice in the file")
                case .known: Bilingual("이미 등록됨", "Known already")
                case .wrong: Bilingual("잘못된 값", "Wrong value")
                }
            }
        }

        /// The row of the file, from 1.
        var row: Int
        /// The title of the column.
        var column: String
        var kind: Kind
        var message: Bilingual
    }

    /// The machines that can be taken in, with the row each came from.
    private(set) var entries: [(row: Int, entry: MachineEntry)] = []
    /// What is wrong, in the order of the file.
    private(set) var faults: [Fault] = []
    /// The rows that hold anything.
    private(set) var rowCount = 0

    /// The titles of the columns, by their names; the first is that of the template.
    static let columns: [(name: String, titles: [String])] = [
        ("serial", ["일련번호", "제조번호", "시리얼번호", "S/N"]), ("maker", ["제조사"]), ("model", ["모델", "모델명"]),
        ("form", ["형태", "구분"]), ("processor", ["CPU", "중앙처리장치"]),
        ("memoryGB", ["메모리(GB)", "RAM(GB)"]),
        ("storage", ["저장장치 종류", "디스크 종류"]), ("storageGB", ["저장장치(GB)", "디스크(GB)"]),
        ("displayInch", ["화면(인치)", "모니터(인치)"]), ("diskCount", ["디스크 수"]),
        ("diskSerials", ["디스크 일련번호"]),
    ]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: CSV or XLSX.
    ///   - fileName: What it is called.
    ///   - known: The serial numbers of computers and disks that are taken, with whose they are.
    /// - Throws: An explained error where it is no table, has no serial numbers, or too many rows.
    init(_ bytes: [UInt8], fileName: String, known: KnownSerials) throws {
        var reader = try TabularReader.open(bytes, fileName: fileName)
        let titles = Dictionary(uniqueKeysWithValues: Self.columns.map { ($0.name, $0.titles) })
        let head = try reader.rows(upTo: HeaderFinder.maximumRowCount)
        // A list of nothing but serial numbers is a table too.
        let found =
            HeaderFinder(titles).find(in: head)
            ?? HeaderFinder(["serial": titles["serial"] ?? []]).find(in: head)
        guard let header = found, header.columns["serial"] != nil else {
            throw SharedPCError.badInput(
                "‘일련번호’ 열이 있는 표가 아닙니다. 서식을 내려받아 제목줄을 그대로 써 주세요.",
                "The table has no column 일련번호 (serial). Keep the header of the template."
            )
        }
        var seen = known
        func take(_ row: TabularRow) throws {
            guard !row.isBlank else { return }
            rowCount += 1
            guard rowCount <= Self.maximumRowCount else {
                throw SharedPCError.badInput(
                    "한 번에 \(Self.maximumRowCount.grouped)줄까지 받습니다. 나누어 올려 주세요.",
                    "At most \(Self.maximumRowCount.grouped) rows at once. Divide the file."
                )
            }
            let values = header.columns.mapValues { row[$0].text.trimmingWhitespace() }
            add(MachineReader(values), row: row.number, &seen)
        }
        for row in head.dropFirst(header.rowsBeforeData) { try take(row) }
        var row = TabularRow()
        while try reader.next(&row) { try take(row) }
    }

    private mutating func add(_ reader: MachineReader, row: Int, _ seen: inout KnownSerials) {
        let entry = reader.entry
        var found = reader.faults.map { name, message in
            Fault(row: row, column: Self.title(name), kind: .wrong, message: message)
        }
        if entry.serial.isEmpty {
            found.append(
                Fault(
                    row: row,
                    column: Self.title("serial"),
                    kind: .missing,
                    message: Bilingual("일련번호를 적어 주세요.", "Give the serial number.")
                )
            )
        }
        found += seen.faults(of: entry, row: row)
        faults += found
        if found.isEmpty { entries.append((row, entry)) }
    }

    fileprivate static func title(_ name: String) -> String {
        columns.first { $0.name == name }?.titles[0] ?? name
    }

    /// How many faults there are of each kind.
    var faultCounts: [(kind: Fault.Kind, count: Int)] {
        Fault.Kind.allCases.compactMap { kind in
            let count = faults.count { $0.kind == kind }
            return count == 0 ? nil : (kind, count)
        }
    }
}

/// Reads a machine from texts, of a row of a file or of a form, and collects every fault.
struct MachineReader {
    /// The longest serial number, in characters.
    static let maximumSerialCharacterCount = 64

    private(set) var entry: MachineEntry
    /// What is wrong, by the name of the value.
    private(set) var faults: [(name: String, message: Bilingual)] = []

    init(_ values: [String: String]) {
        entry = MachineEntry(serial: Self.serial(values["serial"] ?? ""))
        if let fault = Self.fault(ofSerial: entry.serial) { faults.append(("serial", fault)) }
        for (name, path) in [("maker", \MachineEntry.maker), ("model", \.model)] {
            let text = values[name] ?? ""
            if text.count > Asset.maximumLineCharacterCount {
                faults.append(
                    (
                        name,
                        Bilingual(
                            "\(Asset.maximumLineCharacterCount)자까지 적을 수 있습니다.",
                            "At most \(Asset.maximumLineCharacterCount) characters."
                        )
                    )
                )
            }
            entry[keyPath: path] = text
        }
        readForm(values["form"] ?? "")
        readDisks(values)
        readFacts(values)
    }

    /// A serial number as it is compared: without spaces, in capitals.
    static func serial(_ text: String) -> String {
        String(text.uppercased().filter { !$0.isWhitespace })
    }

    private static func fault(ofSerial serial: String) -> Bilingual? {
        let isWhole = serial.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 32 }
        guard !isWhole || serial.count > maximumSerialCharacterCount else { return nil }
        return Bilingual(
            "일련번호는 영문·숫자 \(maximumSerialCharacterCount)자까지입니다.",
            "A serial number has at most \(maximumSerialCharacterCount) letters and digits."
        )
    }

    private mutating func readForm(_ word: String) {
        guard !word.isEmpty else { return }
        let found = MachineForm.allCases.first {
            [$0.rawValue, $0.title.korean, $0.title.english].contains(word)
        }
        if let found {
            entry.form = found
        } else {
            let titles = MachineForm.allCases.map(\.title)
            faults.append(
                (
                    "form",
                    Bilingual(
                        "다음 가운데 하나여야 합니다: "
                            + titles.map(\.korean).joined(separator: ", "),
                        "One of: \(titles.map(\.english).joined(separator: ", "))"
                    )
                )
            )
        }
    }

    private mutating func readDisks(_ values: [String: String]) {
        let serials = (values["diskSerials"] ?? "").split { ",;/ ".contains($0) }
            .map { Self.serial(String($0)) }
        entry.diskSerials = serials
        entry.diskCount = max(serials.count, 1)
        if let text = values["diskCount"], !text.isEmpty {
            if let count = Int(text), (serials.count...Disk.maximumCount).contains(count) {
                entry.diskCount = count
            } else {
                faults.append(
                    (
                        "diskCount",
                        Bilingual(
                            "\(serials.count)–\(Disk.maximumCount) 사이의 수를 적어 주세요.",
                            "A number from \(serials.count) to \(Disk.maximumCount)."
                        )
                    )
                )
            }
        }
        if serials.count > Disk.maximumCount
            || serials.contains(where: { Self.fault(ofSerial: $0) != nil })
        {
            faults.append(
                (
                    "diskSerials",
                    Bilingual("디스크 일련번호를 확인해 주세요.", "Check the serial numbers of the disks.")
                )
            )
        }
    }

    private mutating func readFacts(_ values: [String: String]) {
        if let processor = values["processor"], !processor.isEmpty {
            entry.facts["processor"] = String(processor.prefix(AssetField.maximumCharacterCount))
        }
        for (name, most) in [("memoryGB", 4_096), ("storageGB", 131_072), ("displayInch", 120)] {
            guard let text = values[name], !text.isEmpty else { continue }
            let digits = text.filter { $0 != "," }
            if let number = Double(digits), (0...Double(most)).contains(number) {
                entry.facts[name] = String(Int(number.rounded()))
            } else {
                faults.append(
                    (
                        name,
                        Bilingual(
                            "0–\(most.grouped) 사이의 수를 적어 주세요.",
                            "A number from 0 to \(most.grouped)."
                        )
                    )
                )
            }
        }
        switch (values["storage"] ?? "").uppercased() {
        case "": break
        case "SSD", "NVME": entry.facts["storage"] = "ssd"
        case "HDD", "하드디스크", "HARD DISK": entry.facts["storage"] = "hdd"
        default:
            faults.append(("storage", Bilingual("SSD나 HDD로 적어 주세요.", "SSD or HDD.")))
        }
    }
}

/// The serial numbers that are taken: in the store with whose they are, and further up in a file.
struct KnownSerials: Sendable {
    private var machines: [String: String]
    private var disks: [String: String]
    private var rows: [String: Int] = [:]

    /// What is taken in the store: the number of the asset, by serial number.
    init(machines: [String: String], disks: [String: String]) {
        self.machines = machines
        self.disks = disks
    }

    /// Adds a machine; answers what is wrong where its serial numbers are taken.
    mutating func faults(of entry: MachineEntry, row: Int) -> [MachineImport.Fault] {
        guard !entry.serial.isEmpty else { return [] }
        var faults: [MachineImport.Fault] = []
        let all =
            [("serial", entry.serial, machines)]
            + entry.diskSerials.map { ("diskSerials", $0, disks) }
        for (name, serial, known) in all {
            let column = MachineImport.title(name)
            if let number = known[serial] {
                faults.append(
                    .init(
                        row: row,
                        column: column,
                        kind: .known,
                        message: Bilingual(
                            "\(serial): 이미 \(number)(으)로 등록되어 있습니다.",
                            "\(serial) is known as \(number)."
                        )
                    )
                )
            } else if let first = rows["\(name) \(serial)"] {
                faults.append(
                    .init(
                        row: row,
                        column: column,
                        kind: .twiceInFile,
                        message: Bilingual(
                            "\(serial): \(first)줄에 이미 있습니다.",
                            "\(serial) stands in row \(first) already."
                        )
                    )
                )
            } else {
                rows["\(name) \(serial)"] = row
            }
        }
        return faults
    }
}
