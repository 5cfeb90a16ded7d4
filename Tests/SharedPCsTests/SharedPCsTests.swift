import Store
import Testing

@testable import SharedPCs

@Suite struct `The tables of SharedPCs` {
    @Test func `names its tables`() {
        #expect(SharedPCs.migrations.component.isEmpty == false)
    }
}
