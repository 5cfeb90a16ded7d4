public import Basics
import City

/// A change of the camera register that cannot be made.
public struct CameraError: ExplainedError, Hashable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, Hashable {
        /// Another camera has the number.
        case numberTaken
    }

    /// The kind of refusal.
    public let code: Code
    /// What is wrong and what to do.
    public let message: Bilingual
    /// Which camera, for the log.
    public let context: String

    static func numberTaken(_ number: UInt32, by twin: Camera) -> CameraError {
        CameraError(
            code: .numberTaken,
            message: Bilingual(
                "카메라 번호 \(number)은(는) 이미 \(twin.asset.number)의 번호입니다.",
                "The camera number \(number) is that of \(twin.asset.number)."
            ),
            context: twin.asset.id
        )
    }
}
