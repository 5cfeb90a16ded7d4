import Basics
import Tabular

/// The words that a file's rows have said so far, with what they mean.
struct RowWords: Sendable {
    /// An agency as its name tells it.
    struct Agency: Sendable {
        /// The agency of the directory, where it knows the name.
        var known: PlanAgency?
        /// The name as written.
        var name: String
        /// The identifier of an agency that the directory does not know.
        var derivedID: String
    }

    /// A type's cell: a type, or 신규 and 계속 in its place, or neither.
    enum TypeWord: Sendable {
        case type(ProjectType)
        case continuity(Continuity)
        case unknown
    }

    /// A yes or no, or nothing, or a word that is neither.
    enum YesNo: Sendable {
        case yes, no, nothing, unknown
    }

    var agencies = WordMemory<Agency>()
    var agencyKinds = WordMemory<AgencyKind?>()
    var departments = WordMemory<String>()
    var years = WordMemory<Int?>()
    var timings = WordMemory<OrderTimeText.Reading?>()
    var types = WordMemory<TypeWord>()
    var technologies = WordMemory<(known: Set<Technology>, hasUnknown: Bool)>()
    var methods = WordMemory<ContractMethod?>()
    var routes = WordMemory<ProcurementRoute?>()
    var continuities = WordMemory<Continuity?>()
    var statuses = WordMemory<ProjectStatus?>()
    var answers = WordMemory<YesNo>()
    var times = WordMemory<Instant?>()
}

extension RowReader {
    /// What a column's cell means: as it was read before, or read now and kept.
    ///
    /// Inlined, so that the key path is a place known to the compiler.
    @inline(__always)
    mutating func meaning<Meaning: Sendable>(
        at place: Range<Int>,
        in context: Int = 0,
        _ memory: WritableKeyPath<RowWords, WordMemory<Meaning>>,
        read: (RowReader, String) -> Meaning
    ) -> Meaning {
        let known = row.bytes.withUnsafeBytes {
            words[keyPath: memory].meaning(of: .init(rebasing: $0[place]), in: context)
        }
        if let known { return known }
        let meaning = read(self, text(place))
        row.bytes.withUnsafeBytes {
            words[keyPath: memory].keep(meaning, of: .init(rebasing: $0[place]), in: context)
        }
        return meaning
    }
}
