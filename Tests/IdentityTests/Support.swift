import Basics
import Glibc
import Logging
import Store
import Synchronization

@testable import Identity

/// A folder that is gone with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/haechi-identity-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        // Files of one level and of one folder below it are all that a test makes.
        remove(in: path)
    }

    private func remove(in folder: String) {
        guard let directory = opendir(folder) else { return }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let path = folder + "/" + name
            if entry.pointee.d_type == UInt8(DT_DIR) { remove(in: path) } else { unlink(path) }
        }
        closedir(directory)
        rmdir(folder)
    }
}

/// A clock that only moves when the test says so.
final class TestClock: Sendable {
    private let instant = Mutex(Instant(millisecondsSinceEpoch: 1_700_000_000_000))

    var now: Instant { instant.withLock { $0 } }
    var source: TimeSource { TimeSource { [self] in now } }

    func advance(seconds: Int) {
        instant.withLock { $0 = $0.adding(seconds: seconds) }
    }
}

/// Identity over a store of its own.
struct House {
    let folder = TemporaryFolder()
    let clock = TestClock()
    let store: Store
    let identity: IdentityServices
    let secretBox: SecretBox
    let origin = SessionOrigin(address: "198.51.100.7", agent: "시험 브라우저")

    static let password = "비 오는 날 파전"

    init() async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        store = try await Store.open(
            .sqlite(path: folder.path + "/city.sqlite"),
            migrations: [IdentityServices.migrations],
            time: clock.source,
            logger: logger
        )
        secretBox = try SecretBox.ephemeral()
        identity = try IdentityServices(
            store: store,
            secretBox: secretBox,
            time: clock.source,
            logger: logger,
            passwordHashCost: .minimal
        )
    }

    var accounts: Accounts { identity.accounts }
    var sessions: Sessions { identity.sessions }

    func signUp(_ name: String = "hong@city.example") async throws -> String {
        try await accounts.signUp(
            NewAccount(
                kind: .resident,
                loginName: name,
                displayName: "홍길동",
                email: name,
                telephone: "010-0000-0000"
            ),
            password: House.password,
            origin: origin
        )
    }

    func signIn(
        _ name: String = "hong@city.example",
        _ password: String = House.password
    ) async throws -> SessionTicket {
        let step = try await identity.signIn.password(password, loginName: name, origin: origin)
        guard case .signedIn(let ticket) = step else {
            throw IdentityError.expired("a second factor was asked for")
        }
        return ticket
    }

    func actor(_ ticket: SessionTicket) async throws -> Actor {
        try await sessions.actor(forCookie: ticket.cookie, now: clock.now)
    }

    func sample() async throws -> SampleAccounts {
        try await SampleAccounts.make(
            in: accounts,
            city: "KR-11",
            district: "KR-11350",
            passwords: .init(administrator: House.password, everybodyElse: House.password)
        )
    }
}
