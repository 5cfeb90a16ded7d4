import Basics
import Cases
import City
import Eligibility

/// The procedures by which people and corporations apply for a machine.
enum SharedPCProcedures {
    /// A person's application; the rules of the programme of the same name judge it.
    static let person = "shared-pc"
    /// That of a non-profit welfare corporation, which officers judge.
    static let corporation = "shared-pc-corporation"
    static let all: Set<String> = [person, corporation]

    /// The most machines of a corporation's application.
    static let maximumCorporationCount = 20

    /// The names of the own questions.
    enum Question {
        static let address = "deliveryAddress"
        static let district = "deliveryDistrict"
        static let telephone = "deliveryTelephone"
        static let register = "registeredAddress"
        static let wish = "wish"
        static let reason = "wishReason"
        static let installation = "installation"
        static let count = "count"
    }

    /// A person's procedure.
    static func person(of organizationID: String) -> CaseProcedure {
        CaseProcedure(
            id: person,
            programme: person,
            title: Bilingual("사랑의 PC 보급", "Shared PCs"),
            summary: Bilingual(
                "정비한 컴퓨터 한 대를 세대에 한 번, 두 해에 한 번 드립니다.",
                "One refurbished computer for a household, once in two years."
            ),
            receiptPrefix: "PC",
            organizationID: organizationID,
            questions: [register] + delivery + wishes,
            selection: .firstCome,
            dueDays: 14,
            retentionYears: 5
        )
    }

    /// A corporation's.
    static func corporation(of organizationID: String) -> CaseProcedure {
        CaseProcedure(
            id: corporation,
            title: Bilingual("사랑의 PC 보급(비영리 사회복지법인)", "Shared PCs for welfare corporations"),
            summary: Bilingual(
                "비영리 사회복지법인과 시설에 정비한 컴퓨터를 드립니다.",
                "Refurbished computers for non-profit welfare corporations."
            ),
            receiptPrefix: "PCB",
            organizationID: organizationID,
            questions: [
                CaseQuestion(
                    Question.count,
                    Bilingual("필요한 대수", "How many"),
                    hint: Bilingual(
                        "한 번에 \(maximumCorporationCount)대까지 신청할 수 있습니다.",
                        "At most \(maximumCorporationCount) at once."
                    ),
                    .number(1...maximumCorporationCount)
                )
            ] + delivery + wishes,
            documents: [
                CaseDocumentRequirement(
                    "registration",
                    Bilingual("법인 설립허가증 또는 고유번호증", "Licence or registration")
                ),
                CaseDocumentRequirement(
                    "plan",
                    Bilingual("PC 활용 계획서", "What the computers are for")
                ),
            ],
            selection: .firstCome,
            dueDays: 14,
            retentionYears: 5
        )
    }

    private static let register = CaseQuestion(
        Question.register,
        Bilingual("주민등록지 주소", "Registered address"),
        hint: Bilingual(
            "등본에 적힌 그대로 동·호수까지 적어 주세요. 세대에 한 대인지 확인하는 데만 씁니다.",
            "As on the resident register; it only tells whether the household has a PC already."
        )
    )

    private static let delivery = [
        CaseQuestion(
            Question.district,
            Bilingual("받을 곳의 자치구", "District"),
            .choice(District.all.map { .init(value: $0.code, title: $0.name) })
        ),
        CaseQuestion(Question.address, Bilingual("받을 주소", "Where it is to go")),
        CaseQuestion(
            Question.telephone,
            Bilingual("연락할 전화번호", "Telephone"),
            hint: Bilingual("배송과 방문 전에 연락드립니다.", "We call before we come."),
            .telephone
        ),
    ]

    private static let wishes = [
        CaseQuestion(
            Question.wish,
            Bilingual("필요한 형태", "What you need"),
            .choice(
                [MachineForm.desktop, .laptop].map { .init(value: $0.rawValue, title: $0.title) }
            )
        ),
        CaseQuestion(
            Question.reason,
            Bilingual("노트북이 필요한 까닭", "Why a notebook"),
            hint: Bilingual(
                "장애 등으로 데스크톱을 쓰기 어려우면 적어 주세요.",
                "Where a disability makes a desktop hard to use."
            ),
            .text,
            isRequired: false
        ),
        CaseQuestion(
            Question.installation,
            Bilingual("설치를 도와드릴까요?", "Help with the installation?"),
            .choice([
                .init(value: "yes", title: Bilingual("예, 방문해 주세요", "Yes, please come")),
                .init(value: "no", title: Bilingual("아니요, 택배로 받겠습니다", "No, send it")),
            ])
        ),
    ]
}
