import Basics
import Store
import Vision

/// What is done when an event comes: the standard operating procedure (표준운영절차) of its kind.
struct Procedure: Sendable, Hashable, Codable {
    /// Steps of one procedure.
    static let maximumStepCount = 12
    /// The longest step, in characters.
    static let maximumStepCharacterCount = 120

    /// What happened.
    var kind: EventKind
    /// What is done, in order.
    var steps: [String]
    /// Who wrote it; empty for the one the house comes with.
    var updatedByName = ""
    /// When.
    var updatedAt: Instant?

    /// The procedure the house comes with.
    static func standard(_ kind: EventKind) -> Procedure {
        let steps =
            switch kind {
            case .fall:
                [
                    "영상을 되돌려 쓰러진 사람의 움직임을 확인한다", "119에 위치와 상태를 알린다", "주변 카메라로 접근로를 확인한다",
                    "구급대가 도착할 때까지 화면을 유지한다",
                ]
            case .intrusion:
                ["허가된 출입인지 근무표와 출입 신청을 확인한다", "이동 방향을 이웃 카메라로 따라간다", "현장 순찰 또는 112에 알린다"]
            case .loitering:
                ["30초 이상 행동을 지켜본다", "도움이 필요한 사람인지 판단한다", "필요하면 현장 순찰을 요청한다"]
            case .abandonedObject:
                ["두고 간 사람의 방향을 되돌려 본다", "위험물 의심이면 접근을 막고 112에 알린다", "아니면 청소·분실물 담당에 알린다"]
            case .unusualMotion:
                ["무리의 움직임과 흉기 여부를 확인한다", "112에 위치와 인원을 알린다", "이웃 카메라로 흩어지는 방향을 따라간다"]
            case .wrongWay:
                ["사람인지 차량인지 확인한다", "위험하면 교통 상황실에 알린다"]
            case .crowd:
                [
                    "단계와 이웃 5개 화면을 확인한다", "주의: 현장 담당자에게 알린다", "경계: 현장 인력을 보내고 유입을 막는다",
                    "심각: 비상연락망 전체에 알린다",
                ]
            case .blackout, .frozen, .blurred, .moved:
                ["다른 카메라로 같은 곳을 확인한다", "전원과 통신을 점검한다", "유지보수 담당에게 고장을 알린다"]
            }
        return Procedure(kind: kind, steps: steps)
    }

    /// The steps of a text with one on each line.
    ///
    /// - Throws: `CamerasError` `badInput` for none, too many, or too long ones.
    static func steps(of text: String) throws -> [String] {
        let steps = text.split(whereSeparator: \.isNewline)
            .map { $0.trimmingPrefix(while: \.isWhitespace) }
            .map { String($0) }.filter { !$0.isEmpty }
        guard !steps.isEmpty else {
            throw CamerasError.badInput("한 줄에 한 단계씩 적어 주세요.", "Write one step on each line.")
        }
        guard steps.count <= maximumStepCount,
            steps.allSatisfy({ $0.count <= maximumStepCharacterCount })
        else {
            throw CamerasError.badInput(
                "단계는 \(maximumStepCount)개까지, 한 단계는 \(maximumStepCharacterCount)자까지입니다.",
                "At most \(maximumStepCount) steps of \(maximumStepCharacterCount) characters."
            )
        }
        guard Set(steps).count == steps.count else {
            throw CamerasError.badInput("같은 단계가 두 번 있습니다.", "A step stands there twice.")
        }
        return steps
    }
}

/// The procedures in the store, over those the house comes with.
enum Procedures {
    private struct Row: Codable {
        var kind: EventKind
        var steps: JSONColumn<[String]>
        var updatedByName: String
        var updatedAt: Instant
    }

    static func find(_ kind: EventKind, in db: ReadTransaction) throws -> Procedure {
        let row = try db.first(
            "SELECT * FROM cameras_procedure WHERE kind = \(kind)",
            as: Row.self
        )
        guard let row else { return .standard(kind) }
        return Procedure(
            kind: kind,
            steps: row.steps.value,
            updatedByName: row.updatedByName,
            updatedAt: row.updatedAt
        )
    }

    static func save(
        _ kind: EventKind,
        steps: [String],
        by name: String,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO cameras_procedure (kind, steps, updated_by_name, updated_at)
            VALUES (\(kind), \(JSONColumn(steps)), \(name), \(tx.now))
            ON CONFLICT (kind) DO UPDATE SET steps = excluded.steps,
                updated_by_name = excluded.updated_by_name, updated_at = excluded.updated_at
            """
        )
    }

    /// Goes back to the procedure the house comes with.
    static func reset(_ kind: EventKind, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM cameras_procedure WHERE kind = \(kind)")
    }
}
