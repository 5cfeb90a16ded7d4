import Basics
import City
import Identity
import Store

extension SharedPCKeeping {
    /// The years in which a household gets one machine.
    static let householdYears = 2

    /// Gives a ready machine to a place on the list.
    ///
    /// - Parameters:
    ///   - assetID: The machine.
    ///   - id: The place.
    ///   - isOtherHousehold: Whether the officer looked and found two households at one address.
    ///   - reason: Why the officer thinks so, or chose this machine.
    ///   - tx: The transaction.
    /// - Throws: `SharedPCError` where the machine is taken, the household has one, or somebody else
    ///   was faster.
    func allocate(
        _ assetID: String,
        to id: String,
        isOtherHousehold: Bool = false,
        reason: String = "",
        in tx: WriteTransaction
    ) throws {
        var place = try place(id, in: tx)
        guard place.state == .waiting else { throw taken(place.receiptNumber) }
        let row = try Machines.row(assetID, in: tx)
        guard row.machine.state == .ready else { throw taken(row.asset.number) }
        try refuseSecond(of: place, isOtherHousehold: isOtherHousehold, reason: reason, in: tx)
        try step(
            row,
            to: .allocated,
            reason: [place.receiptNumber, reason].filter { !$0.isEmpty }.joined(separator: ": "),
            kind: .allocated,
            in: tx
        )
        place.state = .allocated
        place.assetID = assetID
        try Allocations.update(place, in: tx)
        try tell(
            place,
            "PC가 배정되었습니다",
            "A PC is set aside for you",
            "곧 배송이나 방문 일정을 알려 드립니다.",
            "You will be told when it comes.",
            in: tx
        )
    }

    private func refuseSecond(
        of place: Allocation,
        isOtherHousehold: Bool,
        reason: String,
        in tx: WriteTransaction
    ) throws {
        let since = Instant(tx.now.date.adding(years: -Self.householdYears))
        guard let other = try Allocations.second(of: place, since: since, in: tx) else { return }
        let isSamePerson = !place.accountID.isEmpty && other.accountID == place.accountID
        if isOtherHousehold, !reason.isEmpty, !isSamePerson { return }
        throw SharedPCError(
            .sameHousehold,
            Bilingual(
                "같은 세대가 \(Self.householdYears)년 안에 받았거나 배정받았습니다(\(other.receiptNumber)). "
                    + "다른 세대임을 확인했다면 까닭을 적고 배정해 주세요.",
                "The household has or had one within \(Self.householdYears) years "
                    + "(\(other.receiptNumber)). If you found another household, say why."
            ),
            context: place.id
        )
    }

    /// Takes a machine from a place that has not been sent anything; the place waits again.
    func release(_ id: String, reason: String, in tx: WriteTransaction) throws {
        var place = try place(id, in: tx)
        guard place.state == .allocated, let assetID = place.assetID else {
            throw taken(place.receiptNumber)
        }
        try step(
            try Machines.row(assetID, in: tx),
            to: .ready,
            reason: "\(place.receiptNumber): \(reason)",
            kind: .allocated,
            in: tx
        )
        place.state = .waiting
        place.assetID = nil
        try Allocations.update(place, in: tx)
    }

    /// Takes the places of a case off the list; what was set aside is ready for somebody else, and
    /// what is on its way comes back.
    func withdraw(case caseID: String, in tx: WriteTransaction) throws {
        for var place in try Allocations.of(case: caseID, in: tx)
        where [.waiting, .allocated, .shipped].contains(place.state) {
            if let assetID = place.assetID {
                try step(
                    try Machines.row(assetID, in: tx),
                    to: place.state == .shipped ? .returned : .ready,
                    reason: "\(place.receiptNumber) 취하",
                    kind: .allocated,
                    in: tx
                )
            }
            place.state = .withdrawn
            place.assetID = nil
            try Allocations.update(place, in: tx)
        }
    }

    /// Sends a machine out, by courier or with an appointment.
    func ship(_ id: String, _ delivery: Delivery, in tx: WriteTransaction) throws {
        var place = try place(id, in: tx)
        guard place.state == .allocated, let assetID = place.assetID else {
            throw taken(place.receiptNumber)
        }
        try check(delivery, on: tx.now.date)
        let words =
            delivery.way == .visit
            ? Bilingual(
                "\(delivery.visitOn?.iso ?? "") \(delivery.visitHours) 방문합니다.",
                "We come on \(delivery.visitOn?.iso ?? ""), \(delivery.visitHours)."
            )
            : Bilingual(
                "\(delivery.courier) \(delivery.trackingNumber)",
                "\(delivery.courier) \(delivery.trackingNumber)"
            )
        try step(
            try Machines.row(assetID, in: tx),
            to: .shipped,
            reason: "\(place.receiptNumber): \(words.korean)",
            kind: .delivery,
            in: tx
        )
        place.state = .shipped
        place.delivery = JSONColumn(delivery)
        try Allocations.update(place, in: tx)
        try tell(place, "PC를 보냅니다", "Your PC is on its way", words.korean, words.english, in: tx)
    }

