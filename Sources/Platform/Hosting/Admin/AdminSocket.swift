import Basics
import FoundationEssentials
import Hummingbird
import Logging
import ServiceLifecycle
import Store

/// The door for the machine's administrator: a socket in the data folder.
///
/// Only one process may own an SQLite file, so a verb such as `haechi backup` asks the running
/// server instead of opening the file beside it. Who may reach the socket is who may enter the
/// folder (mode 0700).
struct AdminSocket: Service {
    let store: Store
    let path: String
    let logger: Logger

    /// Where the socket of a data folder stands.
    static func path(in folder: String) -> String { "\(folder)/admin.sock" }

    func run() async throws {
        // A socket file left behind by a process that was killed.
        try? FileManager.default.removeItem(atPath: path)
        let router = Router(context: BasicRequestContext.self)
        let work = StoreWork(store: store)
        for verb in StoreWork.Verb.allCases {
            router.post(RouterPath("/\(verb.rawValue)")) { request, _ -> Response in
                let body = try await request.body.collect(upTo: 4096)
                let result = await work.answer(verb, argument: String(buffer: body))
                return Response(
                    status: .ok,
                    headers: [.contentType: "application/json"],
                    body: .init(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(result)))
                )
            }
        }
        let application = Application(
            responder: router.buildResponder(),
            configuration: ApplicationConfiguration(address: .unixDomainSocket(path: path)),
            logger: logger
        )
        try await application.run()
    }
}

/// What the administrator's verbs do to a store, wherever it is open.
struct StoreWork: Sendable {
    enum Verb: String, CaseIterable, Sendable {
        case backup, check, audit
    }

    /// How a verb ended.
    struct Result: Codable, Sendable {
        /// 0 done, 1 done with faults, 2 could not be done.
        var status: Int32
        var message: Bilingual
    }

    let store: Store

    func answer(_ verb: Verb, argument: String) async -> Result {
        do {
            return try await perform(verb, argument: argument)
        } catch let error as any ExplainedError {
            let context = error.context.isEmpty ? "" : " [\(error.context)]"
            return Result(
                status: 2,
                message: Bilingual(error.message.korean + context, error.message.english + context)
            )
        } catch {
            return Result(status: 2, message: Bilingual(same: "\(error)"))
        }
    }

    private func perform(_ verb: Verb, argument: String) async throws -> Result {
        switch verb {
        case .backup:
            let manifest = try await store.backUp(to: argument)
            let rows = manifest.tables.reduce(0) { $0 + $1.rowCount }
            return Result(
                status: 0,
                message: Bilingual(
                    "\(argument)에 백업했습니다: 표 \(manifest.tables.count)개, \(rows.grouped)행",
                    "Backed up to \(argument): \(manifest.tables.count) tables, \(rows.grouped) rows"
                )
            )
        case .check:
            let check = try await store.check()
            return check.isSound
                ? Result(status: 0, message: Bilingual("저장소가 온전합니다", "The store is sound"))
                : Result(
                    status: 1,
                    message: Bilingual(
                        "저장소에 문제가 있습니다: \(check)",
                        "The store has faults: \(check)"
                    )
                )
        case .audit:
            let verification = try await store.verifyAudit()
            guard let sequence = verification.firstBrokenSequence else {
                return Result(
                    status: verification.isIntact ? 0 : 1,
                    message: Bilingual(
                        "감사 기록 \(verification.verifiedCount)건, \(verification.verifiedDayCount)일을 확인했습니다",
                        "Verified \(verification.verifiedCount) audit records of "
                            + "\(verification.verifiedDayCount) days"
                    )
                )
            }
            return Result(
                status: 1,
                message: Bilingual(
                    "감사 기록이 \(sequence)번에서 끊겼습니다",
                    "The audit chain is broken at record \(sequence)"
                )
            )
        }
    }
}
