import Basics
import Korean

/// The second pass: what is said of what there is.
extension RuleReader {
    func readRules(_ section: Section) {
        switch section.name {
        case "facts":
            guard case .map(let entries) = section.node.content else { return }
            entries.forEach(readDerivation)
        case "contradictions": named(section.node).forEach(readContradiction)
        case "programme": readProgramme(section.node)
        case "programmes": list(section.node).forEach(readProgramme)
        default: break
        }
    }

    private func readDerivation(_ entry: YAMLNode.Entry) {
        guard let index = factIndex[entry.key], facts[index].position == entry.position,
            case .map(let entries) = entry.value.content,
            let node = entries.first(where: { $0.key == "derived" })?.value
        else { return }
        let type = facts[index].type
        let scope = Scope.applicant
        if let typed = expression(node, scope, expecting: type) {
            facts[index].derivation = typed.expression
        }
    }

    private func readContradiction(_ entry: YAMLNode.Entry) {
        guard let fields = fields(entry.value),
            let message = required("message", in: fields).flatMap(bilingual),
            let when = required("when", in: fields)
        else { return }
        let test = test(when, .applicant)
        finish(fields)
        guard let test else { return }
        contradictions.append(Contradiction(name: entry.key, message: message, test: test))
    }

    private func readProgramme(_ node: YAMLNode) {
        guard let fields = fields(node), let nameNode = required("name", in: fields),
            let name = text(nameNode), isName(name, at: nameNode.position)
        else { return }
        guard programmes.count < limits.maximumProgrammeCount else {
            return fault(
                .tooLarge,
                node.position,
                Bilingual(
                    "사업이 \(limits.maximumProgrammeCount.grouped)개보다 많습니다.",
                    "There are more than \(limits.maximumProgrammeCount.grouped) programmes."
                )
            )
        }
        guard !programmes.contains(where: { $0.name == name }) else { return }
        inProgramme(name) {
            let title = required("title", in: fields).flatMap(bilingual)
            let summary = required("summary", in: fields).flatMap(bilingual)
            let provider = required("provider", in: fields).flatMap(bilingual)
            let local = localSources(fields)
            var programme = Programme(
                name: name,
                title: title ?? Bilingual(same: name),
                summary: summary ?? Bilingual("", ""),
                tags: fields["tags"].map(list)?.compactMap(text) ?? [],
                provider: provider ?? Bilingual("", ""),
                url: fields["url"].flatMap(text),
                supersededBy: fields["supersededBy"].flatMap { programmeReference($0, own: name) },
                versions: [],
                position: node.position
            )
            for version in required("versions", in: fields).map(list) ?? [] {
                if let read = readVersion(version, programme: name, local) {
                    programme.versions.append(read)
                }
            }
            finish(fields)
            checkVersions(&programme)
            programmes.append(programme)
        }
    }

    private func localSources(_ fields: Fields) -> [String: RuleSource] {
        guard let node = fields["sources"] else { return [:] }
        var local: [String: RuleSource] = [:]
        for entry in named(node) {
            if local[entry.key] != nil { duplicate(entry.key, at: entry.position) }
            local[entry.key] = sourceBody(entry.value)
        }
        return local
    }

    /// A programme by its name; `self` is the one being read.
    func programmeReference(_ node: YAMLNode, own: String) -> String? {
        guard let name = text(node) else { return nil }
        if name == "self" { return own }
        if programmeTitles[name] != nil { return name }
        unknownName(
            name,
            Bilingual("사업", "programme"),
            among: programmeTitles.keys,
            at: node.position
        )
        return nil
    }

