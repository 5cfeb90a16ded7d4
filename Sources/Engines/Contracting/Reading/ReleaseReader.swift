internal import Basics

/// Reads contracting data of any usual packaging, one release or record at a time.
///
/// Release packages, record packages, single releases and records, arrays of them and JSON Lines
/// are recognised as they come (OCDS 1.0 and 1.1). Memory stays at the size of the largest release,
/// not of the file. No address in the data is ever fetched.
public struct ReleaseReader {
    /// Hands over the next bytes of the input; nil or nothing at its end.
    public typealias ByteSource = () throws -> [UInt8]?

    /// What the reader met.
    public enum Entry: Sendable, Hashable {
        /// A release.
        case release(Release, JSONPath)
        /// A record.
        case record(Record, JSONPath)
    }

    /// How the data was packed.
    public enum Packaging: String, Sendable, Hashable, Codable {
        /// One release package, or several.
        case releasePackage
        /// One record package, or several.
        case recordPackage
        /// Releases without a package.
        case release
        /// Records without a package.
        case record
    }

    /// How the data was packed, known from the first entry on; the first packaging met counts.
    public private(set) var packaging: Packaging?
    /// What the packages said of themselves so far, without their releases and records.
    ///
    /// A package is listed when its last member was read; at most `maximumPackageCount` are kept.
    public private(set) var packages: [(metadata: PackageMetadata, path: JSONPath)] = []
    /// How many packages are kept in `packages`.
    public static let maximumPackageCount = 1000
    /// How many packages were read.
    public private(set) var packageCount = 0

    private enum State {
        case betweenValues
        case topLevelArray(next: Int)
        case package(JSONObject, list: String?, isFirstMember: Bool)
        case list(JSONObject, name: String, next: Int)
        case finished
    }

    private let limits: ContractingLimits
    private let source: ByteSource
    private var scanner: JSONScanner
    /// How many bytes of the input are before the scanner's window.
    private var windowOffset = 0
    private var state = State.betweenValues
    private var topLevelCount = 0
    /// How many bytes of the current top-level object are kept: all but its releases.
    private var keptByteCount = 0
    /// Entries of a value that was read whole, the next one last.
    private var pending: [Entry] = []

    /// Creates a reader of bytes that arrive in pieces.
    public init(limits: ContractingLimits = ContractingLimits(), source: @escaping ByteSource) {
        self.limits = limits
        self.source = source
        scanner = JSONScanner(maximumDepth: limits.maximumDepth)
    }

    /// Creates a reader of bytes in memory.
    public init(bytes: [UInt8], limits: ContractingLimits = ContractingLimits()) {
        self.limits = limits
        source = { nil }
        scanner = JSONScanner(bytes: bytes, isFinal: true, maximumDepth: limits.maximumDepth)
        skipByteOrderMark()
    }

    /// The next release or record; nil at the end.
    ///
    /// Throws `ContractingError` where the data cannot be read, and what the source throws. After
    /// an error the reader is at its end.
    public mutating func next() throws -> Entry? {
        do {
            while true {
                if let entry = pending.popLast() { return entry }
                switch state {
                case .finished: return nil
                case .betweenValues: try beginValue()
                case .topLevelArray(let index): try element(index)
                case .package(let metadata, let list, let isFirst):
                    if let entry = try member(of: metadata, list: list, isFirst: isFirst) {
                        return entry
                    }
                case .list(let metadata, let name, let index):
                    if let entry = try listed(name, index, metadata) { return entry }
                }
            }
        } catch {
            state = .finished
            throw error
        }
    }
}

// The structure around releases.
extension ReleaseReader {
    /// The path of the current top-level value: the first has none, the lines after it a number.
    private var topLevelPath: JSONPath {
        topLevelCount > 1 ? JSONPath([.element(topLevelCount - 1)]) : JSONPath()
    }

    private mutating func beginValue() throws {
        guard try !isAtEnd() else {
            guard topLevelCount > 0 else {
                throw ContractingError(
                    .empty,
                    .init("파일이 비어 있습니다.", "The file is empty."),
                    byteOffset: offset
                )
            }
            state = .finished
            return
        }
        topLevelCount += 1
        keptByteCount = 0
        switch try nextByte() {
        case UInt8(ascii: "{"):
            scanner.index += 1
            state = .package(JSONObject(), list: nil, isFirstMember: true)
        case UInt8(ascii: "["):
            scanner.index += 1
            if try nextByte() == UInt8(ascii: "]") {
                scanner.index += 1
            } else {
                state = .topLevelArray(next: 0)
            }
        default:
            let value = try nextValue(topLevelPath, depth: 0)
            throw notContractingData(value, topLevelPath)
        }
    }

