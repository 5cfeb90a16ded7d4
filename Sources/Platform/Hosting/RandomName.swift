/// Names nobody can guess: identifiers of records, secrets of links.
public enum RandomName {
    /// A name of lower-case letters and digits, from the system's random source.
    ///
    /// - Parameter byteCount: Random bytes in it; 12 make an identifier, 24 a secret.
    /// - Returns: The name.
    public static func make(byteCount: Int) -> String {
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        var generator = SystemRandomNumberGenerator()
        let count = (byteCount * 8 + 4) / 5
        return String(
            decoding: (0..<count).map { _ in
                digits[Int.random(in: 0..<32, using: &generator)]
            },
            as: UTF8.self
        )
    }
}
