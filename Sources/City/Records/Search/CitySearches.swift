import Basics
import Hosting
import Korean
import Store
import Web

/// What the city's own records offer to its search: everybody reads places, the staff directory and
/// the organizations.
struct CitySearches: Sendable {
    /// The most records a listing is narrowed to by words; so many answer only what says too little.
    static let maximumNarrowedCount = 10_000

    let platform: Platform
    let places = RecordIndex(.places) {
        try Places.all(in: $0)
    } text: { place in
        let district = District.named(place.district)?.name
        return [
            place.name, place.nameEnglish, place.kind.title.korean, place.kind.title.english,
            district?.korean ?? "", district?.english ?? "", place.address,
        ].joined(separator: "\n")
    }
    let people = RecordIndex(.people) { db in
        let names = Dictionary(
            try Organizations.all(in: db).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
        return try People.all(in: db).map {
            DirectoryEntry(person: $0, organization: names[$0.organizationID] ?? "")
        }
    } text: { entry in
        let person = entry.person
        return [
            person.duty, person.department, person.position, person.name, entry.organization,
        ].joined(separator: "\n")
    }
    let organizations = RecordIndex(.organizations) {
        try Organizations.all(in: $0)
    } text: {
        "\($0.name)\n\($0.nameEnglish)"
    }

    init(platform: Platform) {
        self.platform = platform
    }

    var sources: [SearchSource] {
        [
            SearchSource("places", Bilingual("장소", "Places")) { try await findPlaces($0) },
            SearchSource("people", Bilingual("직원·업무 안내", "Staff directory")) {
                try await findPeople($0)
            },
            SearchSource("organizations", Bilingual("기관", "Organizations")) {
                try await findOrganizations($0)
            },
        ]
    }

    /// What the words of a listing find; nothing where there are none.
    func find<Record>(
        _ words: String,
        of index: RecordIndex<Record>
    ) async throws -> RecordIndex<Record>.Found? {
        guard !words.isEmpty else { return nil }
        let query = TextQuery(words, synonyms: platform.synonyms.table)
        return try await index.find(query, in: platform.store)
    }

    private func findPlaces(_ request: SearchRequest) async throws -> SearchFound {
        let found = try await places.find(request.query, in: platform.store)
        let language = request.language
        return SearchFound(
            found,
            request,
            listing: Link("/places", query: [("q", request.query.text)])
        ) { place in
            SearchResult(
                title: place.title[language],
                facts: [
                    place.kind.title[language],
                    District.named(place.district)?.name[language] ?? "", place.address,
                    place.source == .sample ? Self.sample[language] : "",
                ],
                link: place.link,
                marks: found.search.highlights
            )
        }
    }

    private func findPeople(_ request: SearchRequest) async throws -> SearchFound {
        let found = try await people.find(request.query, in: platform.store)
        return SearchFound(
            found,
            request,
            listing: Link("/people", query: [("q", request.query.text)])
        ) { entry in
            let person = entry.person
            return SearchResult(
                title: person.duty,
                facts: [
                    "\(entry.organization) \(person.department)",
                    "\(person.position) \(person.name)", person.telephone,
                    person.isSample ? Self.sample[request.language] : "",
                ],
                link: person.link,
                marks: found.search.highlights
            )
        }
    }

    private func findOrganizations(_ request: SearchRequest) async throws -> SearchFound {
        let found = try await organizations.find(request.query, in: platform.store)
        return SearchFound(found, request, listing: Link("/organizations")) { organization in
            SearchResult(
                title: organization.title[request.language],
                link: Link("/people", query: [("organization", organization.id)]),
                marks: found.search.highlights
            )
        }
    }

    private static let sample = Bilingual("표본", "Sample")
}

/// An entry of the staff directory with the name of its organization, by which people look too.
struct DirectoryEntry: Sendable {
    var person: Person
    var organization: String
}

extension SearchFound {
    fileprivate init<Record>(
        _ found: RecordIndex<Record>.Found,
        _ request: SearchRequest,
        listing: Link,
        _ result: (Record) -> SearchResult
    ) {
        self.init(
            count: found.records.count,
            results: request.window(of: found.records).map(result),
            listing: listing,
            alternatives: found.search.alternatives
        )
    }
}