    private mutating func element(_ index: Int) throws {
        let path = topLevelPath.appending(index)
        let value = try nextValue(path, depth: 1)
        try expand(value, path)
        let goesOn = try continues(path, until: UInt8(ascii: "]"))
        state = goesOn ? .topLevelArray(next: index + 1) : .betweenValues
    }

    /// Reads the next member of a top-level object, or its end.
    private mutating func member(
        of metadata: JSONObject,
        list: String?,
        isFirst: Bool
    ) throws -> Entry? {
        let path = topLevelPath
        let end = UInt8(ascii: "}")
        // After a member comes a comma or the end; before the first one, possibly the end.
        let isEnd: Bool
        if isFirst {
            isEnd = try nextByte(path) == end
            if isEnd { scanner.index += 1 }
        } else {
            isEnd = try !continues(path, until: end)
        }
        if isEnd { return try finish(metadata, list: list, path) }
        let name = try scan(path) { scanner throws(JSONFailure) in try scanner.name() }
        let isList = (name == "releases" || name == "records") && metadata["ocid"] == nil
        let isArray = try nextByte(path.appending(name)) == UInt8(ascii: "[")
        if isList, list == nil, isArray {
            try beginList(name, metadata, path)
            return nil
        }
        let start = offset
        let value = try nextValue(path.appending(name), depth: 1)
        keptByteCount += offset - start
        guard keptByteCount <= limits.maximumValueByteCount else { throw tooLarge(path) }
        var metadata = metadata
        metadata.members.append(.init(name: name, value: value))
        state = .package(metadata, list: list, isFirstMember: false)
        return nil
    }

    private mutating func beginList(_ name: String, _ metadata: JSONObject, _ path: JSONPath) throws
    {
        scanner.index += 1
        packaging = packaging ?? (name == "releases" ? .releasePackage : .recordPackage)
        // An empty list keeps the place of the real one, for who writes the package again.
        var metadata = metadata
        metadata.members.append(.init(name: name, value: .array([])))
        let isEmpty = try nextByte(path.appending(name)) == UInt8(ascii: "]")
        if isEmpty { scanner.index += 1 }
        state =
            isEmpty
            ? .package(metadata, list: name, isFirstMember: false)
            : .list(metadata, name: name, next: 0)
    }

    /// Reads one element of `releases` or `records`.
    private mutating func listed(
        _ name: String,
        _ index: Int,
        _ metadata: JSONObject
    ) throws -> Entry? {
        let path = topLevelPath.appending(name).appending(index)
        let start = offset
        let value = try nextValue(path, depth: 2)
        let goesOn = try continues(path, until: UInt8(ascii: "]"))
        state =
            goesOn
            ? .list(metadata, name: name, next: index + 1)
            : .package(metadata, list: name, isFirstMember: false)
        guard let object = value.object else {
            throw ContractingError(
                .wrongType,
                .init(
                    "객체가 있어야 할 자리에 \(value.typeName) 값이 있습니다.",
                    "An object was expected here, not \(value.typeName)."
                ),
                path: path,
                byteOffset: start
            )
        }
        return name == "releases"
            ? .release(Release(json: object), path) : .record(Record(json: object), path)
    }

    private mutating func finish(
        _ metadata: JSONObject,
        list: String?,
        _ path: JSONPath
    ) throws -> Entry? {
        state = .betweenValues
        if list != nil {
            keep(metadata, path)
            return nil
        }
        try expand(.object(metadata), path)
        return nil
    }

    private mutating func keep(_ metadata: JSONObject, _ path: JSONPath) {
        packageCount += 1
        if packages.count < ReleaseReader.maximumPackageCount {
            packages.append((PackageMetadata(json: metadata), path))
        }
    }

