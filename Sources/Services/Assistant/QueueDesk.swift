import Basics
import Hosting
import Identity
import Store
import Web

extension AssistantDesk {
    /// Takes a question upon oneself, gives it back, or passes it on to the department it belongs to,
    /// where it waits as if it had just come; when it is due stays.
    func step(
        _ kind: HandOverStep.Kind,
        of id: String,
        to department: String = "",
        note: String = "",
        _ incoming: Incoming
    ) async throws {
        let actor = incoming.actor
        let account = try incoming.accountID()
        try await store.write { tx in
            guard var handOver = try HandOvers.find(id, in: tx) else { throw Problem.notFound }
            try actor.require(.assistantAgent, in: handOver.organizationID)
            guard handOver.state == .waiting else {
                throw Problem.conflict(
                    Bilingual("이미 답한 질문입니다.", "This question has been answered.")
                )
            }
            guard try HandOvers.steps(of: id, in: tx).count < HandOverStep.maximumCount else {
                throw Problem.conflict(
                    Bilingual(
                        "너무 여러 번 옮겨졌습니다. 여기서 답해 주세요.",
                        "It has been moved too often. Answer it here."
                    )
                )
            }
            // Pressing the same button twice is one step.
            let isDone = kind == .taken && handOver.assignedTo == account
            guard !isDone, kind != .released || handOver.assignedTo == account else { return }
            handOver.assignedTo = kind == .taken ? account : nil
            if kind == .passedOn { handOver.department = department }
            try HandOvers.update(handOver, in: tx)
            try HandOvers.add(
                HandOverStep(
                    handOverID: id,
                    kind: kind,
                    madeBy: account,
                    madeAt: tx.now,
                    department: department,
                    note: PersonalData.masked(note)
                ),
                in: tx
            )
            try tx.record(
                .moveHandOver,
                on: AuditSubject(kind: "handOver", id: id),
                by: actor.auditActor,
                purpose: .handedOverQuestion,
                details: ["step": kind.rawValue, "department": department]
            )
        }
    }
}

extension AuditAction {
    static let moveHandOver = AuditAction(
        "assistant.moveHandOver",
        Bilingual("넘겨받은 질문을 옮김", "Moved a question handed over")
    )
}
