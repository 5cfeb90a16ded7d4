import Basics

/// Entries of the staff directory for people who do not exist: a handful in every organization.
///
/// Names are counting words after 견본 (sample), and no telephone number of the sample is one that
/// can be dialled.
enum SamplePeople {
    private struct Desk {
        let department: String
        let position: String
        let duty: String
    }

    private static let desks = [
        Desk(department: "디지털정책과", position: "팀장", duty: "정보화사업 발주계획 총괄"),
        Desk(department: "디지털정책과", position: "주무관", duty: "공공와이파이 설치와 유지관리"),
        Desk(department: "복지정책과", position: "주무관", duty: "경로당 운영 지원, 스마트경로당"),
        Desk(department: "가족지원과", position: "주무관", duty: "어린이집 입소와 보육료 지원"),
        Desk(department: "도로관리과", position: "주무관", duty: "가로등·보안등 고장 신고"),
        Desk(department: "민원여권과", position: "주무관", duty: "여권 발급, 무인민원발급기"),
    ]
    private static let numerals = ["하나", "둘", "셋", "넷", "다섯", "여섯"]

    static func all(of organizations: [Organization], at now: Instant) -> [Person] {
        organizations.flatMap { organization in
            zip(desks, numerals).enumerated().map { index, pair in
                let (desk, numeral) = pair
                return Person(
                    id: "sample-\(organization.id)-\(index + 1)",
                    organizationID: organization.id,
                    department: desk.department,
                    position: desk.position,
                    name: "견본 \(numeral)",
                    duty: desk.duty,
                    telephone: "02-000-010\(index + 1)",
                    isSample: true,
                    updatedAt: now
                )
            }
        }
    }
}
