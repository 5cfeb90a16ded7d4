import Basics

/// The words that the sample's titles are made of; none names a person or a company.
enum SampleWords {
    /// What a project is about, and the department that looks after it.
    struct Subject {
        /// The words in the title.
        let name: Bilingual
        /// The ordering department.
        let department: String

        init(_ korean: String, _ english: String, _ department: String) {
            name = Bilingual(korean, english)
            self.department = department
        }
    }

    /// The subjects that an agency has projects on.
    static func subjects(of agency: PlanAgency) -> [Subject] {
        switch agency.kind {
        case .city: common(in: ["디지털정책관", "정보시스템담당관", "데이터센터"]) + city
        case .district: common(in: ["디지털정보과", "스마트도시과", "행정지원과"]) + district
        case .invested:
            common(in: ["정보화팀", "경영지원팀", "기획조정실"])
                + offices.map { Subject($0.korean, $0.english, "경영지원팀") }
                + (special[agency.name] ?? []).map { Subject($0.korean, $0.english, "정보화팀") }
        }
    }

    /// What is done, by type; the first half of each list suits large budgets.
    static func actions(of type: ProjectType) -> [Bilingual] {
        switch type {
        case .systemBuilding:
            [
                Bilingual("통합플랫폼 구축", "joint platform"), Bilingual("시스템 재구축", "system rebuilt"),
                Bilingual("시스템 구축", "new system"), Bilingual("시스템 2단계 구축", "phase two"),
            ]
        case .hardwareAndSoftware:
            [
                Bilingual("전산장비 교체", "renewal of equipment"),
                Bilingual("서버 및 스토리지 도입", "servers and storage"),
                Bilingual("통합솔루션 도입", "packaged software"),
                Bilingual("상용SW 구매", "software licences"), Bilingual("현장장비 도입", "field equipment"),
                Bilingual("백업장비 도입", "backup equipment"),
            ]
        case .softwareDevelopment:
            [
                Bilingual("시스템 고도화", "extension"), Bilingual("시스템 기능개선", "improvement"),
                Bilingual("모바일 앱 개발", "mobile app"), Bilingual("응용프로그램 개발", "software"),
            ]
        case .operationAndMaintenance:
            [
                Bilingual("시스템 통합 유지관리", "joint maintenance"),
                Bilingual("시스템 운영 및 유지관리", "operation and maintenance"),
                Bilingual("시스템 위탁운영", "contracted operation"),
                Bilingual("시스템 유지관리", "maintenance"), Bilingual("상용SW 유지관리", "software upkeep"),
                Bilingual("서버 유지관리", "server maintenance"),
            ]
        case .networkAndSecurity:
            [
                Bilingual("통신망 고도화", "network renewal"),
                Bilingual("시스템 정보보안 강화", "stronger security"),
                Bilingual("전용회선 운영", "leased lines"), Bilingual("시스템 보안관제", "security monitoring"),
                Bilingual("개인정보 보호조치", "protection of personal data"),
            ]
        case .database:
            [
                Bilingual("DB 구축", "database"), Bilingual("기록물 전산화", "digitised records"),
                Bilingual("데이터 품질개선", "data quality"),
            ]
        case .consulting:
            [
                Bilingual("사업관리(PMO) 위탁", "project management (PMO)"),
                Bilingual("정보화전략계획(ISP) 수립", "strategy plan (ISP)"),
                Bilingual("시스템 구축 감리", "audit"),
            ]
        case .educationAndOther:
            [
                Bilingual("온라인 교육과정 운영", "online courses"),
                Bilingual("정보화교육 운영", "digital education"),
                Bilingual("시스템 이용자 교육", "user training"),
            ]
        }
    }

    /// How a title tells the technology.
    static func prefix(of technology: Technology) -> Bilingual {
        switch technology {
        case .artificialIntelligence: Bilingual("AI 기반 ", "AI-based ")
        case .bigData: Bilingual("빅데이터 기반 ", "data-driven ")
        case .internetOfThings: Bilingual("IoT 기반 ", "IoT-based ")
        case .blockchain: Bilingual("블록체인 기반 ", "blockchain-based ")
        case .metaverse: Bilingual("메타버스 ", "metaverse ")
        case .digitalTwin: Bilingual("디지털트윈 기반 ", "digital-twin ")
        case .cloud: Bilingual("클라우드 기반 ", "cloud-based ")
        case .robot: Bilingual("로봇 활용 ", "robot-assisted ")
        case .extendedReality: Bilingual("AR·VR 활용 ", "AR and VR ")
        }
    }

    /// How often each technology comes first, in the order of `Technology`.
    static let technologyWeights: [Double] = [34, 22, 16, 2, 4, 5, 12, 3, 2]

    private static func common(in departments: [String]) -> [Subject] {
        shared.enumerated().map { index, name in
            Subject(name.korean, name.english, departments[index % departments.count])
        }
    }

    private static let shared: [Bilingual] = [
        Bilingual("대표 누리집", "main website"), Bilingual("행정업무", "administration"),
        Bilingual("통합예약", "reservations"), Bilingual("민원 상담", "citizens' enquiries"),
        Bilingual("전자문서", "electronic documents"), Bilingual("기록관리", "records management"),
        Bilingual("행정포털", "staff portal"), Bilingual("업무관리", "task management"),
        Bilingual("재난안전", "disaster safety"), Bilingual("시설물 관리", "facility management"),
        Bilingual("자원봉사", "volunteering"), Bilingual("평생학습", "lifelong learning"),
        Bilingual("도서관", "libraries"), Bilingual("복지서비스", "welfare services"),
        Bilingual("건강관리", "health care"), Bilingual("일자리 정보", "jobs"),
        Bilingual("계약정보", "contract information"), Bilingual("자산관리", "asset management"),
        Bilingual("영상회의", "video meetings"), Bilingual("문자알림", "text alerts"),
        Bilingual("온라인 설문", "online surveys"), Bilingual("교육훈련", "staff training"),
        Bilingual("개인정보 관리", "personal data management"), Bilingual("스마트워크", "smart work"),
        Bilingual("대기질 측정", "air quality"), Bilingual("에너지 관리", "energy management"),
    ]

