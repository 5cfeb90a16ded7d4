public import Basics

/// The prefix that makes a publisher's ocids unique in the world.
///
/// A prefix is given out by the Open Contracting Partnership; a publisher has to register its own
/// before publishing.
public struct OCIDPrefix: Sendable, Hashable {
    /// The prefix, without a hyphen at its end.
    public let text: String

    /// Creates a prefix that was registered.
    public init(_ text: String) {
        self.text = text
    }

    /// A prefix for trials, **not registered**: data that leaves the house needs another.
    public static let unregisteredExample = OCIDPrefix("ocds-kr1111")
}

extension PackageMetadata {
    /// Describes a package to be written.
    public init(
        uri: String,
        publisher: String,
        publishedAt: Instant,
        license: String? = nil,
        publicationPolicy: String? = nil,
        extensions: [String] = []
    ) {
        self.init()
        self.uri = uri
        version = "1.1"
        publishedDate = publishedAt.rfc3339
        var publishing = Publisher()
        publishing.name = publisher
        self.publisher = publishing
        self.license = license
        self.publicationPolicy = publicationPolicy
        self.extensions = extensions
    }
}

/// Writes a release package of OCDS 1.1.5, a release at a time, in constant memory.
///
/// Members come in a stable order, texts in UTF-8. Nothing reaches the sink before the first
/// release: OCDS has no package without one, and then `finish()` throws instead.
public struct ReleasePackageWriter {
    /// Takes the next bytes of the package.
    public typealias ByteSink = (_ bytes: [UInt8]) throws -> Void

    /// How many bytes are collected before the sink is called.
    public static let bufferByteCount = 64 << 10

    /// How many releases were written.
    public private(set) var releaseCount = 0

    private let metadata: PackageMetadata
    private let prefix: OCIDPrefix
    private let sink: ByteSink
    private var buffer: [UInt8] = []
    private var trailer: [UInt8] = []

    /// Creates a writer; `metadata` may come from a reader, and then keeps its order.
    public init(
        _ metadata: PackageMetadata,
        prefix: OCIDPrefix,
        sink: @escaping ByteSink
    ) {
        self.metadata = metadata
        self.prefix = prefix
        self.sink = sink
    }

    /// Writes the release of a planned project.
    public mutating func write(_ project: PlannedProject) throws {
        try write(Release(project, prefix: prefix))
    }

    /// Writes a release as it is; throws what the sink throws.
    public mutating func write(_ release: Release) throws {
        if releaseCount == 0 {
            writeHeader()
        } else {
            buffer.append(contentsOf: ",\n".utf8)
        }
        release.json.write(to: &buffer)
        releaseCount += 1
        if buffer.count >= ReleasePackageWriter.bufferByteCount { try flush() }
    }

    /// Ends the package; throws `ContractingError` where no release was written.
    public mutating func finish() throws {
        guard releaseCount > 0 else {
            throw ContractingError(
                .emptyPackage,
                .init(
                    "내보낼 사업이 없습니다. OCDS 패키지에는 릴리스가 하나 이상 있어야 합니다.",
                    "There is nothing to export: an OCDS package needs at least one release."
                )
            )
        }
        buffer.append(contentsOf: trailer)
        try flush()
    }

    /// Writes everything before the first release and remembers what comes after the last.
    private mutating func writeHeader() {
        let members = metadata.json.members
        let place = members.firstIndex { $0.name == "releases" } ?? members.endIndex
        buffer.append(UInt8(ascii: "{"))
        for member in members[..<place] {
            buffer.append(jsonString: member.name)
            buffer.append(UInt8(ascii: ":"))
            member.value.write(to: &buffer)
            buffer.append(UInt8(ascii: ","))
        }
        buffer.append(contentsOf: #""releases":["#.utf8)
        buffer.append(UInt8(ascii: "\n"))
        trailer.append(contentsOf: "\n]".utf8)
        for member in members.dropFirst(place + 1) {
            trailer.append(UInt8(ascii: ","))
            trailer.append(jsonString: member.name)
            trailer.append(UInt8(ascii: ":"))
            member.value.write(to: &trailer)
        }
        trailer.append(contentsOf: "}\n".utf8)
    }

    private mutating func flush() throws {
        try sink(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
