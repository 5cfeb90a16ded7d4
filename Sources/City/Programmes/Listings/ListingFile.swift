public import Basics
import City
import FoundationEssentials
import Tabular
import Web

/// A file of a catalogue, read: its listings, and what is wrong with each by itself.
public struct ListingFile: Sendable {
    /// The largest file, in bytes.
    public static let maximumByteCount = 8 << 20
    /// The most listings of one file.
    public static let maximumListingCount = 20_000

    /// The catalogue it is of.
    public private(set) var source: ListingSource
    /// The listings, in the order of the file.
    public private(set) var listings: [Listing] = []
    /// What is wrong with single listings, in the order of the file.
    public private(set) var findings: [ListingFinding] = []

    private var taken: Set<String> = []

    /// Reads a file: a table with the columns of 몽땅정보통, or a list of 청년몽땅정보통 in JSON.
    ///
    /// - Throws: An explained error where it is neither, or has too many listings.
    public init(_ bytes: [UInt8], fileName: String) throws {
        source = .mongttang
        guard bytes.count <= Self.maximumByteCount else {
            throw ListingError(
                .unreadable,
                Bilingual(
                    "파일이 너무 큽니다. \(Self.maximumByteCount >> 20)MB까지 받습니다.",
                    "The file is too large; at most \(Self.maximumByteCount >> 20) MB."
                ),
                context: fileName
            )
        }
        if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") {
            try readYouth(bytes, fileName: fileName)
        } else {
            try readMongttang(bytes, fileName: fileName)
        }
        guard !listings.isEmpty else { throw Self.refusal(fileName) }
    }

    private static func refusal(_ fileName: String) -> ListingError {
        ListingError(
            .unreadable,
            Bilingual(
                "사업 목록이 아닙니다. 사업명 열이 있는 표나 청년몽땅정보통 목록(JSON)을 올려 주세요.",
                "No catalogue: a table with a column 사업명, or a list of the youth portal (JSON)."
            ),
            context: fileName
        )
    }

    private mutating func add(_ listing: Listing, row: Int, _ texts: [ListingText]) throws {
        var listing = listing
        guard listings.count < Self.maximumListingCount else {
            throw ListingError(
                .unreadable,
                Bilingual(
                    "한 번에 \(Self.maximumListingCount.grouped)건까지 받습니다.",
                    "At most \(Self.maximumListingCount.grouped) listings at once."
                ),
                context: "row \(row)"
            )
        }
        let name = listing.id
        var turn = 2
        while !taken.insert(listing.id).inserted {
            listing.id = "\(name)-\(turn)"
            turn += 1
        }
        listing.isEnded = TitleKey.saysEnded(listing.title)
        note(listing, row: row, texts)
        listings.append(listing)
    }

    // MARK: What is wrong with one listing

    private mutating func note(_ listing: Listing, row: Int, _ texts: [ListingText]) {
        func find(_ kind: ListingFinding.Kind, _ korean: String = "", _ english: String? = nil) {
            findings.append(
                ListingFinding(
                    kind,
                    listing,
                    row: row,
                    Bilingual(korean, english ?? korean)
                )
            )
        }
        let lost = texts.flatMap(\.lostCharacters)
        if let first = lost.first { find(.lostCharacter, "…\(first)… (\(lost.count))") }
        if texts.contains(where: \.hadMarkup) { find(.markup) }
        if texts.contains(where: \.hadEntities) { find(.entities) }
        if listing.isEnded {
            find(.ended)
        } else if let sentence = listing.sentenceOfEnd {
            find(.endedInText, sentence)
        }
        if listing.categories.isEmpty { find(.noCategory) }
        if listing.ages == nil, !listing.ageText.isEmpty, !AgeText.isAnyAge(listing.ageText) {
            find(.unreadableAges, listing.ageText)
        }
        if listing.provider == .district, listing.districts.isEmpty {
            find(.unknownRegion, listing.region)
        }
        for address in [listing.informationURL, listing.applicationURL].compactMap(\.self)
        where Link(external: address) == nil {
            find(.badAddress, address)
        }
    }
}

extension ListingFile {
    private static let columns: [String: [String]] = [
        "category": ["사업대분류명"], "field": ["사업중분류명"], "title": ["사업명"],
        "summary": ["사업내용"], "target": ["이용대상내용"], "howToApply": ["이용방법내용"],
        "when": ["운영시간내용"], "contact": ["문의처내용"], "ages": ["대상아동나이"],
        "needs": ["대상관심"], "region": ["대상지역"], "information": ["자세히보기사이트주소"],
        "application": ["신청하기사이트주소"],
    ]

