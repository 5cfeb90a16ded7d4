import Basics
import Cases
import City
import Store

/// How the sample city takes applications for two programmes of birth.
enum SampleProcedures {
    private static let city = Organization.sampleCity.id

    static let all = [pregnancyTransport, postpartumCare]

    static let pregnancyTransport = CaseProcedure(
        id: "pregnancy-transport",
        programme: "pregnancy-transport",
        title: Bilingual("임산부 교통비 지원", "Transport Voucher for Pregnancy and Birth"),
        summary: Bilingual(
            "임산부에게 교통비 70~100만원의 이용권을 드립니다.",
            "A transport voucher of KRW 700,000 to 1,000,000."
        ),
        receiptPrefix: "PT",
        organizationID: city,
        questions: [card],
        documents: [register],
        dueDays: 14,
        retentionYears: 5
    )

    static let postpartumCare = CaseProcedure(
        id: "postpartum-care",
        programme: "postpartum-care",
        title: Bilingual("서울형 산후조리경비 지원", "Seoul Postpartum Care Support"),
        summary: Bilingual(
            "출산한 산모의 산후조리 비용을 돕습니다.",
            "Support for care after birth."
        ),
        receiptPrefix: "PP",
        organizationID: city,
        questions: [card],
        documents: [
            register,
            CaseDocumentRequirement(
                "birthCertificate",
                Bilingual("출생증명서 또는 가족관계증명서", "Certificate of birth or of family relations"),
                source: Bilingual(
                    "출산한 병원, 또는 대법원 전자가족관계등록시스템과 동주민센터",
                    "The hospital of the birth, or the family register on line or at a "
                        + "neighbourhood office"
                ),
                canBeLookedUp: true,
                maximumAgeDays: 90
            ),
        ],
        dueDays: 14,
        retentionYears: 5
    )

    /// The voucher goes onto a card of the applicant.
    private static let card = CaseQuestion(
        "card",
        Bilingual("이용권을 받을 카드사", "Card company for the voucher"),
        .choice([
            .init(value: "shinhan", title: Bilingual("신한카드", "Shinhan Card")),
            .init(value: "samsung", title: Bilingual("삼성카드", "Samsung Card")),
            .init(value: "kb", title: Bilingual("KB국민카드", "KB Kookmin Card")),
            .init(value: "woori", title: Bilingual("우리카드", "Woori Card")),
            .init(value: "bc", title: Bilingual("BC카드", "BC Card")),
        ])
    )

    private static let register = CaseDocumentRequirement(
        "register",
        Bilingual("주민등록등본", "Resident register"),
        hint: Bilingual(
            "신청하는 사람의 주소와 전입일이 보여야 합니다.",
            "It shows the applicant’s address and since when they live there."
        ),
        source: Bilingual("정부24 또는 동주민센터", "Government24 or a neighbourhood office"),
        canBeLookedUp: true,
        maximumAgeDays: 90
    )
}