    private func readVersion(
        _ node: YAMLNode,
        programme: String,
        _ local: [String: RuleSource]
    ) -> ProgrammeVersion? {
        guard let fields = fields(node), let from = required("from", in: fields).flatMap(date)
        else { return nil }
        defer { finish(fields) }
        let context = ClauseContext(
            sources: local,
            inherited: source(fields, inherited: nil, local: local)
        )
        var version = ProgrammeVersion(
            from: from,
            to: fields["to"].flatMap(date),
            paused: fields["paused"].flatMap(bilingual),
            clauses: [],
            beneficiary: fields["for each"].flatMap(beneficiary),
            benefits: [],
            windows: [],
            selection: Selection(method: .everyone, strata: [], points: []),
            exclusions: [],
            documents: [],
            duties: fields["duties"].map(list)?.compactMap(bilingual) ?? [],
            judgedByPeople: fields["judgedByPeople"].map(list)?.compactMap(bilingual) ?? [],
            position: fields.position,
            condition: .all([], label: nil)
        )
        if let to = version.to, to < from { impossible(fields.position) }
        if version.paused != nil { return version }
        var clauses: [Clause] = []
        var parts: [Condition] = []
        if let node = required("conditions", in: fields),
            let condition = condition(node, context, into: &clauses)
        {
            if case .all(let inner, nil) = condition { parts = inner } else { parts = [condition] }
        }
        if let node = fields["excludes"] {
            for item in list(node) {
                readExclusion(item, of: programme, context, &version, &clauses, &parts)
            }
        }
        version.clauses = clauses
        version.condition = .all(parts, label: nil)
        readBody(fields, context, into: &version)
        return version
    }

    private func readBody(
        _ fields: Fields,
        _ context: ClauseContext,
        into version: inout ProgrammeVersion
    ) {
        version.benefits = fields["benefit"].map(items)?.compactMap(benefit) ?? []
        checkBeneficiary(of: version)
        checkBenefits(of: version)
        version.windows = required("windows", in: fields).map(list)?.compactMap(window) ?? []
        if let selection = fields["selection"].flatMap(selection) { version.selection = selection }
        version.documents = fields["documents"].map(list)?.compactMap(document) ?? []
        version.proactive = fields["proactive"].flatMap { proactive($0, context) }
    }
}

/// Exclusions between programmes.
extension RuleReader {
    private func readExclusion(
        _ node: YAMLNode,
        of programme: String,
        _ context: ClauseContext,
        _ version: inout ProgrammeVersion,
        _ clauses: inout [Clause],
        _ parts: inout [Condition]
    ) {
        guard let fields = fields(node) else { return }
        defer { finish(fields) }
        let source = source(fields, inherited: context.inherited, local: context.sources)
        let label = fields["label"].flatMap(bilingual)
        let isOneSided = fields["oneSided"].flatMap(bool) ?? false
        let household = fields["household"].flatMap(household)
        guard let (tense, targets) = tense(fields) else { return }
        guard let source else { return missingSource(fields.position) }
        for target in targets {
            guard let other = programmeReference(target, own: programme) else { continue }
            let fact = historyFact(
                HistoryFact(programme: other, tense: tense, household: household)
            )
            let name = facts[fact].name
            if clauses.contains(where: { $0.name == name }) {
                duplicate(name, at: target.position)
                continue
            }
            clauses.append(
                Clause(
                    name: name,
                    label: label,
                    source: source,
                    position: target.position,
                    fact: fact,
                    comparisons: [Comparison(relation: .equal, limit: .constant(0))],
                    isExclusion: true
                )
            )
            parts.append(.clause(clauses.count - 1))
            version.exclusions.append(
                Exclusion(
                    programme: other,
                    isOneSided: isOneSided,
                    clause: name,
                    position: target.position
                )
            )
        }
    }

    private func tense(_ fields: Fields) -> (HistoryFact.Tense, [YAMLNode])? {
        if let node = fields["receiving"] { return (.receiving, items(node)) }
        if let node = fields["everReceived"] { return (.everReceived, items(node)) }
        if let node = fields["receivedWithin"], let months = literal(node, as: .months),
            let targets = required("programmes", in: fields)
        {
            return (.receivedWithin(months: Int(months)), items(targets))
        }
        for (key, thisYear) in [("timesReceived", false), ("timesReceivedThisYear", true)] {
            guard let node = fields[key], let times = integer(node, unit: .times),
                let targets = required("programmes", in: fields)
            else { continue }
            if times < 1 { impossible(node.position) }
            return (.received(times: times, thisYear: thisYear), items(targets))
        }
        fault(
            .missingKey,
            fields.position,
            Bilingual(
                "receiving, everReceived, receivedWithin, timesReceived, timesReceivedThisYear "
                    + "가운데 하나가 있어야 합니다.",
                "One of receiving, everReceived, receivedWithin, timesReceived, "
                    + "timesReceivedThisYear is needed."
            )
        )
        return nil
    }

