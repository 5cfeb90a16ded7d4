extension FollowUp {
    /// The most questions of a talk that a follow-up leans on.
    static let maximumThreadLength = 4

    /// What a next question of a talk may lean on: the last question that stood alone, with those that
    /// leaned on it, oldest first; nothing where nobody has asked yet.
    static func thread(of messages: [Message]) -> String? {
        let asked = messages.filter { $0.author == .person }.suffix(maximumThreadLength).map(\.text)
        guard !asked.isEmpty else { return nil }
        let start = asked.lastIndex { !leans($0) } ?? asked.startIndex
        return asked[start...].joined(separator: "\n")
    }
}
