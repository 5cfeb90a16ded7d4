import Basics
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