    /// The fact that tells of a programme's receipt; made when it is first asked for.
    private func historyFact(_ history: HistoryFact) -> Int {
        let words = HistoryWords(history, households: households, titles: programmeTitles)
        if let index = factIndex[words.name] {
            usedFacts.insert(index)
            return index
        }
        factIndex[words.name] = facts.count
        usedFacts.insert(facts.count)
        facts.append(
            FactDefinition(
                name: words.name,
                label: words.label,
                question: words.question,
                type: .bool,
                owner: .person,
                proof: .document,
                change: history.tense == .receiving ? .any : .never,
                group: words.group,
                position: RulePosition(file: "", line: 1, column: 1),
                range: FactRange(),
                history: history
            )
        )
        return facts.count - 1
    }
}

/// How a fact of the history is called and asked.
private struct HistoryWords {
    var name: String
    var group: String
    var label: Bilingual
    var question: Bilingual

    init(
        _ history: HistoryFact,
        households: [HouseholdDefinition],
        titles: [String: Bilingual]
    ) {
        let title = titles[history.programme] ?? Bilingual(same: history.programme)
        let household = history.household.map { households[$0] }
        let who = household.map {
            Bilingual(
                "\($0.label.korean)의 누군가가 ",
                "somebody in your \($0.label.english.lowercased())"
            )
        }
        let verb: (label: Bilingual, question: Bilingual)
        switch history.tense {
        case .receiving:
            group = "receiving"
            verb = (
                Bilingual("받고 있음", "being received"),
                Bilingual("지금 받고 있나요?", "receiving now")
            )
        case .everReceived:
            group = "received"
            verb = (
                Bilingual("받은 적이 있음", "received before"),
                Bilingual("받은 적이 있나요?", "ever received")
            )
        case .receivedWithin(let months):
            group = "receivedWithin\(months)Months"
            verb = (
                Bilingual(
                    "최근 \(months)개월 안에 받은 적이 있음",
                    "received in the last \(months) months"
                ),
                Bilingual(
                    "최근 \(months)개월 안에 받은 적이 있나요?",
                    "received in the last \(months) months"
                )
            )
        case .received(let times, let thisYear):
            group = "received\(times)Times" + (thisYear ? "ThisYear" : "")
            let when = thisYear ? Bilingual("올해 ", " this year") : Bilingual("", "")
            verb = (
                Bilingual(
                    "\(when.korean)\(times)번 받음",
                    "received \(times) times\(when.english)"
                ),
                Bilingual(
                    "\(when.korean)\(times)번 이상 받았나요?",
                    "received at least \(times) times\(when.english)"
                )
            )
        }
        if let household { group += "-\(household.name)" }
        name = group + "-" + history.programme
        let object = "‘\(title.korean)’"
        label = Bilingual(
            (who?.korean ?? "") + Particle.object.attach(object) + " " + verb.label.korean,
            "“\(title.english)” \(verb.label.english)" + (who.map { " by \($0.english)" } ?? "")
        )
        let asks: String =
            switch history.tense {
            case .receiving: who.map { "Is \($0.english)" } ?? "Are you"
            case .everReceived, .receivedWithin, .received:
                who.map { "Has \($0.english)" } ?? "Have you"
            }
        question = Bilingual(
            (who?.korean ?? "") + Particle.object.attach(object) + " " + verb.question.korean,
            "\(asks) \(verb.question.english): “\(title.english)”?"
        )
    }
}
