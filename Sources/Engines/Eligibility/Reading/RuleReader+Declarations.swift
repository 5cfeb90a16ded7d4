import Basics

/// The first pass: what there is, by name.
extension RuleReader {
    /// The facts every rule has without declaring them.
    enum BuiltIn {
        /// 신청일: the day by which everything is judged.
        static let applicationDate = 0
        /// How the member of a household in scope is related to the applicant.
        static let relation = 1
    }

    func declareBuiltIns() {
        let start = RulePosition(file: "", line: 1, column: 1)
        let relations: [(String, Bilingual)] = [
            ("self", Bilingual("본인", "the applicant")), ("spouse", Bilingual("배우자", "spouse")),
            ("child", Bilingual("자녀", "child")), ("parent", Bilingual("부모", "parent")),
            ("grandparent", Bilingual("조부모", "grandparent")),
            ("grandchild", Bilingual("손자녀", "grandchild")),
            ("sibling", Bilingual("형제자매", "sibling")), ("other", Bilingual("그 밖", "other")),
        ]
        let choices = ChoiceList(choices: relations.map { .init(name: $0.0, label: $0.1) })
        for (name, label, type) in [
            ("applicationDate", Bilingual("신청일", "date of application"), FactType.date),
            ("relation", Bilingual("신청인과의 관계", "relation to the applicant"), .choice(choices)),
        ] {
            factIndex[name] = facts.count
            facts.append(
                FactDefinition(
                    name: name,
                    label: label,
                    type: type,
                    owner: .person,
                    proof: .declared,
                    change: .never,
                    position: start,
                    range: FactRange()
                )
            )
        }
    }

    func declare(_ section: Section) {
        switch section.name {
        case "households": declareHouseholds(section.node)
        case "otherProgrammes": declareOthers(section.node)
        case "programme": declareProgramme(section.node)
        case "programmes": list(section.node).forEach(declareProgramme)
        default: break
        }
    }

    /// The named entries of a section.
    func named(_ node: YAMLNode) -> [YAMLNode.Entry] {
        guard let fields = fields(node) else { return [] }
        return fields.entries.filter { isName($0.key, at: $0.position) }
    }

    /// Notes a name, or tells that it is taken.
    func claim(
        _ name: String,
        as index: Int,
        in table: inout [String: Int],
        at position: RulePosition
    ) -> Bool {
        guard table[name] == nil else {
            duplicate(name, at: position)
            return false
        }
        table[name] = index
        return true
    }

    func duplicate(_ name: String, at position: RulePosition) {
        fault(
            .duplicateName,
            position,
            Bilingual("같은 이름이 이미 있습니다: \(name)", "The name “\(name)” is already taken.")
        )
    }

    private func declareHouseholds(_ node: YAMLNode) {
        for entry in named(node) {
            guard let fields = fields(entry.value), let labelNode = required("label", in: fields),
                let label = bilingual(labelNode)
            else { continue }
            finish(fields)
            if claim(entry.key, as: households.count, in: &householdIndex, at: entry.position) {
                households.append(HouseholdDefinition(name: entry.key, label: label))
            }
        }
    }

    private func declareOthers(_ node: YAMLNode) {
        for entry in named(node) {
            guard let fields = fields(entry.value), let titleNode = required("title", in: fields),
                let title = bilingual(titleNode)
            else { continue }
            finish(fields)
            declareTitle(title, of: entry.key, at: entry.position)
            otherProgrammes.insert(entry.key)
        }
    }

    private func declareProgramme(_ node: YAMLNode) {
        guard case .map(let entries) = node.content,
            let name = entries.first(where: { $0.key == "name" })?.value.scalar
        else { return }
        var title = Bilingual(same: name)
        if let given = entries.first(where: { $0.key == "title" })?.value,
            case .map(let texts) = given.content
        {
            for text in texts {
                if text.key == "ko" { title.korean = text.value.scalar ?? name }
                if text.key == "en" { title.english = text.value.scalar ?? name }
            }
        }
        declareTitle(title, of: name, at: node.position)
    }

    private func declareTitle(_ title: Bilingual, of name: String, at position: RulePosition) {
        guard programmeTitles[name] == nil else { return duplicate(name, at: position) }
        programmeTitles[name] = title
    }
}

