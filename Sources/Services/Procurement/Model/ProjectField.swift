import Basics

/// One field of a project that a comparison shows, with its name and its text for people.
struct ProjectField: Sendable {
    /// The stable name, as in the JSON form.
    let name: String
    /// The name shown to people.
    let label: Bilingual
    /// The value as text; empty where the project has none.
    let text: @Sendable (PlannedProject) -> Bilingual

    /// Every field a difference looks at, in the order people read them.
    ///
    /// Personal data is not among them: a change of officer is no change of plan.
    static let compared: [ProjectField] = [
        plain("title", "사업명", "Title") { $0.title },
        plain("description", "사업내용", "Description") { $0.description },
        plain("department", "발주부서", "Department") { $0.department },
        ProjectField("type", "사업유형", "Type") { $0.type.label },
        ProjectField("budget", "사업비", "Budget") {
            Bilingual("\($0.budget.amount.grouped)원", "KRW \($0.budget.amount.grouped)")
        },
        ProjectField("funding", "재원", "Funding") { fundingText($0.funding) },
        ProjectField("order", "발주시기", "Order time") { orderText($0.order) },
        ProjectField("technologies", "신기술", "New technology") {
            joined($0.sortedTechnologies.map(\.label))
        },
        ProjectField("contractMethod", "계약방법", "Contract method") {
            $0.contractMethod?.label ?? none
        },
        ProjectField("route", "조달방식", "Procurement route") { $0.route?.label ?? none },
        ProjectField("continuity", "사업구분", "Continuity") { $0.continuity?.label ?? none },
        ProjectField("status", "상태", "Status") { $0.status.label },
        ProjectField("isSoftwareProject", "SW사업", "Software project") {
            yesNo($0.isSoftwareProject)
        },
        ProjectField("restrictsLargeCompanies", "대기업 참여제한", "Closed to large companies") {
            yesNo($0.restrictsLargeCompanies)
        },
        plain("periodStart", "시작일", "Start") { $0.periodStart?.iso ?? "" },
        plain("periodEnd", "종료일", "End") { $0.periodEnd?.iso ?? "" },
        plain("notes", "비고", "Notes") { $0.notes },
    ]

    private init(
        _ name: String,
        _ korean: String,
        _ english: String,
        text: @escaping @Sendable (PlannedProject) -> Bilingual
    ) {
        self.name = name
        label = Bilingual(korean, english)
        self.text = text
    }

    private static let none = Bilingual(same: "")

    private static func plain(
        _ name: String,
        _ korean: String,
        _ english: String,
        text: @escaping @Sendable (PlannedProject) -> String
    ) -> ProjectField {
        ProjectField(name, korean, english) { Bilingual(same: text($0)) }
    }

    private static func yesNo(_ value: Bool?) -> Bilingual {
        switch value {
        case true?: Bilingual("예", "Yes")
        case false?: Bilingual("아니요", "No")
        case nil: none
        }
    }

    private static func orderText(_ order: OrderTime) -> Bilingual {
        guard let month = order.month else {
            return Bilingual(
                "\(order.year)년 \(order.timing.label.korean)",
                "\(order.year), \(order.timing.label.english.lowercased())"
            )
        }
        return Bilingual(
            "\(order.year)년 \(month)월 (\(order.timing.label.korean))",
            "\(order.year)-\(month < 10 ? "0" : "")\(month) (\(order.timing.label.english.lowercased()))"
        )
    }

    private static func fundingText(_ funding: FundingSplit?) -> Bilingual {
        guard let funding else { return none }
        let parts: [(Bilingual, Won)] = [
            (Bilingual("시비", "city"), funding.city),
            (Bilingual("구비", "district"), funding.district),
            (Bilingual("국비", "state"), funding.state),
        ]
        return joined(
            parts.filter { $0.1 != .zero }.map {
                Bilingual(
                    "\($0.0.korean) \($0.1.amount.grouped)원",
                    "\($0.0.english) KRW \($0.1.amount.grouped)"
                )
            }
        )
    }

    private static func joined(_ parts: [Bilingual]) -> Bilingual {
        Bilingual(
            parts.map(\.korean).joined(separator: ", "),
            parts.map(\.english).joined(separator: ", ")
        )
    }
}
