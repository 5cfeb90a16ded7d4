import Basics
import Synchronization

/// What the cameras' pictures are kept in: a folder a day, each under a key of its own, beside the
/// keys of the open cases.
///
///     footage/clock                the latest time the archive has seen
///     footage/cases/CASE.key       what opens a case; gone with it
///     footage/days/2026-11-25/key  what opens a day; gone with it
///     footage/days/2026-11-25/7.stills
///
/// None of it is in the store or in its backups: a day whose key is gone comes back from nowhere.
final class FootageArchive: Sendable {
    private struct State {
        var dayKeys: [LocalDate: ArchiveKey] = [:]
        var files: [String: StillFile] = [:]
    }

    let folder: String
    private let state = Mutex(State())

    init(folder: String) throws {
        self.folder = folder
        try ArchiveFiles.makeFolder("\(folder)/days")
        try ArchiveFiles.makeFolder("\(folder)/cases")
    }

    // MARK: Days

    /// The days of which something is kept, the oldest first.
    var days: [LocalDate] {
        ArchiveFiles.names(in: "\(folder)/days").compactMap { LocalDate(iso: $0) }
    }

    private func path(of day: LocalDate) -> String { "\(folder)/days/\(day.iso)" }

    /// The key of a day; made with its first picture.
    func dayKey(of day: LocalDate, making: Bool) throws -> ArchiveKey? {
        try state.withLock { try dayKey(of: day, making: making, &$0) }
    }

    private func dayKey(of day: LocalDate, making: Bool, _ state: inout State) throws -> ArchiveKey?
    {
        if let known = state.dayKeys[day] { return known }
        let path = path(of: day) + "/key"
        guard ArchiveFiles.size(path) == nil else {
            let bytes = try ArchiveFiles.read(path, count: ArchiveKey.byteCount)
            guard bytes.count == ArchiveKey.byteCount else { return nil }
            state.dayKeys[day] = ArchiveKey(bytes: bytes)
            return state.dayKeys[day]
        }
        guard making else { return nil }
        let made = ArchiveKey.random()
        try ArchiveFiles.makeFolder(self.path(of: day))
        try ArchiveFiles.write(made.bytes, to: path)
        state.dayKeys[day] = made
        return made
    }

    /// Keeps a picture.
    func keep(_ still: Still, camera: UInt32, at time: Instant) throws {
        guard still.jpeg.count <= StillFile.maximumStillByteCount else {
            throw FootageError.archive("a still of \(still.jpeg.count) bytes")
        }
        let day = time.date
        try state.withLock { state in
            guard let key = try dayKey(of: day, making: true, &state) else {
                throw FootageError.archive("the key of \(day.iso)")
            }
            let sealed = try key.seal(still.bytes, for: Self.label(camera, time))
            let path = "\(path(of: day))/\(camera).stills"
            var file = try state.files.removeValue(forKey: path) ?? StillFile(path: path)
            defer { state.files[path] = file }
            try file.append(sealed, atMilliseconds: time.millisecondsSinceEpoch)
        }
    }

    /// A picture of a camera at a time, or nothing.
    func still(camera: UInt32, at time: Instant) throws -> Still? {
        let day = time.date
        return try state.withLock { state in
            guard let key = try dayKey(of: day, making: false, &state) else { return nil }
            let path = "\(path(of: day))/\(camera).stills"
            let file = try state.files[path] ?? StillFile(path: path)
            state.files[path] = file
            guard let sealed = try file.sealed(atMilliseconds: time.millisecondsSinceEpoch) else {
                return nil
            }
            return try Still(bytes: key.open(sealed, for: Self.label(camera, time)))
        }
    }

    private static func label(_ camera: UInt32, _ time: Instant) -> String {
        "still \(camera) \(time.millisecondsSinceEpoch)"
    }

    /// Destroys a day: first its key, then the files it sealed.
    ///
    /// - Returns: How many files of cameras there were.
    func shred(_ day: LocalDate) throws -> Int {
        try state.withLock { state in
            let path = path(of: day)
            state.dayKeys[day] = nil
            state.files = state.files.filter { !$0.key.hasPrefix(path + "/") }
            let count = ArchiveFiles.names(in: path).count { $0.hasSuffix(".stills") }
            try ArchiveFiles.shred(path + "/key")
            try ArchiveFiles.removeFolder(path)
            return count
        }
    }

    // MARK: Cases

    private func path(ofCase id: String) throws -> String {
        // The name of a case is ours; whatever else comes names no file.
        guard !id.isEmpty, id.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0) })
        else { throw FootageError.gone("case \(id)") }
        return "\(folder)/cases/\(id).key"
    }

    func makeCaseKey(_ id: String) throws {
        let path = try path(ofCase: id)
        guard ArchiveFiles.size(path) == nil else { return }
        try ArchiveFiles.write(ArchiveKey.random().bytes, to: path)
    }

    /// What opens a case; nothing where it was closed, or was restored without it.
    func caseKey(_ id: String) throws -> ArchiveKey? {
        let path = try path(ofCase: id)
        guard ArchiveFiles.size(path) != nil else { return nil }
        let bytes = try ArchiveFiles.read(path, count: ArchiveKey.byteCount)
        return bytes.count == ArchiveKey.byteCount ? ArchiveKey(bytes: bytes) : nil
    }

    func shredCaseKey(_ id: String) throws {
        try ArchiveFiles.shred(try path(ofCase: id))
    }

    // MARK: The clock

    /// The latest time the archive has seen, or nothing.
    func clockMark() throws -> Instant? {
        let path = "\(folder)/clock"
        guard let size = ArchiveFiles.size(path) else { return nil }
        let text = String(decoding: try ArchiveFiles.read(path, count: size), as: UTF8.self)
        return Int64(text).map { Instant(millisecondsSinceEpoch: $0) }
    }

    func setClockMark(_ time: Instant) throws {
        try ArchiveFiles.write(
            Array(String(time.millisecondsSinceEpoch).utf8),
            to: "\(folder)/clock"
        )
    }
}
