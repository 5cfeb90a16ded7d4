import Basics
import FoundationEssentials
import Hosting
import Identity
import Store

/// Takes notices out of the house: by e-mail through the relay, by web hook.
struct NoticeDispatch {
    let platform: Platform

    var handler: JobHandler {
        let platform = platform
        return JobHandler(NoticeDelivery.self) { delivery in
            let found = try await platform.store.read { db in
                (
                    try Notices.find(delivery.noticeID, in: db),
                    try Notices.channel(delivery.channelID, in: db)
                )
            }
            // A notice or channel that was removed since needs no delivery.
            guard let notice = found.0, let channel = found.1 else { return }
            do {
                switch channel.kind {
                case .mail: try await Self.mail(notice, to: channel.address, platform)
                case .webHook: try await Self.call(channel.address, with: notice, platform)
                case .feed: break
                }
            } catch let error as CourierError where error.isFinal {
                throw HopelessJob(String(describing: error))
            }
        }
    }

    private static func mail(
        _ notice: Notice,
        to address: String,
        _ platform: Platform
    ) async throws {
        let settings = platform.settings
        guard !settings["mailRelay"].isEmpty, !settings["mailFrom"].isEmpty else { return }
        try await platform.courier.send(
            MailMessage(
                from: Mailbox(name: settings["siteName"], address: settings["mailFrom"]),
                to: [Mailbox(address: address)],
                subject: subject(notice.title),
                body: "\(notice.body)\n\n\(platform.publicURL)\(notice.link)\n",
                date: platform.time.now(),
                id: notice.id
            )
        )
    }

    /// A title as one line of a length that can be sent; a cell of a workbook may hold several.
    private static func subject(_ title: String) -> String {
        let words = title.split { character in
            character.isWhitespace
                || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
        }
        let line = words.joined(separator: " ")
        return String(line.prefix(MailMessage.maximumSubjectCharacterCount))
    }

    private struct Payload: Encodable {
        var id: String
        var title: String
        var body: String
        var url: String
        var createdAt: String
    }

    private static func call(
        _ address: String,
        with notice: Notice,
        _ platform: Platform
    ) async throws {
        let payload = Payload(
            id: notice.id,
            title: notice.title,
            body: notice.body,
            url: platform.publicURL + notice.link,
            createdAt: notice.createdAt.rfc3339
        )
        let response = try await platform.courier.fetch(
            OutboundRequest(
                "POST",
                address,
                fields: [HeaderField("Content-Type", "application/json")],
                body: Array(try JSONEncoder().encode(payload))
            )
        )
        // 410 says that nobody listens there any more (RFC 9110 §15.5.11).
        guard response.status != 410 else { throw HopelessJob("the web hook answers 410") }
        guard (200..<300).contains(response.status) else {
            throw WebHookRefused(status: response.status)
        }
    }

    /// The other end answered, but not with success; the job is tried again.
    private struct WebHookRefused: Error {
        var status: Int
    }
}
