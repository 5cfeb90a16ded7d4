import Basics
import Hosting
import Identity
import Korean
import Store
import Synchronization

/// The passages in memory: what finds the answer to a question.
///
/// The store is the truth. Readers work on an immutable snapshot, so a new document never holds a
/// question up.
final class KnowledgeIndex: Sendable {
    /// One state of the index: its document `n` is passage `n`.
    struct Snapshot: Sendable {
        private(set) var index = TextIndex()
        private(set) var passages: [KnowledgePassage] = []
        /// The passages of each document, by their numbers in the index.
        private(set) var numbers: [String: Range<UInt32>] = [:]
        private(set) var documents: [String: KnowledgeDocument] = [:]
        var synonyms: SynonymTable

        /// Puts documents in, in the place of those with their identifiers.
        ///
        /// Throws `KoreanError` where a passage is beyond the limits of the index.
        mutating func put(
            _ added: [(document: KnowledgeDocument, passages: [KnowledgePassage])]
        ) throws {
            var old: [UInt32] = []
            var texts: [IndexedText] = []
            var places: [String: Range<UInt32>] = [:]
            for (document, passages) in added {
                old += numbers[document.id] ?? 0..<0
                let start = index.nextNumber + UInt32(texts.count)
                texts += passages.map { IndexedText($0, of: document) }
                places[document.id] = start..<(start + UInt32(passages.count))
            }
            index = try index.replacing(removed: old, added: texts)
            for (document, passages) in added {
                self.passages += passages
                documents[document.id] = document
            }
            numbers.merge(places) { $1 }
        }

        /// Takes a document out.
        mutating func remove(_ id: String) throws {
            index = try index.removing(numbers[id] ?? 0..<0)
            numbers[id] = nil
            documents[id] = nil
        }

        /// Questions that some documents of questions and answers answer, one of each in turn, so that
        /// no document takes all the places.
        func questions(of documents: [KnowledgeDocument], limit: Int) -> [String] {
            let asked = documents.filter { $0.kind == .faq }.compactMap { numbers[$0.id] }
                .map { range in range.map { passages[Int($0)].topic }.filter { !$0.isEmpty } }
            let longest = asked.map(\.count).max() ?? 0
            let inTurn = (0..<longest).lazy.flatMap { turn in
                asked.compactMap { turn < $0.count ? $0[turn] : nil }
            }
            return Array(inTurn.prefix(limit))
        }

        /// The same, with only the documents that a bot answers from.
        func limited(to bot: BotInUse?) -> Snapshot {
            guard let bot else { return self }
            var snapshot = self
            snapshot.numbers = numbers.filter { documents[$0.key].map(bot.quotes) ?? false }
            return snapshot
        }

        /// The passages that a person may be quoted today.
        func readable(by actor: Actor, on day: LocalDate) -> DocumentSet {
            var set = DocumentSet()
            for (id, range) in numbers {
                guard let document = documents[id], document.isQuotable(to: actor, on: day) else {
                    continue
                }
                for number in range { set.insert(number) }
            }
            return set
        }

        /// The passages by whose rules they are, with what those count.
        var preferences: [(documents: DocumentSet, factor: Float)] {
            KnowledgeDocument.Jurisdiction.allCases.filter { $0.preference != 1 }.map { kind in
                var set = DocumentSet()
                for (id, range) in numbers where documents[id]?.jurisdiction == kind {
                    for number in range { set.insert(number) }
                }
                return (set, kind.preference)
            }
        }
    }

    private let state: Mutex<Snapshot>
    private let synonyms: SharedSynonyms

    private init(_ snapshot: Snapshot, synonyms: SharedSynonyms) {
        state = Mutex(snapshot)
        self.synonyms = synonyms
    }

    /// What questions are answered with now.
    var snapshot: Snapshot {
        var snapshot = state.withLock { $0 }
        snapshot.synonyms = synonyms.table
        return snapshot
    }

    /// Reads every document of the store.
    static func load(
        from store: Store,
        synonyms: SharedSynonyms
    ) async throws -> KnowledgeIndex {
        KnowledgeIndex(
            try await store.read { db in
                var snapshot = Snapshot(synonyms: SynonymTable())
                try snapshot.put(
                    Knowledge.all(in: db).map { ($0, try Knowledge.passages(of: $0.id, in: db)) }
                )
                return snapshot
            },
            synonyms: synonyms
        )
    }

    /// Takes in a document that is new, has changed or is gone.
    func update(_ id: String, from store: Store) async throws {
        let found = try await store.read { db in
            (try Knowledge.find(id, in: db), try Knowledge.passages(of: id, in: db))
        }
        try state.withLock { snapshot in
            if let document = found.0 {
                try snapshot.put([(document, found.1)])
            } else {
                try snapshot.remove(id)
            }
        }
    }

    /// Brings the index up to the store, where another process changed a document.
    func refresh(from store: Store) async throws {
        let stored = try await store.read { try Knowledge.versions(in: $0) }
        let known = snapshot.documents
        let changed = stored.filter { known[$0.key]?.updatedAt != $0.value }.map(\.key)
        let gone = known.keys.filter { stored[$0] == nil }
        for id in changed + gone { try await update(id, from: store) }
    }
}

extension KnowledgeDocument {
    /// Whether its passages may be quoted to a person on a day; one's own documents always.
    func isQuotable(to actor: Actor, on day: LocalDate) -> Bool {
        isReadable(by: actor) && (audience == .owner || holds(on: day))
    }
}

extension IndexedText {
    fileprivate init(_ passage: KnowledgePassage, of document: KnowledgeDocument) {
        self.init(title: document.title, heading: passage.heading, body: passage.body)
    }
}
