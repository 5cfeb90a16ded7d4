import Basics
import City
import Store

/// Two bots over the sample handbook, and the colleagues its documents name.
enum SampleBots {
    /// A bot as the sample describes it.
    private struct Draft {
        var id: String
        var name: String
        var greeting: String
        var shelf: KnowledgeCategory
        var contact: String
        var department: String
        var menu: String
    }

    private static let drafts = [
        Draft(
            id: "sample-pay",
            name: "급여·여비 도우미",
            greeting: "초과근무수당과 출장 여비를 묻는 곳입니다. 표본 도시의 표본 도우미입니다.",
            shelf: .pay,
            contact: "총무과 급여팀 (02-0000-0111)",
            department: "총무과",
            menu: """
                초과근무
                - 신청하기: 초과근무는 어떻게 신청하나요?
                - 인정 시간: 초과근무는 하루와 한 달에 몇 시간까지 인정되나요?
                - 수당 계산: 초과근무 수당은 어떻게 계산하나요?
                - 지급일: 초과근무 수당은 언제 지급되나요?
                출장과 여비
                - 근무지 내 출장 여비는 얼마인가요?
                - 근무지 외 출장 여비는 얼마인가요?
                - 정산 기한: 출장 여비 정산 기한은 언제까지인가요?
                """
        ),
        Draft(
            id: "sample-computing",
            name: "전산 도우미",
            greeting: "계정, 메일, 프린터, 원격 접속을 묻는 곳입니다. 표본 도시의 표본 도우미입니다.",
            shelf: .computing,
            contact: "정보통신과 정보운영팀 (02-0000-0131)",
            department: "정보통신과",
            menu: """
                계정
                - 비밀번호를 잊었어요
                - 계정 잠김: 다섯 번 틀려서 계정이 잠겼어요
                - OTP가 맞지 않는다고 나와요
                메일과 프린터
                - 메일 용량: 업무메일 용량을 늘릴 수 있나요?
                - 인쇄가 안 될 때: 프린터 인쇄가 안 돼요
                VPN과 VDI: VPN과 VDI는 무엇이 다른가요?
                """
        ),
    ]

    /// Puts the bots into the store, in use.
    ///
    /// Throws `BotMenuError` where a menu cannot be read, which a test keeps from happening.
    static func make(in tx: WriteTransaction) throws {
        for draft in drafts {
            let content = BotContent(
                name: draft.name,
                greeting: draft.greeting,
                audience: .staff,
                scope: BotScope(shelves: [draft.shelf]),
                menu: try BotMenu(text: draft.menu),
                contact: draft.contact,
                handOverDepartment: draft.department
            )
            try Bots.save(
                Bot(
                    id: draft.id,
                    organizationID: Organization.sampleCity.id,
                    status: .effective,
                    content: JSONColumn(content),
                    published: JSONColumn(content),
                    version: 1,
                    createdBy: "sample",
                    createdAt: tx.now,
                    updatedBy: "sample",
                    updatedAt: tx.now
                ),
                in: tx
            )
        }
    }

    /// Puts into the staff directory whom the documents name: one made-up colleague an extension.
    static func makePeople(for documents: [KnowledgeDocument], in tx: WriteTransaction) throws {
        let byContact = Dictionary(grouping: documents, by: \.contact)
        for (contact, documents) in byContact.sorted(by: { $0.key < $1.key }) {
            guard let open = contact.lastIndex(of: "("), let document = documents.first else {
                continue
            }
            let telephone = String(contact[contact.index(after: open)...].dropLast())
            let team = contact[..<open].split(separator: " ").last ?? ""
            let titles = documents.map { $0.title.replacing(" (표본)", with: "") }.sorted()
            try People.save(
                Person(
                    id: "sample-handbook-\(telephone)",
                    organizationID: Organization.sampleCity.id,
                    department: document.department,
                    position: "주무관",
                    name: "견본 \(telephone.suffix(3))",
                    duty: "\(team): \(titles.joined(separator: ", "))",
                    telephone: telephone,
                    isSample: true,
                    updatedAt: tx.now
                ),
                in: tx
            )
        }
    }
}
