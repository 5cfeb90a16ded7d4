public import Basics

/// A district (자치구) of Seoul with its administrative standard code (행정표준코드).
///
/// Names and codes are those of the Ministry of the Interior and Safety's code of legal districts.
public struct District: Sendable, Hashable {
    /// The five-digit code, `11350`.
    public let code: String
    /// The name.
    public let name: Bilingual
    /// Where the district stands on the tile map: every district one tile, neighbours kept together.
    public let tile: (column: Int, row: Int)

    /// The identifier of the district as an organization: its code.
    public var organizationID: String { code }

    /// The 25 districts, by code.
    public static let all: [District] = [
        District("11110", "종로구", "Jongno-gu", 3, 1), District("11140", "중구", "Jung-gu", 3, 2),
        District("11170", "용산구", "Yongsan-gu", 3, 3),
        District("11200", "성동구", "Seongdong-gu", 5, 2),
        District("11215", "광진구", "Gwangjin-gu", 6, 2),
        District("11230", "동대문구", "Dongdaemun-gu", 4, 2),
        District("11260", "중랑구", "Jungnang-gu", 6, 1),
        District("11290", "성북구", "Seongbuk-gu", 5, 1),
        District("11305", "강북구", "Gangbuk-gu", 4, 1),
        District("11320", "도봉구", "Dobong-gu", 4, 0),
        District("11350", "노원구", "Nowon-gu", 5, 0),
        District("11380", "은평구", "Eunpyeong-gu", 2, 1),
        District("11410", "서대문구", "Seodaemun-gu", 2, 2),
        District("11440", "마포구", "Mapo-gu", 1, 2),
        District("11470", "양천구", "Yangcheon-gu", 0, 3),
        District("11500", "강서구", "Gangseo-gu", 0, 2),
        District("11530", "구로구", "Guro-gu", 0, 4),
        District("11545", "금천구", "Geumcheon-gu", 1, 4),
        District("11560", "영등포구", "Yeongdeungpo-gu", 1, 3),
        District("11590", "동작구", "Dongjak-gu", 2, 3),
        District("11620", "관악구", "Gwanak-gu", 2, 4),
        District("11650", "서초구", "Seocho-gu", 4, 3),
        District("11680", "강남구", "Gangnam-gu", 5, 3),
        District("11710", "송파구", "Songpa-gu", 6, 3),
        District("11740", "강동구", "Gangdong-gu", 7, 2),
    ]

    private init(_ code: String, _ korean: String, _ english: String, _ column: Int, _ row: Int) {
        self.code = code
        name = Bilingual(korean, english)
        tile = (column, row)
    }

    /// Two districts are the same where their codes are.
    public static func == (left: District, right: District) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
