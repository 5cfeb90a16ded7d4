import Store
import Testing

@testable import Programmes

@Suite struct `The tables of Programmes` {
    @Test func `names its tables`() {
        #expect(CityProgrammes.migrations.component.isEmpty == false)
    }
}
