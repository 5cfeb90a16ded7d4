import Basics
import CCurl
import CityTesting
import Testing

@testable import Identity

@Suite struct `The outbound door` {
    @Test(arguments: [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.127.255.255",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.2.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:7f00:1::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1",
        "3fff::1",
    ])
    func `an address that is not of the public internet is known as such`(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic == false)
    }

    @Test(arguments: [
        "1.1.1.1", "9.9.9.9", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1",
        "198.17.255.255", "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2001:200::1",
        "::ffff:1.1.1.1", "64:ff9b::101:101",
    ])
    func `a public address is public`(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic)
    }

    @Test(arguments: [
        "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://2130706433/",
        "http://0x7f000001/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/", "http://10.1.2.3:8080/", "http://0/",
        "http://[fe80::1]/", "https://192.168.0.1/", "http://127.0.0.1.:80/",
    ])
    func `a request into the house is refused`(_ url: String) async throws {
        let error = await #expect(throws: CourierError.self) {
            try await Courier().fetch(OutboundRequest("GET", url))
        }
        #expect([.addressRefused, .unresolvable, .badAddress].contains(error?.code))
    }

    @Test(arguments: [
        "file:///etc/passwd", "ftp://example.com/", "gopher://127.0.0.1:25/", "dict://x/", "/path",
        "http://", "http://user:secret@example.com/", "http://user@127.0.0.1/",
        "javascript:alert(1)",
        "http://exa mple.com/", "http://example.com:99999/", "",
    ])
    func `what is not a plain web address is refused`(_ url: String) {
        #expect(throws: CourierError.self) { try OutboundAddress(url) }
    }

    @Test func `addresses are taken apart and put together as libcurl does`() throws {
        let base = try OutboundAddress("https://City.example/a/b?c")
        #expect(base.origin == "https://city.example:443")
        #expect(try OutboundAddress("../d", relativeTo: base).url.hasSuffix("/d"))
        #expect(try OutboundAddress("//other.example/", relativeTo: base).host == "other.example")
        #expect(try OutboundAddress("http://[2001:DB8::1]:8080/").host == "2001:db8::1")
    }

    @Test func `an allowed host answers, with its fields and content`() async throws {
        let server = try LocalServer { request in
            LocalServer.answer(200, ["X-Echo: \(request.split(separator: "\r\n")[0])"], "안녕")
        }
        let courier = Courier(settings: server.settings)
        let response = try await courier.fetch(
            OutboundRequest(
                "POST",
                server.url + "/p?q",
                fields: [HeaderField("X-A", "b")],
                body: [65]
            )
        )
        #expect(response.status == 200)
        #expect(response["x-echo"] == "POST /p?q HTTP/1.1")
        #expect(String(decoding: response.body, as: UTF8.self) == "안녕")
        #expect(server.requests[0].contains("X-A: b\r\n"))
        #expect(server.requests[0].hasSuffix("\r\n\r\nA"))
    }

    @Test func `a socket that leads inside is refused even where the name was allowed before`() {
        // What DNS rebinding comes to: the guard said yes, and the connection goes elsewhere.
        let error = #expect(throws: CourierError.self) {
            let transfer = try Transfer(maximumBodyByteCount: 10)
            try transfer.set(CURLOPT_URL, "http://127.0.0.1:9/")
            _ = try transfer.perform(allowsPrivate: false)
        }
        #expect(error?.code == .addressRefused)
    }

    @Test func `a redirect is handed back unless asked for, then followed within its limit`()
        async throws
    {
        let server = try LocalServer { request in
            request.hasPrefix("GET /end ")
                ? LocalServer.answer(200, [], "end")
                : LocalServer.answer(
                    302,
                    ["Location: \(request.contains("/loop") ? "/loop" : "/end")"],
                    ""
                )
        }
        let courier = Courier(settings: server.settings)
        let plain = try await courier.fetch(OutboundRequest("GET", server.url + "/start"))
        #expect(plain.status == 302)
        let followed = try await courier.fetch(
            OutboundRequest("GET", server.url + "/start", maximumRedirectCount: 1)
        )
        #expect(String(decoding: followed.body, as: UTF8.self) == "end")
        let error = await #expect(throws: CourierError.self) {
            try await courier.fetch(
                OutboundRequest("GET", server.url + "/loop", maximumRedirectCount: 3)
            )
        }
        #expect(error?.code == .redirectRefused)
    }

    @Test func `a redirect into the house is refused like a first request`() async throws {
        let server = try LocalServer { _ in
            LocalServer.answer(302, ["Location: http://127.0.0.1:1/"], "")
        }
        let error = await #expect(throws: CourierError.self) {
            try await Courier(settings: server.settings).fetch(
                OutboundRequest("GET", server.url, maximumRedirectCount: 2)
            )
        }
        #expect(error?.code == .addressRefused)
    }

    @Test func `an answer past the limit is cut off`() async throws {
        let server = try LocalServer { _ in
            LocalServer.answer(200, [], String(repeating: "x", count: 5000))
        }
        var settings = server.settings
        settings.maximumBodyByteCount = 4999
        let courier = Courier(settings: settings)
        let error = await #expect(throws: CourierError.self) {
            try await courier.fetch(OutboundRequest("GET", server.url))
        }
        #expect(error?.code == .tooLarge)
    }

    @Test(arguments: [
        HeaderField("X-A", "b\r\nX-B: c"), HeaderField("X A", "b"), HeaderField("", "b"),
        HeaderField("X-A:", "b"), HeaderField("X-A", "b\u{0}"),
    ])
    func `a field that would add another is refused`(_ field: HeaderField) async throws {
        let server = try LocalServer { _ in LocalServer.answer(200, [], "") }
        let courier = Courier(settings: server.settings)
        let error = await #expect(throws: CourierError.self) {
            try await courier.fetch(OutboundRequest("GET", server.url, fields: [field]))
        }
        #expect(error?.code == .malformed)
        #expect(server.requests.isEmpty)
    }
}

