public import Basics

/// Why a program could not do its work.
public struct ProgramError: ExplainedError, Hashable {
    /// The kind of the fault, stable for programs.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The program is not installed on this machine.
        case notInstalled
        /// It took longer than it may, by the clock or by the processor.
        case tookTooLong
        /// It wrote more than it may.
        case wroteTooMuch
        /// It ended with a fault of its own, crashed, or ran out of the memory it may have.
        case failed
    }

    /// The kind of the fault.
    public let code: Code
    /// What went wrong and what to do, for the person.
    public let message: Bilingual
    /// What the log needs: the program, how it ended and what it complained of.
    public let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }
}

extension ProgramError {
    static func notInstalled(_ name: String) -> ProgramError {
        ProgramError(
            .notInstalled,
            Bilingual(
                "이 서버에 \(name) 프로그램이 없습니다. 관리자에게 설치를 요청해 주십시오.",
                "This server lacks the program \(name); ask its administrator to install it."
            ),
            context: name
        )
    }

    static func tookTooLong(_ context: String) -> ProgramError {
        ProgramError(
            .tookTooLong,
            Bilingual(
                "파일을 처리하는 데 너무 오래 걸려 멈추었습니다.",
                "The file took too long to work on and was given up."
            ),
            context: context
        )
    }

    static func wroteTooMuch(_ context: String) -> ProgramError {
        ProgramError(
            .wroteTooMuch,
            Bilingual(
                "파일에 든 내용이 너무 많습니다. 나누어 올려 주십시오.",
                "There is too much in the file; divide it."
            ),
            context: context
        )
    }

    static func failed(_ context: String) -> ProgramError {
        ProgramError(
            .failed,
            Bilingual(
                "파일을 처리하지 못했습니다. 파일이 손상되지 않았는지 확인해 주십시오.",
                "The file could not be worked on; check whether it is damaged."
            ),
            context: context
        )
    }
}
