public import Basics

/// The fifteen systems of the city's informatization programme, in the order of its announcement.
public enum CitySystem: String, Sendable, Hashable, CaseIterable {
    /// 정보화사업 발주정보
    case procurement
    /// 메타버스 서울
    case metaverse
    /// Virtual Seoul
    case digitalTwin
    /// 교통약자 AR 보행 내비게이션
    case wayfinding
    /// 지능형 CCTV
    case cameras
    /// 실종자 고속검색
    case missingPersons
    /// 공공와이파이
    case publicWiFi
    /// 서울 출산육아 만능키
    case childcare
    /// 청년몽땅정보통
    case youth
    /// VDI
    case desktops
    /// 서우리 주무관
    case assistant
    /// 차세대 모바일 업무관리
    case fieldWork
    /// 스마트경로당
    case seniorCenters
    /// 로봇 활용 디지털 교육
    case robotClass
    /// 사랑의 PC보급
    case sharedPCs

    /// The name people know.
    public var title: Bilingual {
        switch self {
        case .procurement: Bilingual("정보화사업 발주정보", "Informatization projects")
        case .metaverse: Bilingual("메타버스", "Metaverse")
        case .digitalTwin: Bilingual("디지털트윈", "Digital twin")
        case .wayfinding: Bilingual("교통약자 보행 길안내", "Accessible wayfinding")
        case .cameras: Bilingual("지능형 CCTV", "Intelligent CCTV")
        case .missingPersons: Bilingual("실종자 고속검색", "Missing persons search")
        case .publicWiFi: Bilingual("공공와이파이", "Public Wi-Fi")
        case .childcare: Bilingual("출산육아 만능키", "Childbirth and childcare")
        case .youth: Bilingual("청년몽땅정보통", "Youth portal")
        case .desktops: Bilingual("가상 데스크톱(VDI)", "Virtual desktops")
        case .assistant: Bilingual("서우리 주무관", "Staff assistant")
        case .fieldWork: Bilingual("모바일 현장업무", "Mobile field work")
        case .seniorCenters: Bilingual("스마트경로당", "Smart senior centers")
        case .robotClass: Bilingual("로봇 디지털 교육", "Robot-taught classes")
        case .sharedPCs: Bilingual("사랑의 PC보급", "Refurbished PCs")
        }
    }

    /// What it does for whom.
    public var summary: Bilingual {
        switch self {
        case .procurement:
            Bilingual(
                "시와 자치구, 투자·출연기관의 한 해 정보화사업과 발주 일정을 모두 공개합니다.",
                "Every project of city, districts and agencies for the year, with its order date."
            )
        case .metaverse:
            Bilingual(
                "안전체험관, 부동산 계약, DDP를 가상공간에서 만납니다.",
                "A safety hall, property contracts and the DDP in a shared space."
            )
        case .digitalTwin:
            Bilingual(
                "도시를 그대로 옮긴 가상공간에서 도시문제를 분석하고 예측합니다.",
                "Analyse and predict in a true replica of the city."
            )
        case .wayfinding:
            Bilingual(
                "휠체어와 유아차, 흰지팡이로 갈 수 있는 길을 정밀하게 안내합니다.",
                "Walking routes that fit a wheelchair, a pram or a white cane."
            )
        case .cameras:
            Bilingual(
                "수천 대 가운데 지금 봐야 할 카메라를 관제요원에게 먼저 보여 줍니다.",
                "Shows an operator the camera that needs eyes now."
            )
        case .missingPersons:
            Bilingual(
                "승인된 사건 안에서만, 여러 카메라의 기록을 빠르게 찾아봅니다.",
                "Searches many cameras quickly, only inside an approved case."
            )
        case .publicWiFi:
            Bilingual(
                "가까운 무료 와이파이를 찾고, 고장을 알리고, 놓을 곳을 정합니다.",
                "Find free Wi-Fi, report a fault, decide where the next goes."
            )
        case .childcare:
            Bilingual(
                "임신부터 육아까지 우리 집이 받을 수 있는 것을 한곳에서 신청합니다.",
                "Everything a family can have from pregnancy on, in one place."
            )
        case .youth:
            Bilingual(
                "청년정책을 한 번의 신청으로, 맞는 것은 시가 먼저 알려 드립니다.",
                "Every youth service by one application; the city comes first."
            )
        case .desktops:
            Bilingual(
                "어디서나 같은 업무 화면으로 일합니다.",
                "The same desk, wherever one works."
            )
        case .assistant:
            Bilingual(
                "규정과 업무를 근거와 함께 답하는 직원용 상담입니다.",
                "Answers staff with the source beside each sentence."
            )
        case .fieldWork:
            Bilingual(
                "현장에서 조사하고 기록하고 결재합니다. 통신이 끊겨도 됩니다.",
                "Inspect, record and approve in the field, also offline."
            )
        case .seniorCenters:
            Bilingual(
                "경로당과 경로당을 이어 함께 배우고 즐깁니다.",
                "Connects senior centers for leisure and learning together."
            )
        case .robotClass:
            Bilingual(
                "로봇과 함께 배우는 어르신 디지털 수업입니다.",
                "Digital classes for older people, taught with a robot."
            )
        case .sharedPCs:
            Bilingual(
                "공공기관에서 쓰던 PC를 손질해 필요한 분께 드립니다.",
                "Refurbished office PCs for people who need one."
            )
        }
    }
}
