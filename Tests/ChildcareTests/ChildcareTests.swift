import Store
import Testing

@testable import Childcare

@Suite struct `The tables of Childcare` {
    @Test func `names its tables`() {
        #expect(Childcare.migrations.component.isEmpty == false)
    }
}