    private func check(_ delivery: Delivery, on today: LocalDate) throws {
        switch delivery.way {
        case .courier:
            let digits = delivery.trackingNumber.filter(\.isNumber).count
            guard !delivery.courier.isEmpty, (8...20).contains(digits) else {
                throw SharedPCError.badInput(
                    "택배 회사와 송장번호(숫자 8–20자리)를 적어 주세요.",
                    "Give the courier and the number of the parcel (8 to 20 digits)."
                )
            }
        case .visit:
            guard let day = delivery.visitOn, day >= today, !delivery.visitHours.isEmpty else {
                throw SharedPCError.badInput(
                    "오늘이나 앞으로의 방문 날짜와 시간을 적어 주세요.",
                    "Give a day from today on and the hours of the visit."
                )
            }
        case nil:
            throw SharedPCError.badInput("보내는 방법을 골라 주세요.", "Choose how it is sent.")
        }
    }

    /// Writes down that the machine was handed over, with the name that was signed; the warranty
    /// begins.
    ///
    /// - Returns: The place as it stands then.
    @discardableResult
    func confirm(
        _ id: String,
        signedName: String,
        byRecipient: Bool,
        in tx: WriteTransaction
    ) throws -> Allocation {
        var place = try place(id, in: tx)
        guard place.state == .shipped, let assetID = place.assetID else {
            throw taken(place.receiptNumber)
        }
        let name = signedName.trimming()
        guard (1...Delivery.maximumLineCharacterCount).contains(name.count) else {
            throw SharedPCError.badInput("받은 사람의 이름을 적어 주세요.", "Sign with the name.")
        }
        place.state = .delivered
        place.delivery.value.signedName = name
        place.delivery.value.isSignedByRecipient = byRecipient
        place.deliveredAt = tx.now
        place.warrantyUntil = tx.now.date.adding(years: Delivery.warrantyYears).adding(days: -1)
        // The name stands in the place, which only those who may see it read; not in the history,
        // which all staff do.
        try step(
            try Machines.row(assetID, in: tx),
            to: .installed,
            reason: "\(place.receiptNumber): "
                + (byRecipient ? "받은 사람이 화면에서 확인" : "방문한 사람이 확인"),
            kind: .delivery,
            in: tx
        )
        try Allocations.update(place, in: tx)
        return try self.place(id, in: tx)
    }

    /// Takes a machine back; it is wiped again before anybody else gets it.
    func takeBack(_ id: String, reason: String, in tx: WriteTransaction) throws {
        var place = try place(id, in: tx)
        guard place.state == .delivered, let assetID = place.assetID else {
            throw taken(place.receiptNumber)
        }
        try step(
            try Machines.row(assetID, in: tx),
            to: .returned,
            reason: "\(place.receiptNumber): \(reason)",
            kind: .delivery,
            in: tx
        )
        place.state = .returned
        try Allocations.update(place, in: tx)
    }

    func place(_ id: String, in db: ReadTransaction) throws -> Allocation {
        guard let place = try Allocations.find(id, in: db) else {
            throw SharedPCError.notFound("allocation \(id)")
        }
        return place
    }

    private func taken(_ what: String) -> SharedPCError {
        SharedPCError(
            .alreadyAllocated,
            Bilingual(
                "\(what)은(는) 지금 그렇게 바꿀 수 없습니다. 다른 사람이 먼저 처리했는지 확인해 주세요.",
                "\(what) cannot be changed so now. Somebody may have been faster."
            ),
            context: what
        )
    }

    /// Tells the applicant.
    func tell(
        _ place: Allocation,
        _ title: String,
        _ titleEnglish: String,
        _ body: String,
        _ bodyEnglish: String,
        in tx: WriteTransaction
    ) throws {
        guard !place.accountID.isEmpty else { return }
        try Notices.send(
            Notice(
                id: "sharedpcs.\(place.id).\(place.version).\(place.state.rawValue)",
                accountID: place.accountID,
                title: Bilingual("사랑의 PC: \(title)", "Shared PCs: \(titleEnglish)"),
                body: Bilingual(body, bodyEnglish),
                link: "/shared-pcs/mine/\(place.id)",
                createdAt: tx.now
            ),
            in: tx
        )
    }
}
