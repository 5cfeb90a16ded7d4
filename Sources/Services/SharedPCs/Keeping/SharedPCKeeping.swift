import Basics
import City
import Identity
import Store

extension Role {
    /// Takes machines in, wipes, mends and gives them out (정비 담당자).
    static let pcWorkshop = Role(rawValue: "pcWorkshop")
}

extension Purpose {
    /// The workshop brings machines to people.
    static let sharedPCs = Purpose(
        code: "sharedpcs.workshop",
        Bilingual("사랑의 PC 정비·보급", "Refurbishing and giving of shared PCs")
    )
}

extension AssetEvent.Kind {
    static let received = AssetEvent.Kind(rawValue: "sharedPC.received")
    static let moved = AssetEvent.Kind(rawValue: "sharedPC.moved")
    static let diskChanged = AssetEvent.Kind(rawValue: "sharedPC.disk")
    static let wipe = AssetEvent.Kind(rawValue: "sharedPC.wipe")
    static let work = AssetEvent.Kind(rawValue: "sharedPC.work")
    static let allocated = AssetEvent.Kind(rawValue: "sharedPC.allocated")
    static let delivery = AssetEvent.Kind(rawValue: "sharedPC.delivery")
    static let repair = AssetEvent.Kind(rawValue: "sharedPC.repair")
}

/// Writes machines: every step with its line in the asset's history and in the audit, in one
/// transaction.
///
/// The asset's history is the chain of custody.
struct SharedPCKeeping: Sendable {
    /// The longest reason, in characters.
    static let maximumReasonCharacterCount = 300
    /// Where a machine stands that is not given yet.
    static let workshopSpot = "사랑의 PC 정비소"
    /// Where one stands that is: whose it is, is nobody's to read here.
    static let givenSpot = "보급됨"

    let actor: Actor
    let assets: AssetKeeping

    /// Creates the hand of an actor; the caller has asked whether they may.
    init(by actor: Actor) {
        self.actor = actor
        assets = AssetKeeping(by: actor, for: .sharedPCs)
    }

    var actorName: String { actor.account?.displayName ?? "" }

    /// Takes a machine on to another state by hand.
    ///
    /// - Throws: `SharedPCError` where the state cannot follow, a disk is not proven wiped, or the
    ///   checks are not passed; it says why.
    func move(
        _ assetID: String,
        to state: MachineState,
        reason: String,
        in tx: WriteTransaction
    ) throws {
        let row = try Machines.row(assetID, in: tx)
        guard row.machine.state.handMoves().contains(state) else {
            throw refusal(of: row.machine.state, to: state, row.asset.number)
        }
        try step(row, to: state, reason: reason, in: tx)
    }

    /// Takes a machine on to a state that may follow, and its asset with it.
    @discardableResult
    func step(
        _ row: MachineRow,
        to state: MachineState,
        reason: String,
        kind: AssetEvent.Kind = .moved,
        in tx: WriteTransaction
    ) throws -> MachineRow {
        var row = row
        let old = row.machine.state
        guard old.next.contains(state) else { throw refusal(of: old, to: state, row.asset.number) }
        if state == .returned { row.machine.lifeStartedAt = tx.now }
        if state.needsWipe, let fault = try Wipes.fault(of: row.machine, in: tx) {
            throw SharedPCError(
                .notWiped,
                Bilingual(
                    "\(row.asset.number): \(fault.korean)",
                    "\(row.asset.number): \(fault.english)"
                ),
                context: row.asset.id
            )
        }
        if state == .ready { try gradeForReady(&row, in: tx) }
        row.machine.state = state
        row.machine.since = tx.now
        row.machine.version += 1
        try Machines.save(row.machine, in: tx)
        try assets.note(
            kind,
            Bilingual(
                "\(old.title.korean) → \(state.title.korean)",
                "\(old.title.english) → \(state.title.english)"
            ),
            note: String(reason.prefix(Self.maximumReasonCharacterCount)),
            of: row.asset,
            in: tx
        )
        let spot = state == .installed ? Self.givenSpot : Self.workshopSpot
        if [.installed, .returned].contains(state), row.asset.spot != spot {
            row.asset.spot = spot
            try assets.correct(row.asset, in: tx)
            row.asset = try Machines.row(row.asset.id, in: tx).asset
        }
        if let assetState = state.assetState, row.asset.state.next.contains(assetState) {
            try assets.change(row.asset, to: assetState, note: reason, in: tx)
            row.asset = try Machines.row(row.asset.id, in: tx).asset
        } else if state == .returned, row.asset.state == .active {
            try assets.change(row.asset, to: .faulty, note: reason, in: tx)
            row.asset = try Machines.row(row.asset.id, in: tx).asset
        }
        return row
    }

    /// Grades a machine that passed every check.
    private func gradeForReady(_ row: inout MachineRow, in tx: WriteTransaction) throws {
        let work = row.machine.work.value
        if let fault = work.fault(form: row.machine.form) {
            throw SharedPCError(
                .notChecked,
                Bilingual(
                    "\(row.asset.number): \(fault.korean)",
                    "\(row.asset.number): \(fault.english)"
                ),
                context: row.asset.id
            )
        }
        if let appearance = work.appearance {
            row.machine.grade = MachineGrade(facts: row.asset.facts.value, appearance: appearance)
        }
    }

    private func refusal(
        of old: MachineState,
        to state: MachineState,
        _ number: String
    ) -> SharedPCError {
        SharedPCError(
            .impossibleState,
            Bilingual(
                "\(number): ‘\(old.title.korean)’에서 ‘\(state.title.korean)’(으)로 옮길 수 없습니다.",
                "\(number): \(old.title.english) cannot become \(state.title.english)."
            ),
            context: number
        )
    }
}
