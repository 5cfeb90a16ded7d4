import Basics
import Hosting
import Programmes
import Store
import Web

// The officers' side of the room.
extension CityCases {
    /// Adds the pages of officers, the letters and the public draws.
    static func addDesk(to table: inout RouteTable, on platform: Platform) {
        let desk = Desk(platform: platform, rules: RulesInForce.of(platform))
        DeskRoutes(desk: desk).add(to: &table)
        DeskCaseRoutes(desk: desk, caseRules: CaseRules.of(platform)).add(to: &table)
        IntakeRoutes(desk: desk).add(to: &table)
        PaymentRoutes(desk: desk).add(to: &table)
        DeskProcedureRoutes(desk: desk).add(to: &table)
        ProcedureTextRoutes(platform: platform).add(to: &table)
        RoundRoutes(desk: desk).add(to: &table)
        DeskStatisticsRoutes(desk: desk).add(to: &table)
        LetterRoutes(platform: platform).add(to: &table)
        DrawRoutes(store: platform.store).add(to: &table)
    }

    /// What follows a change of a case: a letter, the ledger, the waiting list.
    static func deskEventHandlers(on platform: Platform) -> [EventHandler] {
        [
            LetterOffice(platform: platform, rules: CaseRules.of(platform)).eventHandler,
            LetterOffice.erasure, PaymentOffice.eventHandler, WaitingList.eventHandler,
        ]
    }

    /// Makes the PDFs of letters, and removes those of erased ones.
    static func deskJobHandlers(on platform: Platform) -> [JobHandler] {
        let office = LetterOffice(platform: platform, rules: CaseRules.of(platform))
        return [office.jobHandler, office.erasingHandler]
    }
}
