/// What a request may say in its address.
enum AddressLimit {
    /// The most characters of one part: twelve bytes each, percent-encoded (RFC 3986 §2.1), fit into
    /// the 80 KiB that the server takes for an address and its fields.
    static let maximumCharacterCount = 5_000
}
