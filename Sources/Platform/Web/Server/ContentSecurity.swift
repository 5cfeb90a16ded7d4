/// What a page may load and run (Content Security Policy Level 3).
enum ContentSecurity {
    /// Nothing but what this site serves.
    static let policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        + "frame-ancestors 'none'; form-action 'self'"

    /// What a page with a map may do too: its library starts a worker from its own text.
    ///
    /// Only scripts of this site can do that, since `script-src` stays as it is.
    static let policyWithMap = policy + "; worker-src 'self' blob:"

    /// What a page may ask the device for (Permissions Policy): the position; the camera only where the
    /// page shows its picture.
    static let permissions = "camera=(), microphone=(), geolocation=(self)"
    static let permissionsWithCamera = "camera=(self), microphone=(), geolocation=(self)"

    /// Whether a page holds a map that scripts may make move.
    static func hasMap(_ markup: [UInt8]) -> Bool { has(" data-map", in: markup) }

    /// Whether a page shows the picture of the camera.
    static func hasCamera(_ markup: [UInt8]) -> Bool { has(" data-camera", in: markup) }

    private static func has(_ hook: String, in markup: [UInt8]) -> Bool {
        let hook = Array(hook.utf8)
        return markup.withUnsafeBufferPointer { page in
            page.indices.dropLast(hook.count - 1).contains { at in
                page[at] == hook[0] && page[at + 6] == hook[6]
                    && page[at..<at + hook.count].elementsEqual(hook)
            }
        }
    }
}
