import Store
import Testing

@testable import Youth

@Suite struct `The tables of Youth` {
    @Test func `names its tables`() {
        #expect(Youth.migrations.component.isEmpty == false)
    }
}
