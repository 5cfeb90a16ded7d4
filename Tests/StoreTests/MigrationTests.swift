import Basics
import Testing

@testable import Store

private func set(_ texts: [SQL]) -> MigrationSet {
    MigrationSet(
        component: "city",
        migrations: texts.enumerated().map { index, text in
            Migration(number: index + 1, name: "step \(index + 1)", statements: [text])
        }
    )
}

private let one: SQL = "CREATE TABLE one (a TEXT)"
private let two: SQL = "CREATE TABLE two (b BIGINT)"

@Test(arguments: TestEngine.available)
func `migrations run once, in order, and new ones follow`(engine: TestEngine) async throws {
    let place = try TestPlace(engine)
    defer { place.remove() }
    try await place.open([set([one])]).close()
    try await place.open([set([one])]).close()
    let store = try await place.open([set([one, two])])
    let applied = try await store.statistics().migrations.filter { $0.component == "city" }
    #expect(applied.map(\.number) == [1, 2])
    try await store.close()
    // A service that was taken out leaves its tables alone.
    try await place.open([]).close()
}

@Test(arguments: TestEngine.available)
func `a store of a newer program is refused and stays as it is`(engine: TestEngine) async throws {
    let place = try TestPlace(engine)
    defer { place.remove() }
    try await place.open([set([one, two])]).close()
    await expect(.newerSchema) { _ = try await place.open([set([one])]) }
    try await place.open([set([one, two])]).close()
}

@Test(arguments: TestEngine.available)
func `a migration that changed after it ran is refused`(engine: TestEngine) async throws {
    let place = try TestPlace(engine)
    defer { place.remove() }
    try await place.open([set([one])]).close()
    await expect(.changedMigration) {
        _ = try await place.open([set(["CREATE TABLE one (a BIGINT)", two])])
    }
    // Spaces are not a change.
    let store = try await place.open([set(["CREATE  TABLE one\n (a TEXT)"])])
    await expect(.statement) {
        _ = try await store.read { try $0.value("SELECT 1 FROM two", as: Int.self) }
    }
    try await store.close()
}

@Test(arguments: TestEngine.available)
func `a migration that fails leaves nothing of itself`(engine: TestEngine) async throws {
    let place = try TestPlace(engine)
    defer { place.remove() }
    await expect(.statement) {
        _ = try await place.open([set([one, "CREATE TABLE (", two])])
    }
    let store = try await place.open([set([one, two])])
    #expect(try await store.check().isSound)
    try await store.close()
}

@Test func `gaps and doubles in the numbers are refused`() async throws {
    let place = try TestPlace(.sqlite)
    defer { place.remove() }
    let gap = MigrationSet(
        component: "city",
        migrations: [Migration(number: 2, name: "x", statements: [one])]
    )
    await expect(.statement) { _ = try await place.open([gap]) }
    await expect(.statement) { _ = try await place.open([set([one]), set([one])]) }
}