/// Facts, parameters and sources: what rules speak of.
extension RuleReader {
    func readFigures(_ section: Section) {
        switch section.name {
        case "facts": named(section.node).forEach(declareFact)
        case "parameters": named(section.node).forEach(declareParameter)
        case "sources":
            for entry in named(section.node) {
                guard sources[entry.key] == nil else {
                    duplicate(entry.key, at: entry.position)
                    continue
                }
                sources[entry.key] = sourceBody(entry.value)
            }
        default: break
        }
    }

    private func declareFact(_ entry: YAMLNode.Entry) {
        guard facts.count < limits.maximumFactCount else {
            return fault(
                .tooLarge,
                entry.position,
                Bilingual(
                    "사실이 \(limits.maximumFactCount.grouped)개보다 많습니다.",
                    "There are more than \(limits.maximumFactCount.grouped) facts."
                )
            )
        }
        guard let fields = fields(entry.value),
            let label = required("label", in: fields).flatMap(bilingual),
            let typeNode = required("type", in: fields), let type = factType(typeNode, fields)
        else { return }
        let definition = FactDefinition(
            name: entry.key,
            label: label,
            question: fields["question"].flatMap(bilingual),
            help: fields["help"].flatMap(bilingual),
            type: type,
            owner: fields["of"].flatMap(owner) ?? .person,
            proof: fields["proof"].flatMap { word($0, as: FactDefinition.Proof.self) } ?? .declared,
            change: fields["change"].flatMap { word($0, as: FactDefinition.Change.self) } ?? .never,
            group: fields["group"].flatMap(text),
            position: entry.position,
            range: fields["range"].flatMap { range($0, type) } ?? FactRange(),
            absence: fields["none"].flatMap { absence($0, type) }
        )
        // The derivation is read when every fact is known; here it only counts as a known key.
        _ = fields["derived"]
        finish(fields)
        if claim(entry.key, as: facts.count, in: &factIndex, at: entry.position) {
            facts.append(definition)
        }
    }

    private func absence(_ node: YAMLNode, _ type: FactType) -> Absence? {
        guard type.isOrdered else {
            fault(
                .wrongType,
                node.position,
                Bilingual(
                    "none은 수와 날짜에만 쓸 수 있습니다.",
                    "Only numbers and dates can be none."
                )
            )
            return nil
        }
        return word(node, as: Absence.self)
    }

    private func owner(_ node: YAMLNode) -> FactDefinition.Owner? {
        guard let name = text(node) else { return nil }
        if name == "person" { return .person }
        guard householdIndex[name] != nil else {
            unknownName(
                name,
                Bilingual("가구", "household"),
                among: households.map(\.name) + ["person"],
                at: node.position
            )
            return nil
        }
        return .household(name)
    }

    private func factType(_ node: YAMLNode, _ fields: Fields) -> FactType? {
        enum Word: String, CaseIterable {
            case bool, integer, money, date, months, percent, choice, set
        }
        guard let word = word(node, as: Word.self) else { return nil }
        switch word {
        case .bool: return .bool
        case .money: return .money
        case .date: return .date
        case .months: return .months
        case .percent: return .percent
        case .integer:
            return .integer(fields["unit"].flatMap { self.word($0, as: FactUnit.self) } ?? .count)
        case .choice, .set:
            guard let list = required("choices", in: fields).flatMap(choices) else { return nil }
            return word == .choice ? .choice(list) : .set(list)
        }
    }

    private func choices(_ node: YAMLNode) -> ChoiceList? {
        let choices = named(node).compactMap { entry in
            bilingual(entry.value).map { ChoiceList.Choice(name: entry.key, label: $0) }
        }
        guard choices.count <= limits.maximumChoiceCount else {
            fault(
                .tooLarge,
                node.position,
                Bilingual(
                    "선택지는 \(limits.maximumChoiceCount)개까지입니다.",
                    "There may be up to \(limits.maximumChoiceCount) choices."
                )
            )
            return nil
        }
        return ChoiceList(choices: choices)
    }

    private func range(_ node: YAMLNode, _ type: FactType) -> FactRange? {
        guard let fields = fields(node) else { return nil }
        var range = FactRange()
        range.lowest = fields["from"].flatMap { literal($0, as: type) }
        if let last = fields["to"] {
            range.endsToday = type == .date && last.scalar == "today"
            range.highest = range.endsToday ? nil : literal(last, as: type)
        }
        finish(fields)
        if let lowest = range.lowest, let highest = range.highest, lowest > highest {
            impossible(node.position)
        }
        return range
    }

    func impossible(_ position: RulePosition) {
        fault(
            .impossibleRange,
            position,
            Bilingual(
                "이 범위에는 들어갈 값이 없습니다.",
                "No value can lie in this range."
            )
        )
    }

