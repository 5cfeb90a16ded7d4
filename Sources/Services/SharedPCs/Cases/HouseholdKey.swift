import Crypto
import Hosting
import Store

/// Turns a registered address into a code that tells one household from another and cannot be turned
/// back (HMAC-SHA256, RFC 2104, under a key of this city's store).
struct HouseholdKey: Sendable {
    private let key: [UInt8]

    /// Takes the key of the store, or makes it the first time.
    static func load(from store: Store) async throws -> HouseholdKey {
        try await store.write { tx in
            try tx.run(
                """
                INSERT INTO shared_pc_secret (id, secret)
                VALUES ('household', \(RandomName.make(byteCount: 32))) ON CONFLICT (id) DO NOTHING
                """
            )
            let secret = try tx.value(
                "SELECT secret FROM shared_pc_secret WHERE id = 'household'",
                as: String.self
            )
            return HouseholdKey(secret: secret ?? "")
        }
    }

    init(secret: String) { key = Array(secret.utf8) }

    /// The code of an address; empty for an empty address.
    ///
    /// Spaces, commas, brackets with what stands in them and the words for unit and floor do not
    /// count, since people write `101동 1203호` and `101-1203`.
    func code(of address: String) -> String {
        let plain = Self.normalized(address)
        guard !plain.isEmpty else { return "" }
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(plain.utf8),
            using: SymmetricKey(data: key)
        )
        return Digests.hexadecimal(of: Array(code))
    }

    static func normalized(_ address: String) -> String {
        var depth = 0
        var parts: [String] = [""]
        for character in address {
            if "([".contains(character) { depth += 1 }
            if depth == 0 {
                if character.isLetter || character.isNumber {
                    parts[parts.count - 1].append(character)
                } else {
                    parts.append("")
                }
            }
            if ")]".contains(character) { depth = max(0, depth - 1) }
        }
        return parts.filter { !$0.isEmpty }.map(withoutUnit).joined(separator: "|")
            .replacing("서울특별시", with: "서울")
            .replacing("서울시", with: "서울")
    }

    /// A number with the word for unit or building after it is that number.
    private static func withoutUnit(_ word: String) -> String {
        guard let last = word.last, "동호층".contains(last),
            word.dropLast().allSatisfy(\.isNumber), word.count > 1
        else { return word }
        return String(word.dropLast())
    }
}
