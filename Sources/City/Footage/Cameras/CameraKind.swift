public import Basics
public import City
import Vision

extension AssetKind {
    /// A camera of the city (CCTV).
    public static let camera = AssetKind(rawValue: "camera")
}

/// What a camera is for (설치목적구분), in the words of the standard data set of the city's cameras.
public enum CameraPurpose: String, Sendable, Hashable, Codable, CaseIterable {
    /// 생활방범
    case crimePrevention
    /// 어린이보호
    case childProtection
    /// 공원, 산책로
    case park
    /// 다목적
    case multipurpose
    /// 시설물관리
    case facility
    /// 쓰레기단속
    case dumping
    /// 재난재해
    case disaster
    /// 교통단속
    case trafficEnforcement
    /// 교통정보수집
    case trafficInformation
    /// 기타
    case other

    /// The purpose in words.
    public var title: Bilingual {
        switch self {
        case .crimePrevention: Bilingual("생활방범", "Crime prevention")
        case .childProtection: Bilingual("어린이보호", "Child protection")
        case .park: Bilingual("공원·산책로", "Parks and paths")
        case .multipurpose: Bilingual("다목적", "Several purposes")
        case .facility: Bilingual("시설물관리", "Facilities")
        case .dumping: Bilingual("쓰레기단속", "Illegal dumping")
        case .disaster: Bilingual("재난재해", "Disasters")
        case .trafficEnforcement: Bilingual("교통단속", "Traffic enforcement")
        case .trafficInformation: Bilingual("교통정보수집", "Traffic information")
        case .other: Bilingual("기타", "Other")
        }
    }
}

extension AssetKindDescription {
    /// Cameras; the names of the fields are those that ``Camera`` reads.
    public static let camera = AssetKindDescription(
        kind: .camera,
        title: Bilingual("CCTV 카메라", "Camera"),
        numberPrefix: "CCTV",
        fields: [
            AssetField(
                "purpose",
                Bilingual("설치목적", "Purpose"),
                .choice(
                    CameraPurpose.allCases.map { .init(value: $0.rawValue, title: $0.title) }
                )
            ),
            AssetField("latitude", Bilingual("위도", "Latitude"), .decimal(-90...90)),
            AssetField("longitude", Bilingual("경도", "Longitude"), .decimal(-180...180)),
            AssetField("area", Bilingual("행정동", "Neighbourhood"), .text),
            AssetField(
                "bearingDegrees",
                Bilingual("촬영 방향(도)", "Bearing (degrees)"),
                .number(0...359)
            ),
            AssetField(
                "fieldOfViewDegrees",
                Bilingual("화각(도)", "Field of view (degrees)"),
                .number(1...360)
            ),
            AssetField("rangeMeters", Bilingual("식별 거리(m)", "Range (m)"), .number(1...2_000)),
            AssetField("heightMeters", Bilingual("설치 높이(m)", "Height (m)"), .decimal(0...200)),
            AssetField("megapixels", Bilingual("화소(백만)", "Megapixels"), .decimal(0.01...200)),
            AssetField("infrared", Bilingual("적외선", "Infrared"), .choice(Camera.yesOrNo)),
            AssetField("ptz", Bilingual("회전·줌", "Pan, tilt, zoom"), .choice(Camera.yesOrNo)),
            AssetField("installedOn", Bilingual("설치일", "Installed on"), .date),
            AssetField("keptDays", Bilingual("보관일수", "Days kept"), .number(0...30)),
            AssetField(
                "scene",
                Bilingual("모의 장면", "Simulated scene"),
                .choice(
                    GeneratedScene.Kind.allCases.map { .init(value: $0.rawValue, title: $0.title) }
                )
            ),
        ]
    )
}
