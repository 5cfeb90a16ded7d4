internal import Basics

extension DrawRule {
    /// Checks that the rule can be followed; throws what is wrong with it.
    public func validate() throws {
        try require(
            DrawEntrant.isName(draw),
            "추첨 id는 영문자·숫자·-·_·.로 64자까지 씁니다",
            "the id of the draw is letters, digits, -, _ and . (at most 64)"
        )
        try require(DrawRule.isTitle(title), "제목이 비었거나 너무 깁니다", "the title is empty or too long")
        try validateStrata()
        try validateLeftover()
        try validateInputs()
        try validateOfficials()
        try require(
            vrfKey.map(EdwardsVRF.isUsable) ?? true,
            "vrfKey가 Ed25519 공개 키가 아닙니다",
            "vrfKey is not a public key of Ed25519"
        )
    }

    private func validateStrata() throws {
        try require(
            (1...DrawRule.maximumStratumCount).contains(strata.count),
            "구간은 1개부터 \(DrawRule.maximumStratumCount)개까지 둡니다",
            "there are 1 to \(DrawRule.maximumStratumCount) strata"
        )
        try require(
            Set(strata.map(\.id)).count == strata.count,
            "같은 구간 id가 두 번 있습니다",
            "a stratum's id stands twice"
        )
        let counts = 0...DrawRule.maximumPlaceCount
        for stratum in strata {
            try require(
                DrawEntrant.isName(stratum.id) && DrawRule.isTitle(stratum.name)
                    && counts.contains(stratum.places) && counts.contains(stratum.waiting),
                "구간 “\(stratum.id)”의 id, 이름, 인원(places) 또는 예비 인원(waiting)이 잘못되었습니다",
                "stratum “\(stratum.id)” has a bad id, name, places or waiting"
            )
        }
    }

    private func validateLeftover() throws {
        let known = Set(strata.map(\.id))
        let isOrdered = leftover.method == .inOrder
        try require(
            leftover.order.isEmpty != isOrdered && known.isSuperset(of: leftover.order)
                && Set(leftover.order).count == leftover.order.count,
            "leftover.order에는 inOrder일 때만 구간 id를 한 번씩 씁니다",
            "leftover.order names strata, each once, for inOrder and only then"
        )
    }

    private func validateInputs() throws {
        try require(
            (1...DrawRule.maximumInputCount).contains(inputs.count)
                && inputs.allSatisfy { DrawRule.isTitle($0.name) },
            "공개값은 이름을 붙여 1개부터 \(DrawRule.maximumInputCount)개까지 둡니다",
            "there are 1 to \(DrawRule.maximumInputCount) public values, each with a name"
        )
    }

    private func validateOfficials() throws {
        try require(
            officials.count <= DrawRule.maximumOfficialCount
                && Set(officials.map(\.name)).count == officials.count
                && officials.allSatisfy { official in
                    DrawRule.isTitle(official.name)
                        && official.commitment.bytes.count == DrawHash.byteCount
                },
            "담당자는 이름이 서로 다르고 약속값이 32바이트여야 하며 \(DrawRule.maximumOfficialCount)명까지 둡니다",
            "officials (at most \(DrawRule.maximumOfficialCount)) have different names and commitments of 32 bytes"
        )
    }

    private func require(_ holds: Bool, _ korean: String, _ english: String) throws {
        guard holds else { throw DrawingError.badRule(.init(korean, english)) }
    }

    /// Whether a text can be a title or a name: not empty, not too long, no control characters.
    static func isTitle(_ text: String) -> Bool {
        (1...maximumTitleByteCount).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