@Suite struct `Mail` {
    static let message = MailMessage(
        from: Mailbox(name: "해치시청", address: "noreply@city.example"),
        to: [Mailbox(name: "Hong Gildong", address: "hong@city.example")],
        subject: "접수되었습니다: 정보화사업 발주계획 공개 신청이 접수번호 2026-000123으로 등록됨",
        body: "안녕하세요.\n접수되었습니다.\n.\n",
        date: Instant(millisecondsSinceEpoch: 1_674_604_800_000),
        id: "case-123"
    )

    @Test func `a message is ASCII in short lines and says what it said`() throws {
        let text = String(decoding: try Self.message.rendered(), as: UTF8.self)
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && !$0.contains("\n") })
        #expect(lines.contains("Date: Wed, 25 Jan 2023 09:00:00 +0900"))
        #expect(lines.contains("Message-ID: <case-123@city.example>"))
        #expect(lines.contains("To: Hong Gildong"))
        #expect(lines.contains(" <hong@city.example>"))
        let body = text.split(separator: "\r\n\r\n", maxSplits: 1)[1].filter { $0 != "\r\n" }
        #expect(decoded(String(body)) == "안녕하세요.\r\n접수되었습니다.\r\n.\r\n")
    }

    @Test func `a long Korean subject is folded into words that each decode by themselves`() {
        let words = MIME.encoded(Self.message.subject).split(separator: "\r\n ").map(String.init)
        #expect(words.count > 1)
        #expect(words.allSatisfy { $0.hasPrefix("=?utf-8?B?") && $0.hasSuffix("?=") })
        #expect(words.allSatisfy { $0.utf8.count <= 75 })
        let text = words.map { decoded(String($0.dropFirst(10).dropLast(2))) ?? "?" }.joined()
        #expect(text == Self.message.subject)
        #expect(MIME.encoded("Plain subject") == "Plain subject")
        #expect(MIME.encoded("=?utf-8?B?x?=") != "=?utf-8?B?x?=")
    }

    @Test(arguments: [
        "x\r\nBcc: all@city.example", "x\nBcc: y", "x\rBcc: y", "x\u{0}", "x\u{2028}y", "x\u{85}y",
    ])
    func `a line break in a subject or a name is refused`(_ text: String) {
        var message = Self.message
        message.subject = text
        #expect(throws: CourierError.self) { try message.rendered() }
        message = Self.message
        message.to[0].name = text
        #expect(throws: CourierError.self) { try message.rendered() }
    }

    @Test(arguments: [
        "a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "a@b@c", "@c.example", "a@", "a",
        "가나@city.example", "a@b.example\n", "<a@b.example>", "a,b@c.example", ".a@c.example",
        "-oQ/tmp@c.example",
    ])
    func `what is not an address is refused`(_ address: String) {
        var message = Self.message
        message.to[0].address = address
        #expect(throws: CourierError.self) { try message.rendered() }
    }

    @Test(arguments: ["procurement/7/2023/11350/정보화-001", String(repeating: "a", count: 65)])
    func `a Message-ID is made of any text, the same from the same`(id: String) throws {
        var message = Self.message
        message.id = id
        let text = String(decoding: try message.rendered(), as: UTF8.self)
        let line = try #require(text.split(separator: "\r\n").first { $0.hasPrefix("Message-ID:") })
        #expect(line.wholeMatch(of: /Message-ID: <[0-9a-f]{32}@city\.example>/) != nil)
        let again = String(decoding: try message.rendered(), as: UTF8.self)
        #expect(again == text)
    }

    @Test(arguments: [("451 later", false), ("530 sign in first", false), ("550 never", true)])
    func `what a relay refuses for good is told from what it refuses for now`(
        reply: String,
        isFinal: Bool
    ) async throws {
        let relay = try LocalServer(greeting: "220 relay\r\n") { line in
            switch line.prefix(4).uppercased() {
            case "RCPT": "\(reply)\r\n"
            case "QUIT": "221 bye\r\n"
            default: "250 ok\r\n"
            }
        }
        var settings = CourierSettings()
        settings.mailRelay = MailRelay(url: "smtp://127.0.0.1:\(relay.port)")
        let courier = Courier(settings: settings)
        let error = await #expect(throws: CourierError.self) {
            try await courier.send(Self.message)
        }
        #expect(error?.isFinal == isFinal)
    }

    @Test func `the relay hears the dialogue of RFC 5321 and gets the message`() async throws {
        let relay = try LocalServer(greeting: "220 relay\r\n") { line in
            switch line.prefix(4).uppercased() {
            case "EHLO": "250 relay\r\n"
            case "DATA": "354 go on\r\n"
            case "QUIT": "221 bye\r\n"
            default: "250 ok\r\n"
            }
        }
        var settings = CourierSettings()
        settings.mailRelay = MailRelay(url: "smtp://127.0.0.1:\(relay.port)")
        try await Courier(settings: settings).send(Self.message)
        let heard = relay.requests.joined()
        #expect(heard.contains("MAIL FROM:<noreply@city.example>"))
        #expect(heard.contains("RCPT TO:<hong@city.example>"))
        #expect(heard.contains("Message-ID: <case-123@city.example>\r\n"))
        await #expect(throws: CourierError.self) { try await Courier().send(Self.message) }
    }

    private func decoded(_ base64: String) -> String? {
        let url = base64.filter { $0 != "=" && !$0.isNewline }
            .map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
        return Encodings.bytes(base64URL: String(url)).map { String(decoding: $0, as: UTF8.self) }
    }
}
