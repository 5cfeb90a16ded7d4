import Basics
import Sightings
import Testing

struct SightingStoreTests {
    @Test func `a store finds what was appended and forgets what is purged`() throws {
        let store = try SightingStore.open(folder: "", dimension: 2, keys: nil)
        let sighting = Sighting(
            camera: 7,
            timeMilliseconds: 1_764_000_000_000,
            box: SightingBox(x: 1, y: 2, width: 3, height: 4),
            upper: 1,
            lower: 2,
            quality: 200,
            vector: [0.6, 0.8]
        )
        let id = try #require(try store.append([sighting]).first)
        let answer = try store.search(SightingQuery(examples: [[0.6, 0.8]]))
        #expect(answer.matches.first?.id == id)
        try store.purge(day: id.day)
        #expect(try store.sighting(id) == nil)
    }
}
