public import Basics

/// What an officer decided about a listing; it stands beside what the catalogue says and is kept
/// over every later edition of it.
public struct ListingDecision: Codable, Sendable, Hashable {
    /// The most characters of a corrected text.
    public static let maximumCorrectionCharacterCount = 4_000
    /// The most characters of a remark.
    public static let maximumNoteCharacterCount = 500

    /// A text in the officer's words, with what the source said when it was corrected.
    public struct Correction: Codable, Sendable, Hashable {
        /// The text that is shown.
        public var text: String
        /// The text of the source that it replaced.
        public var original: String
    }

    /// Whether it has ended, whatever its source says; nothing leaves it to the source.
    public var isEnded: Bool?
    /// The listing that it is one with.
    public var mergedInto: String?
    /// The programme of the rules that it is.
    public var sameAs: String?
    /// The listing or the programme of the rules that took its place.
    public var supersededBy: String?
    /// The texts that read otherwise than at the source.
    public var corrections: [ListingField: Correction]
    /// The kinds of findings that were looked at and need nothing more.
    public var seen: Set<String>
    /// Why.
    public var note: String

    /// Creates a decision that decides nothing.
    public init() {
        corrections = [:]
        seen = []
        note = ""
    }

    /// Whether a finding is done with.
    func settles(_ finding: ListingFinding) -> Bool {
        if finding.kind.isSettled || seen.contains(finding.kind.rawValue) { return true }
        switch finding.kind {
        case .duplicate, .otherSource: return mergedInto != nil
        case .endedInText, .pastDate, .pastYear: return isEnded != nil
        case .ruleProgramme, .figuresDiffer: return sameAs != nil
        default: return false
        }
    }
}

/// A listing as the city keeps it: what its catalogue says, and what was decided about it.
public struct KeptListing: Sendable, Hashable {
    /// Where a listing stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Shown.
        case current
        /// Its notice is of a past year.
        case past
        /// Over.
        case ended
        /// One with another listing, or with a programme of the rules.
        case merged
        /// No longer in its catalogue.
        case gone

        /// What people call it.
        public var title: Bilingual {
            switch self {
            case .current: Bilingual("공개", "Current")
            case .past: Bilingual("지난 공고", "Past notice")
            case .ended: Bilingual("사업 종료", "Ended")
            case .merged: Bilingual("합침", "Merged")
            case .gone: Bilingual("목록에서 사라짐", "Gone from its catalogue")
            }
        }
    }

    /// What the catalogue says.
    public var listing: Listing
    /// What was decided.
    public var decision: ListingDecision
    /// How often the decision was changed.
    public var version: Int
    /// Who decided last; nobody where nothing was decided.
    public var decidedBy: String?
    /// When it was decided last.
    public var decidedAt: Instant?
    /// What its reader found.
    var known: [ListingFinding]
    /// Whether the last edition of its catalogue no longer has it.
    public var isGone: Bool
    /// Whether it is made up.
    public var isSample: Bool
    /// When an edition first had it.
    public var firstSeen: Instant
    /// When an edition last had it.
    public var lastSeen: Instant

    /// The listing with the texts that officers corrected.
    public var shown: Listing {
        var shown = listing
        for (field, correction) in decision.corrections { shown[field] = correction.text }
        return shown
    }

    /// Where it stands on a day.
    public func state(on today: LocalDate) -> State {
        if decision.mergedInto != nil || decision.sameAs != nil { return .merged }
        if isGone { return .gone }
        if decision.isEnded ?? listing.isEnded { return .ended }
        if decision.isEnded == nil, let year = DayText.year(ofTitle: listing.title),
            year < today.year
        {
            return .past
        }
        return .current
    }

    /// The corrections whose source has changed since.
    var outdatedCorrections: [ListingFinding] {
        decision.corrections.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { field, fix in
            guard listing[field] != fix.original else { return nil }
            return ListingFinding(.correctionOutdated, listing, field.label)
        }
    }
}
