/// What a page may load and run (Content Security Policy Level 3).
enum ContentSecurity {
    /// Nothing but what this site serves.
    static let policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        + "frame-ancestors 'none'; form-action 'self'"

    /// What a page with a map may do too: only scripts of this site can start a worker, since
    /// `script-src` stays as it is.
    static let policyWithMap = policy + "; worker-src 'self' blob:"

    /// What a page may ask the device for (Permissions Policy): the position; the camera only where the
    /// page shows its picture.
    static let permissions = "camera=(), microphone=(), geolocation=(self)"
    static let permissionsWithCamera = "camera=(self), microphone=(), geolocation=(self)"
}
