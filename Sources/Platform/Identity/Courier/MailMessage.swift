public import Basics
import Crypto

/// A mailbox: an address, and the name of whom it belongs to.
public struct Mailbox: Sendable, Hashable {
    /// The display name; empty shows the address alone.
    public var name: String
    /// The address, `local@domain` in ASCII.
    public var address: String

    /// Creates a mailbox.
    public init(name: String = "", address: String) {
        self.name = name
        self.address = address
    }
}

/// A plain-text message of the internet (RFC 5322, MIME: RFC 2045 and 2047).
///
/// Nothing a person typed can become a header field: control characters are refused, and everything
/// that is not plain ASCII travels encoded.
public struct MailMessage: Sendable, Hashable {
    /// The most receivers of one message.
    public static let maximumReceiverCount = 100
    /// The longest subject.
    public static let maximumSubjectCharacterCount = 200

    /// Who sends it.
    public var from: Mailbox
    /// Who receives it.
    public var to: [Mailbox]
    /// The subject.
    public var subject: String
    /// The text.
    public var body: String
    /// When it was written.
    public var date: Instant
    /// What its Message-ID is made from: the same for the same message, so that one delivered twice is
    /// seen once.
    public var id: String

    /// Creates a message.
    public init(
        from: Mailbox,
        to: [Mailbox],
        subject: String,
        body: String,
        date: Instant,
        id: String
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.body = body
        self.date = date
        self.id = id
    }

    /// The message as it travels: ASCII, lines of at most 78 characters that end in CR LF.
    public func rendered() throws(CourierError) -> [UInt8] {
        guard !to.isEmpty, to.count <= MailMessage.maximumReceiverCount else {
            throw CourierError(.malformed, context: "\(to.count) receivers")
        }
        guard subject.count <= MailMessage.maximumSubjectCharacterCount else {
            throw CourierError(.malformed, context: "subject too long")
        }
        for text in [subject, from.name] + to.map(\.name) { try MIME.checkLine(text) }
        for mailbox in [from] + to { try MIME.checkAddress(mailbox.address) }
        let domain = from.address.split(separator: "@").last.map(String.init) ?? ""
        let messageID = "\(MIME.localPart(id))@\(domain)"
        try MIME.checkAddress(messageID)
        var receivers = ""
        for (index, mailbox) in to.enumerated() {
            receivers += index == 0 ? "" : ",\r\n "
            receivers += MIME.text(of: mailbox)
        }
        let head = [
            "Date: \(MIME.date(date))",
            "From: \(MIME.text(of: from))",
            "To: \(receivers)",
            "Subject: \(MIME.encoded(subject))",
            "Message-ID: <\(messageID)>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "Auto-Submitted: auto-generated",
        ]
        let text = head.joined(separator: "\r\n") + "\r\n\r\n" + MIME.base64Lines(body)
        return Array(text.utf8)
    }
}

/// The encodings of a message.
enum MIME {
    /// The most bytes of text in one encoded word: 68 characters, which leaves room for `Subject: ` on a
    /// line of 78.
    static let maximumEncodedWordByteCount = 42

    /// The text, or encoded words of it where it is not plain ASCII (RFC 2047 §2, §5).
    ///
    /// A word ends between characters, never within one, and the words are folded onto lines.
    static func encoded(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !text.contains("=?")
        if isPlain, text.utf8.count <= 60 { return text }
        var words: [String] = []
        var bytes: [UInt8] = []
        for character in text.unicodeScalars {
            let more = Array(String(character).utf8)
            if bytes.count + more.count > maximumEncodedWordByteCount {
                words.append("=?utf-8?B?\(Encodings.base64(bytes))?=")
                bytes = []
            }
            bytes += more
        }
        words.append("=?utf-8?B?\(Encodings.base64(bytes))?=")
        return words.joined(separator: "\r\n ")
    }

    /// The mailbox as a header field shows it (RFC 5322 §3.4).
    static func text(of mailbox: Mailbox) -> String {
        guard !mailbox.name.isEmpty else { return mailbox.address }
        let isAtoms = mailbox.name.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 32
        }
        // A name with other signs is encoded as a whole, which needs no quoting rules.
        let name =
            isAtoms && mailbox.name.utf8.count <= 60 ? mailbox.name : encodedWord(mailbox.name)
        return "\(name)\r\n <\(mailbox.address)>"
    }

    /// The text in lines of 76 characters of base 64 (RFC 2045 §6.8), its own line ends as CR LF.
    static func base64Lines(_ text: String) -> String {
        var bytes: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 10, previous != 13 { bytes.append(13) }
            bytes.append(byte)
            previous = byte
        }
        var lines = ""
        for start in stride(from: 0, to: bytes.count, by: 57) {
            lines += Encodings.base64(Array(bytes[start..<min(start + 57, bytes.count)])) + "\r\n"
        }
        return lines
    }

    /// The date and time of RFC 5322 §3.3, in Korea's zone.
    static func date(_ instant: Instant) -> String {
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let (date, time) = (instant.date, instant.timeOfDay)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(days[date.weekday - 1]), \(date.day) \(months[date.month - 1]) \(date.year) "
            + "\(two(time.hour)):\(two(time.minute)):\(two(time.second)) +0900"
    }

    /// Refuses what would end a line or hide something in it.
    static func checkLine(_ text: String) throws(CourierError) {
        let isClean = text.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control
                && $0.properties.generalCategory != .lineSeparator
                && $0.properties.generalCategory != .paragraphSeparator
        }
        guard isClean else {
            throw CourierError(.malformed, context: "control character in a line")
        }
    }

    /// The text where it can stand before the `@` of a Message-ID, and a digest of it where it cannot.
    static func localPart(_ text: String) -> String {
        guard (try? checkAddress("\(text)@example")) == nil else { return text }
        return Encodings.hex(SHA256.hash(data: Array(text.utf8)).prefix(16))
    }

    /// Refuses what is not a dot-atom address in ASCII (RFC 5321 §4.1.2; quoted forms are not taken).
    static func checkAddress(_ address: String) throws(CourierError) {
        let parts = address.utf8.split(
            separator: UInt8(ascii: "@"),
            omittingEmptySubsequences: false
        )
        let signs = Set("!#$%&'*+-/=?^_`{|}~.".utf8)
        func isAtom(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        guard address.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].count),
            !parts[1].isEmpty, parts[0].allSatisfy({ isAtom($0) || signs.contains($0) }),
            parts[1].allSatisfy({ isAtom($0) || $0 == 45 || $0 == 46 }),
            parts.allSatisfy({ $0.first != 46 && $0.last != 46 }), parts[0].first != 45
        else { throw CourierError(.malformed, context: "not a mail address") }
    }

    private static func encodedWord(_ text: String) -> String {
        let encoded = encoded(text)
        return encoded.hasPrefix("=?")
            ? encoded : "=?utf-8?B?\(Encodings.base64(Array(text.utf8)))?="
    }
}
