import Basics
import City
import Hosting
import Identity
import Store

/// The handbook of the sample city, written for Haechi and labelled as a sample.
enum SampleHandbook {
    /// The line between two documents of the handbook.
    private static let divider = "\n=====\n"

    /// The documents of the handbook.
    ///
    /// Throws `ImportRefusal` where one cannot be read, which a test keeps from happening.
    static func documents(
        at now: Instant
    ) throws -> [(document: KnowledgeDocument, read: ImportedDocument)] {
        let text = String(decoding: PackageResources.handbook_md, as: UTF8.self)
        return try text.split(separator: divider).enumerated().map { index, part in
            let read = try KnowledgeImport.markdown(Array(part.utf8), fileName: "handbook.md")
            return (KnowledgeDocument(read, id: "sample-\(index + 1)", at: now), read)
        }
    }

    /// Puts the handbook with its forms, its synonyms, its colleagues and two bots into the store.
    static func make(on platform: Platform) async throws {
        var kept: [(document: KnowledgeDocument, read: ImportedDocument)] = []
        for (document, read) in try documents(at: platform.time.now()) {
            var document = document
            document.organizationID = Organization.sampleCity.id
            document.status = .effective
            document.attachments.value = try await SampleForms.kept(
                document.attachments.value,
                in: platform.store
            )
            kept.append((document, read))
        }
        let documents = kept
        try await platform.store.write { tx in
            for (document, read) in documents {
                try Knowledge.save(document, passages: read.passages, in: tx)
            }
            try SharedSynonyms.save(synonyms, by: "sample", in: tx)
            try SampleBots.makePeople(for: documents.map(\.document), in: tx)
            try SampleBots.make(in: tx)
        }
    }
}

extension KnowledgeDocument {
    /// A document as its front matter describes it.
    init(_ read: ImportedDocument, id: String, at now: Instant) {
        let facts = read.facts
        let kinds: [String: Kind] = ["FAQ": .faq, "서식": .form, "편람": .manual, "규정": .manual]
        let isStatute = facts["법령구분"] != nil
        let jurisdictions: [String: Jurisdiction] = [
            "시": .city, "지방": .local, "국가": .national, "공통": .general,
        ]
        self.init(
            id: id,
            title: read.title,
            kind: isStatute ? .statute : facts["종류"].flatMap { kinds[$0] } ?? .manual,
            status: .draft,
            jurisdiction: facts["관할"].flatMap { jurisdictions[$0] }
                ?? (isStatute
                    ? Jurisdiction(title: read.title, opening: read.passages.first?.body ?? "")
                    : .city),
            category: facts["분류"].flatMap(KnowledgeCategory.init(korean:)) ?? .regulations,
            audience: .staff,
            organizationID: "",
            department: facts["부서"] ?? facts["소관부처"] ?? "",
            contact: Self.contact(facts),
            effectiveFrom: (facts["시행일"] ?? facts["시행일자"]).flatMap { LocalDate(iso: $0) },
            effectiveUntil: facts["만료일"].flatMap { LocalDate(iso: $0) },
            source: facts["출처"] ?? "",
            attachments: JSONColumn(Self.attachments(facts)),
            fileName: "",
            digest: "",
            createdBy: "sample",
            createdAt: now,
            updatedAt: now
        )
    }

    /// Whom to ask: `총무과 복무팀 (02-0000-0101)`.
    private static func contact(_ facts: FrontMatter) -> String {
        guard let person = facts.maps["담당"]?.first else { return facts["담당"] ?? "" }
        let number = person["내선"].map { " (\($0))" } ?? ""
        return "\(person["부서"] ?? "")\(number)"
    }

    /// The forms of a manual, and the annexes of a statute with their addresses.
    private static func attachments(_ facts: FrontMatter) -> [Attachment] {
        let forms = (facts.maps["서식"] ?? []).compactMap { form in
            form["이름"].map { Attachment(name: $0, address: "") }
        }
        let annexes = (facts.maps["첨부파일"] ?? []).compactMap { annex in
            annex["제목"].map { Attachment(name: $0, address: annex["PDF링크"] ?? "") }
        }
        return forms + annexes
    }
}