    private func declareParameter(_ entry: YAMLNode.Entry) {
        guard let fields = fields(entry.value),
            let label = required("label", in: fields).flatMap(bilingual),
            let typeNode = required("type", in: fields), let type = factType(typeNode, fields)
        else { return }
        var entries: [ParameterDefinition.Entry] = []
        for node in required("values", in: fields).map(list) ?? [] {
            if let value = parameterEntry(node, type) { entries.append(value) }
        }
        finish(fields)
        entries.sort { $0.from > $1.from }
        for (newer, older) in zip(entries, entries.dropFirst()) where newer.from == older.from {
            duplicate(LocalDate(daysSinceEpoch: Int(newer.from)).iso, at: entry.position)
        }
        if claim(entry.key, as: parameters.count, in: &parameterIndex, at: entry.position) {
            parameters.append(
                ParameterDefinition(name: entry.key, label: label, type: type, entries: entries)
            )
        }
    }

    private func parameterEntry(_ node: YAMLNode, _ type: FactType) -> ParameterDefinition.Entry? {
        guard let fields = fields(node), let from = required("from", in: fields).flatMap(date)
        else { return nil }
        defer { finish(fields) }
        guard let source = source(fields, inherited: nil) else {
            missingSource(fields.position)
            return nil
        }
        var entry = ParameterDefinition.Entry(
            from: Int64(from.daysSinceEpoch),
            source: source,
            firstKey: 0,
            values: []
        )
        if let value = fields["value"] {
            entry.values = literal(value, as: type).map { [$0] } ?? []
            return entry
        }
        guard let table = required("table", in: fields), let rows = self.fields(table) else {
            return nil
        }
        let pairs = rows.entries.compactMap { row in
            literal(row.value, as: type).flatMap { value in Int64(row.key).map { ($0, value) } }
        }.sorted { $0.0 < $1.0 }
        guard pairs.count == rows.entries.count, let first = pairs.first,
            pairs.enumerated().allSatisfy({ Int64($0.offset) + first.0 == $0.element.0 })
        else {
            fault(
                .wrongShape,
                table.position,
                Bilingual(
                    "표는 이어지는 정수마다 값 하나여야 합니다(1: …, 2: …).",
                    "A table has one value for each of consecutive whole numbers (1: …, 2: …)."
                )
            )
            return nil
        }
        entry.firstKey = first.0
        entry.values = pairs.map(\.1)
        entry.eachMore = fields["eachMore"].flatMap { literal($0, as: type) }
        return entry
    }
}

/// Sources.
extension RuleReader {
    /// The source a node names or spells out under `source`, or the one around it.
    func source(
        _ fields: Fields,
        inherited: RuleSource?,
        local: [String: RuleSource] = [:]
    ) -> RuleSource? {
        var source = inherited
        if let node = fields["source"] {
            if let name = node.scalar {
                source = local[name] ?? sources[name]
                if source == nil {
                    unknownName(
                        name,
                        Bilingual("출처", "source"),
                        among: Set(local.keys).union(sources.keys),
                        at: node.position
                    )
                }
            } else {
                source = sourceBody(node)
            }
        }
        guard let node = fields["checked"] else { return source }
        if node.scalar == "no" {
            unchecked(node.position)
        } else if let checked = date(node) {
            source?.checked = checked
        }
        return source
    }

    /// A guess judges nobody: only who compared it with its source may say when.
    private func unchecked(_ position: RulePosition) {
        fault(
            .unchecked,
            position,
            Bilingual(
                "짐작한 조항입니다. 출처와 견주어 고친 뒤 checked에 확인한 날을 적어 주세요.",
                "The clause is a guess. Compare it with its source and write the day after checked."
            )
        )
    }

    func sourceBody(_ node: YAMLNode) -> RuleSource? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        guard let title = required("title", in: fields).flatMap(title),
            let url = required("url", in: fields).flatMap(text),
            let checked = required("checked", in: fields).flatMap(date)
        else { return nil }
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            fault(
                .wrongType,
                node.position,
                Bilingual("출처의 주소는 http로 시작합니다: \(url)", "A source's url starts with http: \(url)")
            )
            return nil
        }
        return RuleSource(title: title, url: url, checked: checked)
    }

    func missingSource(_ position: RulePosition) {
        fault(
            .missingSource,
            position,
            Bilingual(
                "출처(source)와 확인일(checked)이 없습니다.",
                "There is no source with the date on which it was checked."
            )
        )
    }
}
