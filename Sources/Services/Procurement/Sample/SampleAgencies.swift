import Basics

/// The agencies of Seoul's programme: public names, in the order of their codes.
enum SeoulAgencies {
    /// The city itself; 11000 is the head of its districts' codes.
    static let city = PlanAgency(
        id: "11000",
        name: "서울특별시",
        nameEnglish: "Seoul Metropolitan Government",
        kind: .city
    )

    /// The 25 districts with the first five digits of their administrative standard codes.
    static let districts: [PlanAgency] = [
        district("11110", "종로구", "Jongno-gu"), district("11140", "중구", "Jung-gu"),
        district("11170", "용산구", "Yongsan-gu"), district("11200", "성동구", "Seongdong-gu"),
        district("11215", "광진구", "Gwangjin-gu"), district("11230", "동대문구", "Dongdaemun-gu"),
        district("11260", "중랑구", "Jungnang-gu"), district("11290", "성북구", "Seongbuk-gu"),
        district("11305", "강북구", "Gangbuk-gu"), district("11320", "도봉구", "Dobong-gu"),
        district("11350", "노원구", "Nowon-gu"), district("11380", "은평구", "Eunpyeong-gu"),
        district("11410", "서대문구", "Seodaemun-gu"), district("11440", "마포구", "Mapo-gu"),
        district("11470", "양천구", "Yangcheon-gu"), district("11500", "강서구", "Gangseo-gu"),
        district("11530", "구로구", "Guro-gu"), district("11545", "금천구", "Geumcheon-gu"),
        district("11560", "영등포구", "Yeongdeungpo-gu"), district("11590", "동작구", "Dongjak-gu"),
        district("11620", "관악구", "Gwanak-gu"), district("11650", "서초구", "Seocho-gu"),
        district("11680", "강남구", "Gangnam-gu"), district("11710", "송파구", "Songpa-gu"),
        district("11740", "강동구", "Gangdong-gu"),
    ]

    /// 26 institutions that the city invests in or funds; the identifiers are the sample's own.
    static let invested: [PlanAgency] = [
        ("서울교통공사", "Seoul Metro"), ("서울시설공단", "Seoul Facilities Corporation"),
        ("서울농수산식품공사", "Seoul Agro-Fisheries & Food Corporation"),
        ("서울주택도시공사", "Seoul Housing & Communities Corporation"),
        ("서울에너지공사", "Seoul Energy Corporation"),
        ("서울물재생시설공단", "Seoul Water Reclamation Corporation"),
        ("서울의료원", "Seoul Medical Center"), ("서울연구원", "The Seoul Institute"),
        ("서울경제진흥원", "Seoul Business Agency"),
        ("서울신용보증재단", "Seoul Credit Guarantee Foundation"),
        ("세종문화회관", "Sejong Center for the Performing Arts"),
        ("서울시여성가족재단", "Seoul Foundation of Women and Family"),
        ("서울시복지재단", "Seoul Welfare Foundation"),
        ("서울문화재단", "Seoul Foundation for Arts and Culture"),
        ("서울시립교향악단", "Seoul Philharmonic Orchestra"),
        ("서울디자인재단", "Seoul Design Foundation"),
        ("서울장학재단", "Seoul Scholarship Foundation"),
        ("서울시평생교육진흥원", "Seoul Institute for Lifelong Education"),
        ("서울시50플러스재단", "Seoul 50 Plus Foundation"),
        ("서울디지털재단", "Seoul Digital Foundation"),
        ("120다산콜재단", "120 Dasan Call Foundation"),
        ("서울시공공보건의료재단", "Seoul Public Health Foundation"),
        ("서울기술연구원", "Seoul Institute of Technology"),
        ("서울시사회서비스원", "Seoul Public Agency for Social Service"),
        ("서울관광재단", "Seoul Tourism Organization"), ("미디어재단 TBS", "TBS Media Foundation"),
    ].enumerated().map { index, name in
        PlanAgency(
            id: "1190\(index < 9 ? "0" : "")\(index + 1)",
            name: name.0,
            nameEnglish: name.1,
            kind: .invested
        )
    }

    /// Every agency: the city, the districts, the institutions.
    static let all: [PlanAgency] = [city] + districts + invested

    /// Every agency, to be found by name.
    static let directory = AgencyDirectory(all)

    private static func district(_ id: String, _ name: String, _ english: String) -> PlanAgency {
        PlanAgency(id: id, name: name, nameEnglish: english, kind: .district)
    }
}
