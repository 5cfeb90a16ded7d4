extension SQL {
    /// The condition that a text holds some words as they are, capital and small letters alike.
    ///
    /// It walks every row: for lists of some ten thousand rows, not for full text.
    public static func containing(_ words: String, in text: SQL) -> SQL {
        let pattern = words.lowercased().reduce(into: "%") { pattern, character in
            if "%_!".contains(character) { pattern += "!" }
            pattern.append(character)
        }
        return "lower(\(text)) LIKE \(pattern + "%") ESCAPE '!'"
    }
}
