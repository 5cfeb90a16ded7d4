internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// A write that waits for the single writer.
final class PendingWrite: Sendable {
    /// Runs the body and remembers its result.
    let run: @Sendable (any Connection) throws -> Void
    /// Answers the caller: with the result of the last run, or with an error.
    let finish: @Sendable ((any Error)?) -> Void

    init<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T,
        _ answer: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        let result = Mutex<T?>(nil)
        let box = ResultBox(result)
        run = { connection in
            let value = try body(connection)
            box.value.withLock { $0 = value }
        }
        finish = { error in
            if let error { return answer(.failure(error)) }
            guard let value = box.value.withLock({ $0 }) else {
                return answer(.failure(StoreError(.aborted, context: "a write without a result")))
            }
            answer(.success(value))
        }
    }
}

private final class ResultBox<T: Sendable>: Sendable {
    let value: Mutex<T?>
    init(_ value: consuming sending Mutex<T?>) { self.value = value }
}

/// Writes that wait share one transaction and so one `fsync` (group commit).
///
/// While the disk makes one group durable, the next gathers. Each write of a group runs in a savepoint
/// of its own: one that fails takes nobody with it, and nobody is answered before the commit.
final class WriteQueue: Sendable {
    /// Writes that share a commit.
    static let maximumGroupCount = 64
    /// Writes that may wait.
    static let maximumWaitingCount = 10_000

    enum Added { case mustDrain, isDraining, isFull }

    private struct State {
        var waiting: [PendingWrite] = []
        var isDraining = false
    }

    private let state = Mutex(State())

    func add(_ write: PendingWrite) -> Added {
        state.withLock { state in
            guard state.waiting.count < WriteQueue.maximumWaitingCount else { return .isFull }
            state.waiting.append(write)
            if state.isDraining { return .isDraining }
            state.isDraining = true
            return .mustDrain
        }
    }

    /// Runs on the writer's thread until nobody waits.
    func drain(_ database: Database) {
        while let group = next() {
            commit(group, database)
        }
    }

    private func next() -> [PendingWrite]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let group = Array(state.waiting.prefix(WriteQueue.maximumGroupCount))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ group: [PendingWrite], _ database: Database) {
        if group.count == 1 { return commitAlone(group[0], database) }
        var kept: [PendingWrite] = []
        var notYetRun = group[...]
        do {
            try database.beginTransaction(.immediate)
            while let write = notYetRun.first {
                if let failure = try runInSavepoint(write, database) {
                    write.finish(failure)
                } else {
                    kept.append(write)
                }
                notYetRun.removeFirst()
            }
            try database.commit()
        } catch {
            rollback(database)
            // A disk that filled up, or a deferred key that broke: which of them it was shows when
            // each runs by itself.
            for write in kept + notYetRun { commitAlone(write, database) }
            return
        }
        for write in kept { write.finish(nil) }
    }

    /// Runs one write of a group and answers how it failed; throws where the group is lost.
    private func runInSavepoint(
        _ write: PendingWrite,
        _ database: Database
    ) throws -> (any Error)? {
        try database.execute(sql: "SAVEPOINT grouped")
        do {
            try write.run(SQLiteConnection(database))
        } catch {
            // Some failures (a full disk) undo the whole transaction.
            guard sqlite3_get_autocommit(database.sqliteConnection) == 0 else { throw error }
            try database.execute(sql: "ROLLBACK TO SAVEPOINT grouped")
            try database.execute(sql: "RELEASE SAVEPOINT grouped")
            return StoreError.keeping(error)
        }
        try database.execute(sql: "RELEASE SAVEPOINT grouped")
        return nil
    }

    private func commitAlone(_ write: PendingWrite, _ database: Database) {
        do {
            try database.beginTransaction(.immediate)
            try write.run(SQLiteConnection(database))
            try database.commit()
        } catch {
            rollback(database)
            return write.finish(StoreError.keeping(error))
        }
        write.finish(nil)
    }

    private func rollback(_ database: Database) {
        if sqlite3_get_autocommit(database.sqliteConnection) == 0 { try? database.rollback() }
    }
}

extension StoreError {
    /// Turns an error of the driver into one of the store, and leaves the caller's own errors alone.
    static func keeping(_ error: any Error) -> any Error {
        error is DatabaseError ? StoreError.grdb(error) : error
    }
}
