import Basics

/// A project of the sample before it has an agency's key and a contact; money in thousand won.
struct SampleSlot {
    var kind: AgencyKind
    var type: ProjectType
    var usesNewTechnology: Bool
    var timing: OrderTiming
    var budget = 0
    var agency = SeoulAgencies.city
    var department = ""
    var title = Bilingual(same: "")
    var description = ""
    var technologies: Set<Technology> = []
    var month: Int?
    var isNamed = false
}

/// The projects that the announcement names, and the districts' CCTV.
///
/// Only two budgets are published: 2.8 billion won for the metaverse's second phase and 9.2 billion
/// for CCTV. The other amounts are the sample's own.
enum NamedProjects {
    /// The fifteen systems, in the announcement's order.
    static let systems: [SampleSlot] = [
        system(
            "정보화사업 발주정보 누리집 개편",
            "Informatization procurement portal",
            .softwareDevelopment,
            180_000,
            "디지털정책관",
            [],
            2,
            "모든 정보화사업의 내용과 발주시기를 공개하는 누리집을 개편한다."
        ),
        system(
            "메타버스 서울 2단계 구축",
            "Metaverse Seoul, phase two",
            .systemBuilding,
            2_800_000,
            "디지털정책관",
            [.metaverse, .artificialIntelligence],
            3,
            "안전체험관·부동산계약·DDP 등 시민 체험 서비스를 늘리고 시와 자치구의 서비스를 한곳에 모은다."
        ),
        system(
            "Virtual Seoul 디지털트윈 고도화",
            "Virtual Seoul digital twin, extension",
            .systemBuilding,
            3_100_000,
            "디지털정책관",
            [.digitalTwin, .bigData],
            2,
            "가상공간에 현실과 같은 서울을 구현해 도시문제를 분석하고 예측한다."
        ),
        system(
            "사회적약자를 위한 증강현실(AR) 보행 내비게이션 시범구축",
            "AR walking navigation, pilot",
            .systemBuilding,
            620_000,
            "교통기획관",
            [.extendedReality],
            4,
            "이동약자에게 매우 정밀한 보행 안내를 시범 제공한다."
        ),
        system(
            "지능형 CCTV 확대 설치 및 노후 CCTV 교체",
            "Intelligent CCTV, new and replaced",
            .hardwareAndSoftware,
            2_400_000,
            "안전총괄실",
            [.artificialIntelligence],
            3,
            "1인 가구 밀집지역 등 취약지역에 새로 설치하고 화질이 낮은 장비를 교체한다."
        ),
        system(
            "AI CCTV 기반 실종자 고속검색시스템 구축",
            "AI CCTV fast search for missing persons",
            .systemBuilding,
            1_100_000,
            "안전총괄실",
            [.artificialIntelligence, .bigData],
            4,
            "선별관제 기술로 실종을 예방하고 실종자를 빠르게 찾는다."
        ),
        system(
            "무료 와이파이 확대 및 노후장비 교체",
            "Free Wi-Fi, extension and renewal",
            .networkAndSecurity,
            3_400_000,
            "정보통신보안담당관",
            [],
            2,
            "한강공원 등 이용이 많은 곳과 디지털 약자 지원시설에 늘리고 낡은 장비를 네 배 빠른 장비로 바꾼다."
        ),
        system(
            "서울 출산육아 만능키 구축",
            "Seoul childbirth and childcare portal",
            .systemBuilding,
            950_000,
            "여성가족정책실",
            [.bigData],
            2,
            "임신·출산·육아의 고민을 한곳에서 풀도록 한다."
        ),
        system(
            "청년몽땅정보통 재구축",
            "Youth services portal, rebuilt",
            .systemBuilding,
            1_650_000,
            "미래청년기획단",
            [.artificialIntelligence, .bigData],
            3,
            "한 번의 신청으로 청년 서비스를 이용하고 맞춤 서비스를 먼저 제안받게 한다."
        ),
        system(
            "서울시 VDI 시스템 시범구축",
            "City VDI, pilot",
            .hardwareAndSoftware,
            1_300_000,
            "정보시스템담당관",
            [.cloud],
            5,
            "시간과 장소에 매이지 않는 스마트워크를 시범 운영한다."
        ),
        system(
            "서우리 주무관(업무 챗봇) 고도화",
            "Staff chatbot Seouri, extension",
            .softwareDevelopment,
            480_000,
            "정보시스템담당관",
            [.artificialIntelligence],
            3,
            "직원용 챗봇을 디지털 가상직원으로 확대한다."
        ),
        system(
            "차세대 모바일 업무관리시스템 구축",
            "Next mobile work management",
            .systemBuilding,
            1_250_000,
            "정보시스템담당관",
            [.cloud],
            2,
            "클라우드 기반으로 현장업무를 지원한다."
        ),
        system(
            "스마트경로당 구축",
            "Smart senior centres",
            .systemBuilding,
            1_900_000,
            "복지정책실",
            [.internetOfThings],
            3,
            "어르신의 여가와 디지털 교육을 지원한다."
        ),
        system(
            "로봇 활용 디지털 교육",
            "Digital education with robots",
            .educationAndOther,
            520_000,
            "디지털정책관",
            [.robot, .artificialIntelligence],
            3,
            "휴머노이드 로봇으로 어르신의 디지털 교육을 돕는다."
        ),
        system(
            "사랑의 PC보급",
            "PCs for people without",
            .hardwareAndSoftware,
            700_000,
            "디지털정책관",
            [],
            1,
            "PC가 없는 이웃에게 정비한 PC를 보급한다."
        ),
    ]