    private mutating func readMongttang(_ bytes: [UInt8], fileName: String) throws {
        var reader = try TabularReader.open(bytes, fileName: fileName)
        let head = try reader.rows(upTo: HeaderFinder.maximumRowCount)
        guard let header = HeaderFinder(Self.columns).find(in: head),
            header.columns["title"] != nil
        else { throw Self.refusal(fileName) }
        func take(_ row: TabularRow) throws {
            guard !row.isBlank else { return }
            let texts = header.columns.mapValues { ListingText(row[$0].text) }
            guard let title = texts["title"]?.text, !title.isEmpty else { return }
            try add(Self.listing(title, texts), row: row.number, Array(texts.values))
        }
        for row in head.dropFirst(header.rowsBeforeData) { try take(row) }
        var row = TabularRow()
        while try reader.next(&row) { try take(row) }
        for listing in listings where listing.applicationURL == nil {
            findings.append(ListingFinding(.noApplicationAddress, listing))
        }
    }

    private static func listing(_ title: String, _ texts: [String: ListingText]) -> Listing {
        func text(_ name: String) -> String {
            String((texts[name]?.text ?? "").prefix(Listing.maximumTextCharacterCount))
        }
        func address(_ name: String) -> String? { text(name).isEmpty ? nil : text(name) }
        var listing = Listing(.mongttang, title, title: title)
        listing.categories = [text("category"), text("field")].filter { !$0.isEmpty }
        listing.summary = text("summary")
        listing.target = text("target")
        listing.howToApply = text("howToApply")
        listing.when = text("when")
        listing.contact = text("contact")
        listing.ageText = text("ages")
        listing.ages = AgeText.range(listing.ageText)
        listing.needs = text("needs").split(separator: ",").map { String($0) }
        listing.region = text("region")
        listing.districts = Self.districts(in: listing.region)
        listing.informationURL = address("information")
        listing.applicationURL = address("application")
        return listing
    }

    /// The codes of the districts a text names; none where it names the city or every one.
    static func districts(in text: String) -> [String] {
        let names = Set(text.split { $0 == "," || $0.isWhitespace }.map { String($0) })
        let found = District.all.filter { names.contains($0.name.korean) }
        return found.count == District.all.count ? [] : found.map(\.code)
    }
}

extension ListingFile {
    /// A listing of the youth portal as its lists have it; one list misspells its category.
    private struct YouthRow: Decodable {
        var title: String
        var link: String
        var region: String
        var category: String?
        var caetgory: String?
    }

    private mutating func readYouth(_ bytes: [UInt8], fileName: String) throws {
        let rows: [YouthRow]
        do {
            rows = try JSONDecoder().decode([YouthRow].self, from: Data(bytes))
        } catch {
            throw Self.refusal(fileName)
        }
        let regions = Set(rows.map(\.region))
        let names = Set(District.all.map(\.name.korean))
        source =
            if regions == ["서울"] {
                .youthCity
            } else if regions == ["전국"] {
                .youthNation
            } else if regions.isSubset(of: names) {
                .youthDistricts
            } else {
                .youthRegions
            }
        for (index, row) in rows.enumerated() {
            let title = ListingText(row.title)
            var listing = Listing(source, row.link, title: title.text)
            let category = row.category ?? row.caetgory ?? ""
            listing.categories = category.isEmpty ? [] : [category]
            listing.region = row.region
            listing.districts = Self.districts(in: row.region)
            listing.provider = provider(of: row.region)
            listing.ages = AgeText.range(inTitle: title.text)
            listing.informationURL = Self.youthPage + Link.encoded(row.link)
            try add(listing, row: index + 1, [title])
        }
    }

    private func provider(of region: String) -> ListingProvider {
        switch source {
        case .youthCity: .city
        case .youthNation: .nation
        case .youthDistricts: .district
        default: .otherRegion
        }
    }

    /// Where the youth portal shows the listing of a number.
    private static let youthPage =
        "https://youth.seoul.go.kr/infoData/plcyInfo/view.do?plcyBizId="
}

extension Listing {
    /// The sentence that tells of the end of the whole programme; nothing where none does.
    var sentenceOfEnd: String? {
        for text in [summary, target, howToApply, when] {
            let found =
                text.firstMatch(of: /종료된 사업/)
                ?? text.firstMatch(of: /사업(?:은|이) [^.\n]{0,24}종료(?:되었|됩|했)/)
            if let found {
                let start = text.index(
                    found.range.lowerBound,
                    offsetBy: -12,
                    limitedBy: text.startIndex
                )
                let end = text.index(
                    found.range.upperBound,
                    offsetBy: 12,
                    limitedBy: text.endIndex
                )
                return String(text[(start ?? text.startIndex)..<(end ?? text.endIndex)])
                    .replacing("\n", with: " ")
            }
        }
        return nil
    }
}

/// A catalogue that cannot be read, or a decision that cannot be kept.
public struct ListingError: ExplainedError, Hashable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, Hashable {
        /// The file is no catalogue.
        case unreadable
        /// Somebody else decided about the listing since it was read.
        case outdated
        /// The decision names something that cannot stand there.
        case impossibleDecision
    }

    /// The kind of refusal.
    public let code: Code
    /// What is wrong and what to do.
    public let message: Bilingual
    /// For the log.
    public let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }
}