    private static let city: [Subject] = [
        Subject("시정 챗봇", "city chatbot", "디지털정책관"), Subject("열린데이터", "open data", "빅데이터담당관"),
        Subject("교통정보", "traffic information", "교통기획관"),
        Subject("버스운행관리", "bus operation", "교통기획관"), Subject("신호운영", "traffic signals", "교통기획관"),
        Subject("주차정보", "parking information", "교통기획관"),
        Subject("도시계획정보", "planning information", "도시계획국"),
        Subject("공간정보", "spatial data", "공간정보담당관"), Subject("세무종합", "local taxes", "재무국"),
        Subject("상수도 요금", "water billing", "상수도사업본부"),
        Subject("수질 감시", "water quality", "상수도사업본부"),
        Subject("소방안전지도", "fire safety map", "소방재난본부"),
        Subject("119 종합상황", "emergency dispatch", "소방재난본부"),
        Subject("한강공원 안전", "Han-river park safety", "한강사업본부"),
        Subject("문화재 관리", "heritage", "문화본부"), Subject("관광정보", "tourist information", "관광체육국"),
        Subject("외국인 지원", "services for foreigners", "경제정책실"),
        Subject("식품안전", "food safety", "시민건강국"), Subject("감염병 대응", "epidemic response", "시민건강국"),
        Subject("돌봄서비스", "care services", "복지정책실"), Subject("청소년 활동", "youth activities", "평생교육국"),
        Subject("시민제안", "citizens' proposals", "행정국"),
        Subject("주택정보", "housing information", "주택정책실"),
        Subject("건축행정", "building permits", "주택정책실"), Subject("도로관리", "road management", "안전총괄실"),
        Subject("빗물펌프장 관제", "stormwater pumps", "안전총괄실"),
        Subject("공원녹지 관리", "parks", "푸른도시여가국"), Subject("데이터센터", "data centre", "데이터센터"),
    ]

    private static let district: [Subject] = [
        Subject("구정 챗봇", "district chatbot", "홍보과"), Subject("공영주차장", "public parking", "교통행정과"),
        Subject("주정차 단속", "parking enforcement", "교통행정과"),
        Subject("스마트 횡단보도", "smart crossings", "교통행정과"), Subject("보건소", "health centre", "보건행정과"),
        Subject("동 주민센터", "community centres", "행정지원과"),
        Subject("전자도서관", "digital library", "문화체육과"), Subject("문화강좌", "culture classes", "문화체육과"),
        Subject("구의회 회의록", "council minutes", "행정지원과"), Subject("지방세 체납관리", "tax arrears", "세무과"),
        Subject("생활폐기물 관리", "waste collection", "청소행정과"),
        Subject("불법촬영 점검", "hidden camera checks", "안전도시과"),
        Subject("어린이집 안전", "nursery safety", "복지정책과"),
        Subject("독거어르신 안부확인", "calls on older people", "복지정책과"),
        Subject("스마트도시 통합운영센터", "smart city centre", "스마트도시과"),
        Subject("무인민원발급기", "document kiosks", "디지털정보과"),
        Subject("전화교환", "telephone exchange", "디지털정보과"),
        Subject("부동산 종합정보", "land information", "부동산정보과"),
    ]

    private static let offices: [Bilingual] = [
        Bilingual("전사자원관리(ERP)", "resource planning (ERP)"), Bilingual("그룹웨어", "groupware"),
        Bilingual("고객센터", "customer centre"), Bilingual("인사급여", "personnel and pay"),
        Bilingual("성과관리", "performance management"),
    ]

    /// What only one institution does.
    private static let special: [String: [Bilingual]] = [
        "서울교통공사": [
            Bilingual("열차운행 정보", "train operation"), Bilingual("역무자동화", "station automation"),
            Bilingual("승강장 안전", "platform safety"),
        ],
        "서울시설공단": [Bilingual("공공자전거", "public bicycles"), Bilingual("장사시설 예약", "funeral halls")],
        "서울농수산식품공사": [Bilingual("도매시장 경매", "wholesale auctions")],
        "서울주택도시공사": [Bilingual("임대주택 관리", "rental housing"), Bilingual("분양관리", "housing sales")],
        "서울에너지공사": [Bilingual("열공급 감시", "heat supply")],
        "서울물재생시설공단": [Bilingual("하수처리 감시", "sewage treatment")],
        "서울의료원": [Bilingual("전자의무기록", "medical records"), Bilingual("의료영상", "medical images")],
        "서울연구원": [Bilingual("연구정보", "research information")],
        "서울기술연구원": [Bilingual("연구정보", "research information")],
        "서울신용보증재단": [Bilingual("보증심사", "guarantee assessment")],
        "세종문화회관": [Bilingual("공연예매", "tickets")], "서울시립교향악단": [Bilingual("공연예매", "tickets")],
        "서울문화재단": [Bilingual("예술지원 신청", "grants for artists")],
        "서울장학재단": [Bilingual("장학금 신청", "scholarship applications")],
        "120다산콜재단": [Bilingual("상담", "call centre")],
        "미디어재단 TBS": [Bilingual("방송 송출", "broadcasting")],
    ]
}
