internal import Basics
internal import Glibc
internal import Synchronization

/// Ownership of a file by one process, through `flock` on a file beside it.
///
/// SQLite before 3.51.3 can damage a database that two processes write and checkpoint at once
/// (https://sqlite.org/wal.html#walresetbug), so a second opener is turned away.
final class FileLock: Sendable {
    private let descriptor: Mutex<Int32?>

    init(path: String) throws {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.system(errno, path: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StoreError(
                .locked,
                .init(
                    "다른 haechi가 이 저장소를 쓰고 있습니다. 그쪽을 끝내거나 다른 --data 폴더를 지정하세요",
                    "Another haechi is using this store; stop it, or name another --data folder"
                ),
                context: path
            )
        }
        self.descriptor = Mutex(descriptor)
    }

    /// Lets the file go; the lock file stays, because removing it would race with the next opener.
    func release() {
        descriptor.withLock { descriptor in
            if let number = descriptor { close(number) }
            descriptor = nil
        }
    }

    deinit {
        release()
    }
}

extension StoreError {
    /// Reads an `errno`.
    static func system(_ number: Int32, path: String) -> StoreError {
        let kind: Code =
            switch number {
            case ENOENT, ENOTDIR: .notFound
            case EACCES, EPERM, EROFS: .readOnly
            case ENOSPC, EDQUOT, EFBIG: .diskFull
            case EMFILE, ENFILE: .limit
            default: .inputOutput
            }
        return StoreError(kind, context: "\(path): \(String(cString: strerror(number)))")
    }
}
