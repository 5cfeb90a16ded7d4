import Store
import Testing

@testable import Cases

@Suite struct `The tables of Cases` {
    @Test func `names its tables`() {
        #expect(CityCases.migrations.component.isEmpty == false)
    }
}
