/// What every error of an engine or of the platform tells.
///
/// `message` is for the person, in their language; `context` is for the log and never leaves the
/// machine (the external message and the internal context are kept apart).
public protocol ExplainedError: Error, Sendable {
    /// What went wrong and what to do, for the person.
    var message: Bilingual { get }
    /// What the log needs: values, paths, upstream words.
    var context: String { get }
}
