internal import Synchronization

/// A statement that took long, as the operations page shows it: its text, never its values.
public struct SlowStatement: Sendable, Hashable {
    /// The text with `?` for each value.
    public let text: String
    /// The longest time it took, in milliseconds.
    public let milliseconds: Double
    /// How often it was slow since the program started.
    public let count: Int
}

/// Keeps the slowest statements.
final class StatementMonitor: Sendable {
    /// A statement faster than this is never looked at.
    static let floor = Duration.milliseconds(5)
    /// The number of statements kept.
    static let maximumStatementCount = 32

    private let slow = Mutex<[SlowStatement]>([])

    func note(_ text: String, took duration: Duration) {
        guard duration >= StatementMonitor.floor else { return }
        let milliseconds = duration / .milliseconds(1)
        slow.withLock { list in
            if let index = list.firstIndex(where: { $0.text == text }) {
                let old = list[index]
                list[index] = SlowStatement(
                    text: text,
                    milliseconds: max(old.milliseconds, milliseconds),
                    count: old.count + 1
                )
            } else {
                list.append(SlowStatement(text: text, milliseconds: milliseconds, count: 1))
            }
            list.sort { $0.milliseconds > $1.milliseconds }
            if list.count > StatementMonitor.maximumStatementCount { list.removeLast() }
        }
    }

    var slowest: [SlowStatement] { slow.withLock { $0 } }
}
