/// What a page may load and run (Content Security Policy Level 3).
enum ContentSecurity {
    /// Nothing but what this site serves.
    static let policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        + "frame-ancestors 'none'; form-action 'self'"

    /// A page with a map: its library starts a worker from its own text. Only scripts of this site
    /// can do that, since `script-src` stays as it is.
    static let policyWithMap = policy + "; worker-src 'self' blob:"

    /// Whether a page holds a map that scripts may make move.
    static func hasMap(_ markup: [UInt8]) -> Bool {
        let hook = Array(" data-map".utf8)
        return markup.withUnsafeBufferPointer { page in
            page.indices.dropLast(hook.count - 1).contains { at in
                page[at] == hook[0] && page[at + 5] == hook[5]
                    && page[at..<at + hook.count].elementsEqual(hook)
            }
        }
    }
}
