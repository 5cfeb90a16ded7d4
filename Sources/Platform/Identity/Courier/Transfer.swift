import CCurl
import Glibc

/// One use of libcurl on the calling thread; it blocks until the transfer is over.
///
/// The callbacks borrow the object for the time of `perform` only, which is why it never leaves the
/// thread it was made on.
final class Transfer {
    private let handle: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let maximumBodyByteCount: Int
    private let sink: TransferSink?
    private(set) var body: [UInt8] = []
    private var bodyByteCount = 0
    private(set) var fields: [HeaderField] = []
    private var fieldByteCount = 0
    private var isTooLarge = false
    private var isHeadTaken = false
    private var refusedAddress: IPAddress?
    private var allowsPrivate = true
    private var upload: [UInt8] = []
    private var uploadOffset = 0

    static let maximumFieldByteCount = 64 * 1024

    /// libcurl's own start-up; a constant, so that it runs once and before any transfer.
    private static let start: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Prepares a transfer; what a sink is handed is not collected in `body`.
    init(maximumBodyByteCount: Int, sink: TransferSink? = nil) throws(CourierError) {
        guard Transfer.start == CURLE_OK, let handle = curl_easy_init() else {
            throw CourierError(.transferFailed, context: "curl_easy_init")
        }
        self.handle = handle
        self.maximumBodyByteCount = maximumBodyByteCount
        self.sink = sink
    }

    deinit {
        curl_easy_cleanup(handle)
        for list in lists { curl_slist_free_all(list) }
    }

    func set(_ option: CURLoption, _ value: Int) throws(CourierError) {
        try check(haechi_curl_set_long(handle, option, value), "option \(option.rawValue)")
    }

    func set(_ option: CURLoption, _ value: String) throws(CourierError) {
        guard !value.utf8.contains(0) else {
            throw CourierError(.malformed, context: "NUL in option \(option.rawValue)")
        }
        try check(haechi_curl_set_string(handle, option, value), "option \(option.rawValue)")
    }

    /// Sets a list of lines; a line break in one of them would start another, and is refused.
    func set(_ option: CURLoption, _ lines: [String]) throws(CourierError) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard line.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw CourierError(.malformed, context: "control character in a line")
            }
            guard let longer = curl_slist_append(list, line) else {
                throw CourierError(.transferFailed, context: "curl_slist_append")
            }
            list = longer
        }
        if let list { lists.append(list) }
        try check(haechi_curl_set_list(handle, option, list), "option \(option.rawValue)")
    }

    /// Sets the content of a request; libcurl takes a copy.
    func setContent(_ bytes: [UInt8]) throws(CourierError) {
        try set(CURLOPT_POSTFIELDSIZE, bytes.count)
        // One byte more than is sent: content of no bytes still needs an address that is not NULL.
        let status = (bytes + [0]).map { CChar(bitPattern: $0) }.withUnsafeBufferPointer {
            haechi_curl_set_string(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)
        }
        try check(status, "content")
    }

    /// Sets the bytes that an upload (a mail) reads.
    func setUpload(_ bytes: [UInt8]) throws(CourierError) {
        upload = bytes
        uploadOffset = 0
        try set(CURLOPT_UPLOAD, 1)
    }

    /// Runs the transfer and gives the status of the answer.
    func perform(allowsPrivate: Bool) throws(CourierError) -> Int {
        self.allowsPrivate = allowsPrivate
        let context = Unmanaged.passUnretained(self).toOpaque()
        var door = haechi_curl_door(
            admits: { address, context in
                Transfer.of(context).admits(address) ? 1 : 0
            },
            continues: { Transfer.of($0).continues ? 1 : 0 },
            context: context
        )
        let status = withUnsafeMutablePointer(to: &door) { door -> CURLcode in
            var status = haechi_curl_set_door(handle, door)
            if status == CURLE_OK {
                status = haechi_curl_set_write(
                    handle,
                    { Transfer.of($3).receive($0, $1 * $2) },
                    context
                )
            }
            if status == CURLE_OK {
                status = haechi_curl_set_header(
                    handle,
                    { Transfer.of($3).receiveField($0, $1 * $2) },
                    context
                )
            }
            if status == CURLE_OK {
                status = haechi_curl_set_read(
                    handle,
                    { Transfer.of($3).send($0, $1 * $2) },
                    context
                )
            }
            return status == CURLE_OK ? curl_easy_perform(handle) : status
        }
        if let refusedAddress {
            throw CourierError(.addressRefused, context: "the socket led to \(refusedAddress.text)")
        }
        if isTooLarge {
            throw CourierError(.tooLarge, context: "more than \(maximumBodyByteCount) bytes")
        }
        guard continues else { throw CourierError(.cancelled, context: "nobody listens") }
        try check(status, "transfer")
        return lastStatus
    }

    /// The status of the last answer, of HTTP or of a relay; 0 where none came.
    var lastStatus: Int { haechi_curl_response_code(handle) }

    private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context else { preconditionFailure("libcurl lost the context of a transfer") }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    private func admits(_ address: UnsafePointer<sockaddr>?) -> Bool {
        guard !allowsPrivate else { return true }
        guard let ip = address.flatMap(IPAddress.init) else { return false }
        if ip.isPublic { return true }
        refusedAddress = ip
        return false
    }

    /// Whether somebody still wants what comes.
    private var continues: Bool { sink?.isOpen ?? true }

    private func receive(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        bodyByteCount += count
        guard bodyByteCount <= maximumBodyByteCount else {
            isTooLarge = true
            return 0
        }
        let piece = UnsafeRawBufferPointer(start: bytes, count: count)
        if let sink {
            sink.take(.bytes(Array(piece)))
        } else {
            body.append(contentsOf: piece)
        }
        return count
    }

    private func receiveField(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        fieldByteCount += count
        guard fieldByteCount <= Transfer.maximumFieldByteCount else {
            isTooLarge = true
            return 0
        }
        let line = String(
            decoding: UnsafeRawBufferPointer(start: bytes, count: count),
            as: UTF8.self
        )
        if line.hasPrefix("HTTP/") {
            // An interim answer (RFC 9110 §15.2) came before; only the last one counts.
            fields = []
        } else if let colon = line.firstIndex(of: ":") {
            fields.append(
                HeaderField(String(line[..<colon]), trimmed(line[line.index(after: colon)...]))
            )
        } else if let sink, !isHeadTaken, lastStatus >= 200, line.allSatisfy(\.isNewline) {
            // The empty line after the fields of the answer that counts; trailers have one too.
            isHeadTaken = true
            sink.take(.head(status: lastStatus, fields: fields))
        }
        return count
    }

    private func send(_ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int) -> Int {
        let count = min(capacity, upload.count - uploadOffset)
        upload.withUnsafeBytes { bytes in
            UnsafeMutableRawBufferPointer(start: buffer, count: capacity)
                .copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[uploadOffset...].prefix(count))
                )
        }
        uploadOffset += count
        return count
    }

    private func check(_ status: CURLcode, _ what: String) throws(CourierError) {
        guard status != CURLE_OK else { return }
        let words = "\(what): \(String(cString: curl_easy_strerror(status)))"
        switch status {
        case CURLE_OPERATION_TIMEDOUT: throw CourierError(.timedOut, context: words)
        case CURLE_COULDNT_RESOLVE_HOST: throw CourierError(.unresolvable, context: words)
        default: throw CourierError(.transferFailed, context: words)
        }
    }
}

/// The text without the white space around it.
private func trimmed(_ text: Substring) -> String {
    let rest = text.drop(while: \.isWhitespace)
    guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(rest[...last])
}