    /// The districts' CCTV: one project each; with the city's they come to 9.2 billion won.
    static func districtCameras(using random: inout SeededRandom) -> [SampleSlot] {
        let city = systems.filter { $0.title.korean.contains("CCTV") }.reduce(0) { $0 + $1.budget }
        let weights = SeoulAgencies.districts.map { _ in 0.5 + random.unit() }
        let budgets = exactShares(
            of: SampleFigures.cameras - city,
            weights: weights,
            minimum: 100_000
        )
        return zip(SeoulAgencies.districts, budgets).enumerated().map { index, pair in
            let (district, budget) = pair
            let form = forms[index % forms.count]
            var slot = SampleSlot(
                kind: .district,
                type: form.type,
                usesNewTechnology: form.isIntelligent,
                timing: index % 3 == 2 ? .secondQuarter : .firstQuarter
            )
            slot.isNamed = true
            slot.budget = budget
            slot.agency = district
            slot.department = "스마트도시과"
            slot.title = Bilingual(
                "\(district.name) \(form.title.korean)",
                "\(district.nameEnglish): \(form.title.english)"
            )
            slot.description = "관내 취약지역의 영상관제를 보강한다."
            slot.technologies = form.isIntelligent ? [.artificialIntelligence] : []
            slot.month = index % 3 == 2 ? 4 : 2 + index % 2
            return slot
        }
    }

    private static let forms: [(title: Bilingual, type: ProjectType, isIntelligent: Bool)] = [
        (
            Bilingual("지능형 CCTV 통합관제시스템 구축", "Intelligent CCTV control system"), .systemBuilding,
            true
        ),
        (Bilingual("노후 CCTV 교체 및 화질개선", "Replacement of old CCTV"), .hardwareAndSoftware, false),
        (
            Bilingual("지능형 선별관제 CCTV 도입", "CCTV with selective monitoring"), .hardwareAndSoftware,
            true
        ),
        (Bilingual("생활안전 CCTV 신규 설치", "New CCTV for neighbourhoods"), .hardwareAndSoftware, false),
    ]

    private static func system(
        _ korean: String,
        _ english: String,
        _ type: ProjectType,
        _ budget: Int,
        _ department: String,
        _ technologies: Set<Technology>,
        _ month: Int,
        _ description: String
    ) -> SampleSlot {
        var slot = SampleSlot(
            kind: .city,
            type: type,
            usesNewTechnology: !technologies.isEmpty,
            timing: OrderTiming(month: month)
        )
        slot.isNamed = true
        slot.budget = budget
        slot.department = department
        slot.title = Bilingual(korean, english)
        slot.description = description
        slot.technologies = technologies
        slot.month = month
        return slot
    }
}
