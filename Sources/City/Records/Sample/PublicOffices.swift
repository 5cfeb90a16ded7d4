import Basics

/// The city hall and the 25 district offices: real public buildings, as published in 2023.
///
/// Addresses are those the offices publish; positions are rounded to four decimals (some ten metres).
enum PublicOffices {
    static let all: [Place] =
        [
            Place(
                id: "cityHall-11000",
                kind: .cityHall,
                name: Bilingual("서울특별시청", "Seoul City Hall"),
                organizationID: Organization.sampleCity.id,
                district: "11140",
                address: "서울특별시 중구 세종대로 110",
                longitude: 126.9784,
                latitude: 37.5666,
                source: .publicKnowledge
            )
        ]
        + offices.compactMap { code, address, latitude, longitude in
            District.named(code).map { district in
                Place(
                    id: "districtOffice-\(code)",
                    kind: .districtOffice,
                    name: Bilingual(
                        "\(district.name.korean)청",
                        "\(district.name.english) Office"
                    ),
                    organizationID: district.organizationID,
                    district: code,
                    address: "서울특별시 \(district.name.korean) \(address)",
                    longitude: longitude,
                    latitude: latitude,
                    source: .publicKnowledge
                )
            }
        }

    private static let offices: [(String, String, Double, Double)] = [
        ("11110", "삼봉로 43", 37.5735, 126.9790), ("11140", "창경궁로 17", 37.5638, 126.9976),
        ("11170", "녹사평대로 150", 37.5324, 126.9905), ("11200", "고산자로 270", 37.5634, 127.0369),
        ("11215", "자양로 117", 37.5386, 127.0824), ("11230", "천호대로 145", 37.5744, 127.0398),
        ("11260", "봉화산로 179", 37.6066, 127.0927), ("11290", "보문로 168", 37.5894, 127.0167),
        ("11305", "도봉로89길 13", 37.6397, 127.0255), ("11320", "마들로 656", 37.6687, 127.0471),
        ("11350", "노해로 437", 37.6542, 127.0564), ("11380", "은평로 195", 37.6027, 126.9290),
        ("11410", "연희로 248", 37.5792, 126.9368), ("11440", "월드컵로 212", 37.5662, 126.9018),
        ("11470", "목동동로 105", 37.5170, 126.8665), ("11500", "화곡로 302", 37.5510, 126.8495),
        ("11530", "가마산로 245", 37.4955, 126.8875), ("11545", "시흥대로73길 70", 37.4569, 126.8955),
        ("11560", "당산로 123", 37.5264, 126.8962), ("11590", "장승배기로 161", 37.5124, 126.9395),
        ("11620", "관악로 145", 37.4782, 126.9515), ("11650", "남부순환로 2584", 37.4836, 127.0327),
        ("11680", "학동로 426", 37.5173, 127.0475), ("11710", "올림픽로 326", 37.5145, 127.1060),
        ("11740", "성내로 25", 37.5301, 127.1238),
    ]
}