    /// Puts what a value that was read whole holds onto the queue.
    private mutating func expand(_ value: JSONValue, _ path: JSONPath) throws {
        guard let object = value.object else { throw notContractingData(value, path) }
        if object["ocid"] == nil, let list = object["releases"] ?? object["records"] {
            let name = object["releases"] == nil ? "records" : "releases"
            guard let elements = list.array else {
                throw ContractingError(
                    .wrongType,
                    .init("배열이어야 합니다: \(name)", "“\(name)” has to be an array."),
                    path: path.appending(name),
                    byteOffset: offset
                )
            }
            packaging = packaging ?? (name == "releases" ? .releasePackage : .recordPackage)
            for (index, element) in elements.enumerated() {
                let place = path.appending(name).appending(index)
                guard let object = element.object else { throw notContractingData(element, place) }
                pending.append(
                    name == "releases"
                        ? .release(Release(json: object), place)
                        : .record(Record(json: object), place)
                )
            }
            pending.reverse()
            var metadata = object
            metadata[name] = .array([])
            keep(metadata, path)
        } else if object["releases"] != nil || object["compiledRelease"] != nil {
            packaging = packaging ?? .record
            pending.append(.record(Record(json: object), path))
        } else if ["ocid", "tag", "initiationType"].contains(where: { object[$0] != nil }) {
            packaging = packaging ?? .release
            pending.append(.release(Release(json: object), path))
        } else {
            throw notContractingData(value, path)
        }
    }

    private func notContractingData(_ value: JSONValue, _ path: JSONPath) -> ContractingError {
        let names = value.object?.members.prefix(6).map(\.name).joined(separator: ", ")
        let found = names.map { $0.isEmpty ? "{}" : $0 } ?? value.typeName
        return ContractingError(
            .notContractingData,
            .init(
                "OCDS 릴리스·레코드·패키지가 아닙니다. 찾은 것: \(found)",
                "This is not an OCDS release, record or package. Found: \(found)"
            ),
            path: path,
            byteOffset: offset
        )
    }
}

// The window onto the input.
extension ReleaseReader {
    /// The byte of the input that comes next.
    private var offset: Int { windowOffset + scanner.index }

    /// Whether only white space is left.
    private mutating func isAtEnd() throws -> Bool {
        while true {
            do throws(JSONFailure) {
                _ = try scanner.peek()
                return false
            } catch {
                if scanner.isFinal { return true }
            }
            try refill()
        }
    }

    private mutating func nextByte(_ path: JSONPath = JSONPath()) throws -> UInt8 {
        try scan(path) { scanner throws(JSONFailure) in try scanner.peek() }
    }

    private mutating func nextValue(_ path: JSONPath, depth: Int) throws -> JSONValue {
        try scan(path) { scanner throws(JSONFailure) in try scanner.value(depth: depth) }
    }

    private mutating func continues(_ path: JSONPath, until end: UInt8) throws -> Bool {
        try scan(path) { scanner throws(JSONFailure) in try scanner.continues(until: end) }
    }

    /// Scans something, from its beginning again each time the window turned out too small.
    private mutating func scan<Result>(
        _ path: JSONPath = JSONPath(),
        _ step: (inout JSONScanner) throws(JSONFailure) -> Result
    ) throws -> Result {
        while true {
            let start = scanner.index
            do throws(JSONFailure) {
                return try step(&scanner)
            } catch {
                guard error.kind == .truncated, !scanner.isFinal else {
                    throw ContractingError(
                        error,
                        path: JSONPath(path.components + error.reversedPath.reversed()),
                        byteOffset: windowOffset + error.index,
                        limits: limits
                    )
                }
            }
            scanner.index = start
            guard scanner.bytes.count - start <= limits.maximumValueByteCount else {
                throw tooLarge(path)
            }
            try refill()
        }
    }

    /// The error about a value above the limit.
    private func tooLarge(_ path: JSONPath) -> ContractingError {
        let limit = limits.maximumValueByteCount.grouped
        return ContractingError(
            .tooLarge,
            .init("값 하나가 \(limit)바이트보다 큽니다.", "One value is larger than \(limit) bytes."),
            path: path,
            byteOffset: offset
        )
    }

    /// Adds at least as many bytes as the window still holds, so that scanning again stays cheap.
    private mutating func refill() throws {
        windowOffset += scanner.index
        scanner.bytes.removeFirst(scanner.index)
        scanner.index = 0
        let isStart = windowOffset == 0 && scanner.bytes.isEmpty
        let target = max(3, scanner.bytes.count * 2)
        while scanner.bytes.count < target {
            guard let piece = try source(), !piece.isEmpty else {
                scanner.isFinal = true
                break
            }
            scanner.bytes.append(contentsOf: piece)
        }
        if isStart { skipByteOrderMark() }
    }

    /// A byte order mark is not JSON, but files saved by office programs carry one.
    private mutating func skipByteOrderMark() {
        if scanner.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.index = 3 }
    }
}
