import Basics
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Store

extension Problem {
    init(access error: AccessError) {
        switch error.code {
        case .signInRequired, .strongerSignInRequired: self = .needsSignIn
        case .refused: self = .refused
        case .notFound: self = .notFound
        }
        if error.code != .notFound { message = error.message }
        context = error.context
    }

    init(store error: StoreError) {
        switch error.code {
        case .busy, .locked, .limit, .unreachable, .aborted, .closed:
            self = .unavailable(error.message, context: error.context)
        case .diskFull, .readOnly:
            self = .unavailable(error.message, context: error.context)
            status = .insufficientStorage
            kind = "store-full"
        case .keyReused: self = .conflict(error.message, context: error.context)
        default: self = .failure(context: error.context)
        }
    }

    /// The problem as `application/problem+json` (RFC 9457 §3).
    func json(language: Language, requestID: String) -> Outgoing {
        var members: [String: JSONValue] = [
            "type": .string("/problems/\(kind)"), "title": .string(title[language]),
            "status": .integer(status.code), "detail": .string(message[language]),
            "instance": .string("urn:haechi:request:\(requestID)"),
        ]
        if !faults.isEmpty {
            members["faults"] = .array(
                faults.map {
                    ["field": .string($0.field), "message": .string($0.message[language])]
                }
            )
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(JSONValue.object(members))).map(Array.init) ?? []
        return Outgoing(
            status,
            contentType: "application/problem+json",
            body: .bytes(bytes),
            cache: .never
        )
    }
}

extension Outgoing {
    /// The answer in Hummingbird's terms.
    var response: Response {
        switch body {
        case .bytes(let bytes):
            Response(
                status: status,
                headers: headers,
                body: bytes.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: bytes))
            )
        case .stream(let write):
            Response(
                status: status,
                headers: headers,
                body: ResponseBody { writer in
                    var output = writer
                    try await write { bytes in
                        try await output.write(ByteBuffer(bytes: bytes))
                    }
                    try await output.finish(nil)
                }
            )
        }
    }
}
