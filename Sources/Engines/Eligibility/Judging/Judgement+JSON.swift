import Basics

/// The JSON form: stable lowerCamelCase keys, texts in both languages.
extension Judgement: Encodable {
    fileprivate enum Key: String, CodingKey {
        case programme, title, verdict, validFrom, validTo, paused, supersededBy, amount
        case amountEach, times, each, isUpperBound, note, window, deadline, opens, clauses
        case failing, open, remedy, documents, points, stratum, benefits, members
        // Of one of several benefits.
        case label, isCertain
    }

    /// Writes the judgement.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(programme, forKey: .programme)
        try container.encode(title, forKey: .title)
        try container.encode(verdict, forKey: .verdict)
        try container.encodeIfPresent(inForce?.from, forKey: .validFrom)
        try container.encodeIfPresent(inForce?.to, forKey: .validTo)
        try container.encodeIfPresent(paused, forKey: .paused)
        try container.encodeIfPresent(supersededBy, forKey: .supersededBy)
        try estimate?.encodeAmount(&container)
        try encodeWindow(&container)
        try container.encode(findings, forKey: .clauses)
        try container.encode(failing, forKey: .failing)
        try container.encode(open, forKey: .open)
        try container.encodeIfPresent(remedy, forKey: .remedy)
        if estimates.count > 1 { try container.encode(estimates, forKey: .benefits) }
        if !members.isEmpty { try container.encode(members, forKey: .members) }
        try container.encode(documents.map(\.title), forKey: .documents)
        try container.encodeIfPresent(points, forKey: .points)
        try container.encodeIfPresent(stratum, forKey: .stratum)
    }

    private func encodeWindow(_ container: inout KeyedEncodingContainer<Key>) throws {
        switch window {
        case .open(let until):
            try container.encode("open", forKey: .window)
            try container.encodeIfPresent(until, forKey: .deadline)
        case .opens(let date):
            try container.encode("opens", forKey: .window)
            try container.encode(date, forKey: .opens)
        case .closed: try container.encode("closed", forKey: .window)
        case .unknown: try container.encode("unknown", forKey: .window)
        }
    }
}

extension Judgement.Member: Encodable {
    private enum Key: String, CodingKey {
        case person, label, judgement
    }

    /// Writes who it is and how it stands.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .person)
        try container.encode(label, forKey: .label)
        try container.encode(judgement, forKey: .judgement)
    }
}

extension Judgement.Estimate: Encodable {
    /// Writes one of several things, with the keys of the whole.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Judgement.Key.self)
        try container.encodeIfPresent(label, forKey: .label)
        try encodeAmount(&container)
        try container.encode(isCertain, forKey: .isCertain)
    }

    fileprivate func encodeAmount(
        _ container: inout KeyedEncodingContainer<Judgement.Key>
    ) throws {
        try container.encodeIfPresent(total, forKey: .amount)
        try container.encodeIfPresent(each, forKey: .amountEach)
        try container.encodeIfPresent(times, forKey: .times)
        try container.encode(rhythm, forKey: .each)
        try container.encode(isUpperBound, forKey: .isUpperBound)
        try container.encodeIfPresent(note, forKey: .note)
    }
}

extension Judgement.Finding: Encodable {
    private enum Key: String, CodingKey {
        case clause, truth, value, sentence, source, line, file
    }

    /// Writes the finding with its source and place.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(clause.name, forKey: .clause)
        let word =
            switch truth {
            case .yes: "met"
            case .no: "failed"
            case .unknown: "unknown"
            }
        try container.encode(word, forKey: .truth)
        try container.encode(value, forKey: .value)
        try container.encode(sentence, forKey: .sentence)
        try container.encode(clause.source, forKey: .source)
        try container.encode(clause.position.file, forKey: .file)
        try container.encode(clause.position.line, forKey: .line)
    }
}

extension Remedy: Encodable {
    private enum Key: String, CodingKey {
        case changes, waitUntil, sentence
    }

    /// Writes the remedy.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(changes, forKey: .changes)
        try container.encodeIfPresent(waitUntil, forKey: .waitUntil)
        try container.encode(sentence, forKey: .sentence)
    }
}

extension Remedy.Change: Encodable {
    private enum Key: String, CodingKey {
        case fact, label, from, to, sentence
    }

    /// Writes the change.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(fact, forKey: .fact)
        try container.encode(label, forKey: .label)
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
        try container.encode(sentence, forKey: .sentence)
    }
}
