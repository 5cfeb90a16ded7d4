import Basics

/// What can only be seen when everything is read.
extension RuleReader {
    func checkWhole() {
        checkDerivations()
        checkMemberUses()
        checkQuestions()
        checkExclusions()
        checkSuccession()
        checkUse()
    }

    /// Sorts the versions and tells of gaps and overlaps between them.
    func checkVersions(_ programme: inout Programme) {
        programme.versions.sort { $0.from < $1.from }
        for (older, newer) in zip(programme.versions, programme.versions.dropFirst()) {
            guard let end = older.to, end < newer.from else {
                fault(
                    .versionOverlap,
                    newer.position,
                    Bilingual(
                        "\(older.from)에 시작한 판이 \(newer.from)에도 유효합니다. "
                            + "앞 판의 끝(to)을 \(newer.from.adding(days: -1))로 적어 주세요.",
                        "The version from \(older.from) is still in force on \(newer.from). "
                            + "End it with to: \(newer.from.adding(days: -1))."
                    )
                )
                continue
            }
            guard end.adding(days: 1) < newer.from else { continue }
            fault(
                .versionGap,
                newer.position,
                Bilingual(
                    "\(end.adding(days: 1))부터 \(newer.from.adding(days: -1))까지의 판이 없습니다. "
                        + "쉬는 기간이면 paused로 까닭을 적어 주세요.",
                    "There is no version from \(end.adding(days: 1)) to "
                        + "\(newer.from.adding(days: -1)). If the programme rested, say why with paused."
                )
            )
        }
    }

    private func checkDerivations() {
        enum Mark { case open, done }
        var marks: [Int: Mark] = [:]
        func visit(_ fact: Int, path: [Int]) {
            if marks[fact] == .done { return }
            if marks[fact] == .open {
                let circle = path.drop { $0 != fact } + [fact]
                let names = circle.map { facts[$0].name }.joined(separator: " → ")
                fault(
                    .circularDerivation,
                    facts[fact].position,
                    Bilingual(
                        "사실이 자기 자신에서 나옵니다: \(names)",
                        "A fact is derived from itself: \(names)"
                    )
                )
                return
            }
            marks[fact] = .open
            for other in facts[fact].derivation?.facts.sorted() ?? [] {
                visit(other, path: path + [fact])
            }
            marks[fact] = .done
        }
        for fact in facts.indices { visit(fact, path: []) }
    }

    /// Whether a fact can be known of any member: it speaks of one person and of no household.
    private func isPersonal(_ fact: Int, seen: Set<Int> = []) -> Bool {
        if seen.contains(fact) { return true }
        let definition = facts[fact]
        guard definition.owner == .person, definition.history == nil else { return false }
        guard let derivation = definition.derivation else { return true }
        return !derivation.hasAggregate
            && derivation.facts.allSatisfy { isPersonal($0, seen: seen.union([fact])) }
    }

    private func checkMemberUses() {
        for use in memberUses where !isPersonal(use.fact) {
            inProgramme(use.programme) {
                inClause(use.clause) {
                    fault(
                        .notOfPerson,
                        use.position,
                        Bilingual(
                            "‘\(facts[use.fact].name)’은(는) 가구원 한 사람의 사실이 아닙니다. "
                                + "신청인의 것이면 applicant.\(facts[use.fact].name)로 적어 주세요.",
                            "“\(facts[use.fact].name)” is not a fact of one member. "
                                + "If the applicant's is meant, write applicant.\(facts[use.fact].name)."
                        )
                    )
                }
            }
        }
    }

    /// Who does not list a household must be able to answer for it.
    private func checkQuestions() {
        for fact in facts where fact.question == nil && fact.derivation?.hasAggregate == true {
            fault(
                .missingQuestion,
                fact.position,
                Bilingual(
                    "가구원에게서 나오는 사실 ‘\(fact.name)’에 직접 물을 질문(question)이 없습니다.",
                    "“\(fact.name)” is derived from a household and has no question to ask directly."
                )
            )
        }
    }

    private func checkExclusions() {
        let excluded = Dictionary(
            programmes.map { programme in
                (programme.name, Set(programme.versions.flatMap(\.exclusions).map(\.programme)))
            }
        ) { first, _ in first }
        for programme in programmes {
            for exclusion in programme.versions.flatMap(\.exclusions) {
                guard exclusion.programme != programme.name, !exclusion.isOneSided,
                    let others = excluded[exclusion.programme], !others.contains(programme.name)
                else { continue }
                inProgramme(programme.name) {
                    inClause(exclusion.clause) {
                        fault(
                            .oneSidedExclusion,
                            exclusion.position,
                            Bilingual(
                                "‘\(exclusion.programme)’ 쪽에는 이 중복 제한이 없습니다. "
                                    + "양쪽에 적거나 oneSided: yes로 확인해 주세요.",
                                "“\(exclusion.programme)” does not exclude this programme. "
                                    + "Write it on both sides, or confirm with oneSided: yes."
                            ),
                            severity: .warning
                        )
                    }
                }
            }
        }
    }

    private func checkSuccession() {
        let successors = Dictionary(
            programmes.compactMap { programme in
                programme.supersededBy.map { (programme.name, $0) }
            }
        ) { first, _ in first }
        for programme in programmes {
            var seen: Set<String> = []
            var name = programme.name
            while let next = successors[name], seen.insert(name).inserted { name = next }
            guard successors[name] != nil, name == programme.name else { continue }
            inProgramme(programme.name) {
                fault(
                    .circularSuccession,
                    programme.position,
                    Bilingual(
                        "supersededBy를 따라가면 이 사업으로 되돌아옵니다.",
                        "Following supersededBy leads back to this programme."
                    )
                )
            }
        }
    }

    private func checkUse() {
        for (index, fact) in facts.enumerated().dropFirst(2) where !usedFacts.contains(index) {
            fault(
                .unused,
                fact.position,
                Bilingual(
                    "‘\(fact.name)’을(를) 쓰는 규칙이 없습니다.",
                    "No rule uses “\(fact.name)”."
                ),
                severity: .warning
            )
        }
    }
}
