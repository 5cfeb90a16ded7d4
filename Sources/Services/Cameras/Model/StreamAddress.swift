import Basics
import Identity

/// The address of a camera's picture: a secret, since it often holds a password.
struct StreamAddress: Sendable, Hashable {
    /// The longest address, in characters.
    static let maximumCharacterCount = 500
    /// How a picture is fetched.
    static let schemes = ["rtsp://", "rtsps://", "http://", "https://"]

    let text: String

    /// Takes an address.
    ///
    /// - Throws: `CamerasError` `badInput`.
    init(_ text: String) throws {
        let lowered = text.lowercased()
        guard text.count <= Self.maximumCharacterCount,
            let scheme = Self.schemes.first(where: { lowered.hasPrefix($0) }),
            text.utf8.count > scheme.utf8.count,
            text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value != 0x7F })
        else {
            throw CamerasError.badInput(
                "rtsp://나 http(s)://로 시작하는, 빈칸 없는 주소를 적어 주세요.",
                "Give an address that begins with rtsp:// or http(s):// and has no space."
            )
        }
        self.text = text
    }
}
