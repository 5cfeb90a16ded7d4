public import Basics

/// What can go wrong with the store.
public struct StoreError: ExplainedError, Hashable {
    /// The kinds of failure a caller can act on.
    public enum Code: Sendable, Hashable {
        /// A file, row or object that was asked for does not exist.
        case notFound
        /// Too much is waiting, or another process holds the file.
        case busy
        /// Another process owns the store.
        case locked
        /// The disk is full.
        case diskFull
        /// The folder or the database may only be read.
        case readOnly
        /// The database or a blob is damaged.
        case corrupt
        /// The disk answered with an error.
        case inputOutput
        /// The store was written by a newer program.
        case newerSchema
        /// A migration that was already applied reads differently now.
        case changedMigration
        /// The database server cannot be reached.
        case unreachable
        /// A rule of the schema refused a row; the name is the constraint's, or `table.column`.
        case constraint(String)
        /// The statement is wrong, or does not fit the schema.
        case statement
        /// A column holds something else than the type asked for.
        case decoding
        /// A value that no engine keeps: a text with a NUL character, too many values.
        case unsupportedValue
        /// The transaction was undone: an earlier statement failed, or others changed the same rows.
        case aborted
        /// A limit of the store was reached.
        case limit
        /// The same idempotency key came with a different request.
        case keyReused
        /// The place to restore into is not empty.
        case notEmpty
        /// A backup or an archive does not have the expected form.
        case badArchive
        /// The store was closed.
        case closed
    }

    /// The kind of failure; equality and tests use this.
    public let code: Code
    /// What went wrong and what to do, for the person.
    public let message: Bilingual
    /// Engine messages, paths and statement texts, for the log; never a bound value.
    public let context: String

    /// Creates an error.
    public init(_ code: Code, _ message: Bilingual, context: String = "") {
        self.code = code
        self.message = message
        self.context = context
    }

    /// Creates an error with the message that its kind always has.
    init(_ code: Code, context: String) {
        self.init(code, StoreError.message(code), context: context)
    }

    static func decoding<T>(_ value: SQLValue, as type: T.Type) -> StoreError {
        let kind =
            switch value {
            case .null: "NULL"
            case .integer: "an integer"
            case .real: "a real"
            case .text: "a text"
            case .blob: "bytes"
            }
        return StoreError(.decoding, context: "\(kind) is not a \(type)")
    }

    private static func message(_ code: Code) -> Bilingual {
        switch code {
        case .notFound: Bilingual("찾는 자료가 저장소에 없습니다", "The store has no such record")
        case .busy, .limit:
            Bilingual("저장소가 붐빕니다. 잠시 뒤 다시 해 주세요", "The store is busy; please try again shortly")
        case .locked:
            Bilingual("다른 haechi가 이 저장소를 쓰고 있습니다", "Another haechi is using this store")
        case .diskFull:
            Bilingual("디스크가 가득 차서 저장하지 못했습니다", "The disk is full; nothing was saved")
        case .readOnly:
            Bilingual("저장소에 쓸 수 있는 권한이 없습니다", "The store cannot be written to")
        case .corrupt:
            Bilingual(
                "저장소가 손상되었습니다. 백업에서 복구해 주세요",
                "The store is damaged; restore it from a backup"
            )
        case .inputOutput:
            Bilingual("디스크를 읽거나 쓰지 못했습니다", "The disk could not be read or written")
        case .newerSchema:
            Bilingual(
                "이 저장소는 더 새로운 haechi가 만든 것입니다. 프로그램을 올린 뒤 다시 여세요",
                "A newer haechi made this store; upgrade the program and open it again"
            )
        case .changedMigration:
            Bilingual(
                "이미 적용한 스키마 변경이 프로그램에서 달라졌습니다. 아무것도 바꾸지 않았습니다",
                "A migration that was already applied has changed in the program; nothing was touched"
            )
        case .unreachable:
            Bilingual("데이터베이스 서버에 연결하지 못했습니다", "The database server cannot be reached")
        case .constraint:
            Bilingual("이미 있거나 규칙에 맞지 않는 자료입니다", "The record exists already or breaks a rule")
        case .statement, .decoding, .unsupportedValue:
            Bilingual("자료를 처리하지 못했습니다", "The record could not be processed")
        case .aborted:
            Bilingual("저장이 취소되었습니다. 다시 해 주세요", "Saving was undone; please try again")
        case .keyReused:
            Bilingual("같은 요청 번호로 다른 내용이 왔습니다", "The same request key came with different content")
        case .notEmpty:
            Bilingual("복구할 곳이 비어 있지 않습니다", "The place to restore into is not empty")
        case .badArchive:
            Bilingual("백업의 형식이 맞지 않거나 백업이 손상되었습니다", "The backup is malformed or damaged")
        case .closed: Bilingual("저장소가 닫혔습니다", "The store is closed")
        }
    }
}

extension StoreError: CustomStringConvertible {
    /// The kind and the context, for a log.
    public var description: String { "StoreError(\(code): \(message.english). \(context))" }
}
