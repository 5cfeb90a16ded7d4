import Basics
import Hosting
import Identity
import Korean
import Logging
import Store
import Synchronization

/// Lets a language model write the answer in natural language, and lets nothing of it stand that a
/// quoted passage does not support.
final class Drafter: Sendable {
    /// How drafts ended since the start of the program.
    struct Counts: Sendable, Hashable {
        var supported = 0
        var unsupported = 0
        var unreachable = 0
    }

    private let endpoint: DraftingEndpoint?
    private let breaker = CircuitBreaker()
    private let counts = Mutex(Counts())
    private let time: TimeSource
    private let logger: Logger

    /// Reads the settings; without an endpoint nothing is drafted.
    init(_ platform: Platform) throws(DraftingError) {
        endpoint = try DraftingEndpoint(platform)
        time = platform.time
        logger = platform.logger
    }

    /// Whether an answer is one that a draft is asked for.
    func drafts(_ answer: Answer) -> Bool {
        endpoint != nil && answer.kind == .quoted
            && !answer.quotations.contains { quotation in
                PassageInstructions.arePresent(in: quotation.sentences.joined(separator: " "))
            }
    }

    /// Adds a draft to an answer, or why there is none.
    ///
    /// - Parameters:
    ///   - answer: What was quoted.
    ///   - question: The question, personal data masked.
    ///   - synonyms: Words that mean the same.
    ///   - receive: Takes each sentence once it is found to be supported.
    /// - Returns: The answer with its draft; the whole draft is left out where a sentence of it is not
    ///   supported.
    /// - Throws: What `receive` throws, and `CancellationError`; every failure of the endpoint is told
    ///   in the answer.
    func drafting(
        _ answer: Answer,
        to question: String,
        synonyms: SynonymTable,
        _ receive: (Answer.DraftedSentence) async throws -> Void
    ) async throws -> Answer {
        guard let endpoint, drafts(answer) else { return answer }
        guard breaker.admits(at: time.now()) else { return note(.unreachable, in: answer) }
        var draft = Draft(answer, synonyms)
        do {
            try await endpoint.draft(DraftPrompt(question: question, quotations: answer.quotations))
            {
                for sentence in try draft.add($0) { try await receive(sentence) }
            }
            for sentence in try draft.finish() { try await receive(sentence) }
        } catch let error as UnsupportedSentence {
            breaker.succeeded()
            logger.notice("draft refused", metadata: ["fault": "\(error.fault.rawValue)"])
            return note(.unsupported, in: answer)
        } catch let error as any ExplainedError {
            guard Self.isOfEndpoint(error), !Task.isCancelled else {
                breaker.abandoned()
                throw error
            }
            let seconds = (error as? DraftingError)?.retryAfterSeconds
            breaker.failed(at: time.now(), retryAfterSeconds: seconds)
            logger.warning("draft failed", metadata: ["context": "\(error.context)"])
            return note(.unreachable, in: answer)
        } catch {
            breaker.abandoned()
            throw error
        }
        breaker.succeeded()
        counts.withLock { $0.supported += 1 }
        var answer = answer
        answer.drafted = draft.sentences
        return answer
    }

    private static func isOfEndpoint(_ error: any ExplainedError) -> Bool {
        switch error {
        case is DraftingError: true
        case let error as CourierError: error.code != .cancelled
        case let error as IdentityError: error.code == .busy
        default: false
        }
    }

    private func note(_ fault: Answer.DraftFault, in answer: Answer) -> Answer {
        counts.withLock { counts in
            switch fault {
            case .unreachable: counts.unreachable += 1
            case .unsupported: counts.unsupported += 1
            }
        }
        var answer = answer
        answer.draftFault = fault
        return answer
    }

    /// What `/metrics` tells of drafting; nothing where no endpoint is set.
    var gauges: [(name: String, help: String, value: Double)] {
        guard endpoint != nil else { return [] }
        let counts = counts.withLock { $0 }
        return [
            (
                "haechi_assistant_drafting_paused",
                "Whether drafting pauses after failures of its endpoint.",
                breaker.isOpen(at: time.now()) ? 1 : 0
            ),
            (
                "haechi_assistant_drafts_supported", "Drafts shown since the start.",
                Double(counts.supported)
            ),
            (
                "haechi_assistant_drafts_unsupported",
                "Drafts left out for a sentence without support since the start.",
                Double(counts.unsupported)
            ),
            (
                "haechi_assistant_drafts_unreachable",
                "Drafts that the endpoint did not deliver since the start.",
                Double(counts.unreachable)
            ),
        ]
    }
}

/// A sentence that no passage supports.
private struct UnsupportedSentence: Error {
    let fault: SupportCheck.Fault
}

/// A draft on its way: what was read and found to be supported.
private struct Draft {
    private let checks: [SupportCheck]
    private var reader = DraftReader()
    private(set) var sentences: [Answer.DraftedSentence] = []

    init(_ answer: Answer, _ synonyms: SynonymTable) {
        // The model saw masked passages, so its words are held against those.
        checks = answer.quotations.map { quotation in
            var quotation = quotation
            quotation.sentences = quotation.sentences.map(PersonalData.masked)
            return SupportCheck(quotation, synonyms: synonyms)
        }
    }

    mutating func add(_ text: String) throws -> [Answer.DraftedSentence] {
        try take(reader.sentences(adding: text))
    }

    /// The sentences at the end; a draft without any is none.
    mutating func finish() throws -> [Answer.DraftedSentence] {
        let last = try take(reader.rest())
        guard !sentences.isEmpty else { throw UnsupportedSentence(fault: .empty) }
        return last
    }

    private mutating func take(_ written: [WrittenSentence]) throws -> [Answer.DraftedSentence] {
        let taken = try written.map(supported)
        sentences += taken
        return taken
    }

    /// Holds a sentence against the passages it names, or against each where it names none.
    private func supported(_ written: WrittenSentence) throws -> Answer.DraftedSentence {
        let named = written.numbers.map { $0 - 1 }
        var fault = SupportCheck.Fault.word
        for index in named.isEmpty ? Array(checks.indices) : named
        where checks.indices.contains(index) {
            guard let found = checks[index].fault(in: written.text) else {
                return Answer.DraftedSentence(text: written.text, quotation: index)
            }
            fault = found
        }
        throw UnsupportedSentence(fault: fault)
    }
}
