/// Finds sentences that speak to a language model instead of to people.
///
/// A passage with one is quoted to people as it stands, and never handed to a model.
enum PassageInstructions {
    /// Words of which one from each group in one passage is such a sentence.
    private static let groups: [[[String]]] = [
        [
            ["지시", "명령", "프롬프트", "위의 내용", "앞의 내용", "instruction", "prompt", "rules"],
            ["무시", "잊어", "따르지 마", "ignore", "disregard", "forget", "override"],
        ],
        [["시스템 프롬프트", "system prompt", "언어 모델에게", "챗봇에게", "ai에게", "you are now"]],
        [["라고 답하라", "라고 답해", "라고만 답", "라고 출력", "라고 말하라", "출력하라", "출력하시오"]],
        [["respond with", "reply with", "answer only", "output only", "say exactly", "print the"]],
    ]

    /// Whether a text has one.
    static func arePresent(in text: String) -> Bool {
        let folded = text.lowercased()
        return groups.contains { group in
            group.allSatisfy { words in words.contains { folded.contains($0) } }
        }
    }
}
