/// Programmes as a rule file has them, saying only what a test is about.
enum RuleText {
    /// The section of programmes, each with one version in force from 2026 on.
    ///
    /// - Parameter programmes: The names, and what the versions say beside their day and source.
    /// - Returns: The text, to stand behind the facts.
    static func programmes(_ programmes: (name: String, version: String)...) -> String {
        "programmes:\n"
            + programmes.map { programme in
                let lines = programme.version.split(separator: "\n").map { "        \($0)\n" }
                return """
                      - name: \(programme.name)
                        title: {ko: 사업, en: programme}
                        summary: {ko: 시험, en: test}
                        provider: {ko: 시험, en: test}
                        versions:
                          - from: 2026-01-01
                            source: {title: 시험, url: 'https://example.org/', checked: 2026-01-01}

                    """ + lines.joined()
            }.joined()
    }
}
