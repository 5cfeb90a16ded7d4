/// Which clauses decide: the fewest that would have to come out otherwise, and those still open.
struct FailureAnalysis {
    /// How many ways out are looked at.
    static let maximumAlternativeCount = 16

    let truths: [Truth]

    func truth(of condition: Condition) -> Truth {
        switch condition {
        case .clause(let index): truths[index]
        case .all(let parts, _): parts.map(truth).min() ?? .yes
        case .any(let parts, _): parts.map(truth).max() ?? .no
        case .not(let inner, _): !truth(of: inner)
        }
    }

    /// Sets of clauses that would have to come out otherwise for a condition not to fail, smallest first.
    func ways(_ condition: Condition) -> [[Int]] {
        ways(condition, avoiding: .no)
    }

    private func ways(_ condition: Condition, avoiding bad: Truth) -> [[Int]] {
        guard truth(of: condition) == bad else { return [[]] }
        switch condition {
        case .clause(let index): return [[index]]
        case .not(let inner, _): return ways(inner, avoiding: !bad)
        case .all(let parts, _):
            return bad == .no ? together(parts, bad) : oneOf(parts, bad)
        case .any(let parts, _):
            return bad == .no ? oneOf(parts, bad) : together(parts, bad)
        }
    }

    private func oneOf(_ parts: [Condition], _ bad: Truth) -> [[Int]] {
        shortest(parts.flatMap { ways($0, avoiding: bad) })
    }

    private func together(_ parts: [Condition], _ bad: Truth) -> [[Int]] {
        var result: [[Int]] = [[]]
        for part in parts {
            let more = ways(part, avoiding: bad)
            result = shortest(
                result.flatMap { way in
                    more.map { way + $0.filter { !way.contains($0) } }
                }
            )
        }
        return result
    }

    private func shortest(_ ways: [[Int]]) -> [[Int]] {
        let sorted = ways.enumerated().sorted {
            ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
        }
        return sorted.prefix(Self.maximumAlternativeCount).map(\.element)
    }

    /// The unknown clauses that decide an undecided condition.
    func open(_ condition: Condition) -> [Int] {
        guard truth(of: condition) == .unknown else { return [] }
        switch condition {
        case .clause(let index): return [index]
        case .not(let inner, _): return open(inner)
        case .all(let parts, _), .any(let parts, _):
            return parts.flatMap(open)
        }
    }
}

extension Condition {
    /// Whether it is a plain list of clauses: each that fails has to change, and there is one way out.
    var isPlain: Bool {
        guard case .all(let parts, _) = self else { return false }
        return parts.allSatisfy { if case .clause = $0 { true } else { false } }
    }
}

extension CompiledCatalogue {
    /// The names of the clauses of a version that fail, where its condition is a plain list of them.
    func failures(of version: Int, _ literals: [UInt8]) -> [String] {
        // Through pointers: a copy of a version counts a reference for each of its lists.
        versions.withUnsafeBufferPointer { versions in
            nodes.withUnsafeBufferPointer { nodes in
                literals.withUnsafeBufferPointer { literals in
                    let clauses = versions[version].clauses
                    return [String](unsafeUninitializedCapacity: clauses.count) { names, count in
                        for clause in clauses.indices
                        where Judge.raw(clauses[clause], nodes, literals) == Truth.no.rawValue {
                            names.initializeElement(at: count, to: versions[version].names[clause])
                            count += 1
                        }
                    }
                }
            }
        }
    }
}
