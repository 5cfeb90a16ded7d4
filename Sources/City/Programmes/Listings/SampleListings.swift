import Basics
import City
import Identity
import Store

/// Catalogues of the sample city: programmes that do not exist, with the faults that real catalogues
/// have, written in the forms in which real ones come.
enum SampleListings {
    /// The files, as an editor would upload them.
    static var files: [(name: String, bytes: [UInt8])] {
        [
            ("표본_양육_목록.csv", Array(childcare.utf8)),
            ("표본_청년_서울.json", youth("서울", "S1", cityTitles)),
            ("표본_청년_자치구.json", districts),
            ("표본_청년_전국.json", youth("전국", "S3", nationTitles)),
        ]
    }

    /// Publishes the catalogues that are not there yet.
    static func make(in tx: WriteTransaction) throws {
        let keeping = ListingKeeping(by: .anonymous)
        for (name, bytes) in files {
            let file = try ListingFile(bytes, fileName: name)
            guard try Listings.lastNumber(of: file.source, in: tx) == 0 else { continue }
            try keeping.publish(file, fileName: name, digest: "", isSample: true, in: tx)
        }
    }

    // MARK: The catalogue of childcare

    private static let header =
        "사업대분류명,사업중분류명,사업소분류명,사업명,사업내용,이용대상내용,이용방법내용,운영시간내용,"
        + "문의처내용,대상아동나이,대상관심,대상지역,자세히보기사이트주소,신청하기사이트주소"

    private static let subjects: [(stage: String, field: String, noun: String, ages: String)] = [
        ("결혼", "생활지원", "새살림 상담", "연령무관"),
        ("임신준비", "건강지원", "예비부모 건강교실", "연령무관"),
        ("임신", "건강지원", "임신부 물놀이 체조", "임신?출산"),
        ("출산", "생활지원", "첫 이불 꾸러미", "0세 ~ 1세"),
        ("육아", "돌봄지원", "저녁 돌봄방", "0~2세,3~5세"),
        ("육아", "교육지원", "그림책 배달", "3~5세,6~9세"),
        ("육아", "건강지원", "아이 치아 지킴이", "0세 ~ 12세"),
        ("일생활균형", "수당?급여", "아빠 돌봄의 날", "세 ~ 세"),
    ]
    private static let kinds = ["운영", "지원", "바우처"]

    private static var childcare: String {
        var rows = [header]
        for (place, subject) in subjects.enumerated() {
            for (turn, kind) in kinds.enumerated() {
                let number = place * kinds.count + turn
                rows.append(row(number, subject.noun, kind, subject))
            }
        }
        // The same programme under a second name, and one that its catalogue says is over.
        rows.append(row(1, "새 살림상담", "지원", subjects[0]))
        rows.append(row(2, "놀이터 지도 만들기", "(사업종료)", subjects[4]))
        // A programme that the rules judge too, with another figure.
        rows.append(
            cells([
                "임신", "생활지원", "", "임산부 교통비 지원", "임산부에게 교통비 40만원을 드립니다.",
                "표본시에 사는 임산부", "누리집에서 신청", "", "표본과 02-000-0000", "임신?출산",
                "임신 - 생활지원", "서울시", ".", ".",
            ])
        )
        return rows.joined(separator: "\n") + "\n"
    }

    private static func row(
        _ number: Int,
        _ noun: String,
        _ kind: String,
        _ subject: (stage: String, field: String, noun: String, ages: String)
    ) -> String {
        let title = "\(noun) \(kind)".replacing(" (사업종료)", with: "(사업종료)")
        let text = "표본시가 \(noun)을(를) 도와드립니다. 한 집에 \(10 + number * 5)만원까지"
        let shown =
            switch number % 4 {
            case 0: "\(text) 준비물?교재 포함"
            case 1: "<p class='step'><b>\(text)</b></p><p>방문?전화 접수</p>"
            case 2: "\(text) &amp; 상담 2회"
            default: number % 8 == 3 ? "\(text). 본 사업은 2024년에 종료되었습니다." : text
            }
        let days = number % 5 == 0 ? "신청 기간: 2025. 3. 2. ~ 2025. 3. 31." : "연중"
        let address = number % 3 == 0 ? "https://sample.example/apply/\(number)" : "."
        let region = number % 6 == 5 ? District.all[number % 25].name.korean : "서울시"
        return cells([
            subject.stage, subject.field, "", title, shown, "표본시에 사는 집", days, "평일 09:00~18:00",
            "표본과 02-000-0000", subject.ages, "\(subject.stage) - \(subject.field)", region, ".",
            address,
        ])
    }

    private static func cells(_ values: [String]) -> String {
        values.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
    }

    // MARK: The catalogues of youth

    private static let cityTitles: [(category: String, title: String)] = [
        ("일자리", "첫 출근 상담소"), ("일자리", "청년 면접복 빌림방"), ("일자리", "2025년 여름 일터 체험단 모집"),
        ("주거", "이삿짐 함께 나르기"), ("주거", "서울시 청년월세지원 사업"), ("교육", "밤에 여는 코딩 교실"),
        ("복지.문화", "동네 음악회 초대권"), ("복지.문화", "청년 마음 산책"), ("복지.문화", "청년마음 산책"),
        ("참여.권리", "청년 예산 토론회"), ("참여.권리", "만 19~39세 정책 기자단"),
        ("주거", "전세 계약 같이 읽기(사업종료)"),
    ]
    private static let nationTitles: [(category: String, title: String)] = [
        ("일자리", "2024년 해외 일터 경험단"), ("교육", "청년 기술 배움 카드"), ("주거", "첫 집 마련 상담"),
        ("복지.문화", "문화 나들이 이용권"), ("참여.권리", "청년 자문단 2026년 모집"), ("일자리", "첫 출근 상담소"),
    ]
    private static let districtTitles = [
        "청년 빈방 나눔", "동네 가게 일 배우기", "자격시험 응시료 돕기", "청년 텃밭 모임",
    ]

    private static func youth(
        _ region: String,
        _ prefix: String,
        _ titles: [(category: String, title: String)]
    ) -> [UInt8] {
        list(
            titles.enumerated().map { place, item in
                object(item.category, region, item.title, "\(prefix)\(1000 + place)")
            }
        )
    }

    /// One programme for each of some districts; their catalogue names no category.
    private static var districts: [UInt8] {
        list(
            District.all.prefix(16).enumerated().map { place, district in
                object(
                    "",
                    district.name.korean,
                    districtTitles[place % districtTitles.count],
                    "S2\(1000 + place)"
                )
            }
        )
    }

    private static func object(
        _ category: String,
        _ region: String,
        _ title: String,
        _ link: String
    ) -> String {
        """
        {"category":"\(category)","region":"\(region)","title":"\(title)","link":"\(link)"}
        """
    }

    private static func list(_ objects: [String]) -> [UInt8] {
        Array("[\(objects.joined(separator: ",\n"))]".utf8)
    }
}
