import Basics
import CityMap
import Routing

/// What is to be said about where a way begins or ends: off the map, in a building, far from any way.
struct EndNote: Sendable {
    /// Nearer than this to a way needs no word.
    static let quietMetres = 40.0

    /// Which of the two it is.
    enum End: Sendable {
        case start
        case end

        var title: Bilingual {
            switch self {
            case .start: Bilingual("출발지", "The start")
            case .end: Bilingual("도착지", "The destination")
            }
        }

        /// The nearest way does not go on to anywhere.
        func island(metres: Int) -> Bilingual {
            Bilingual(
                "\(title.korean)에서 가까운 길은 다른 길과 이어지지 않아, \(metres) m 떨어진 길로 안내합니다.",
                "\(title.english): the nearest way leads nowhere; the route uses one \(metres) m away."
            )
        }
    }

    /// Why no way can begin or end there.
    private(set) var refusal: Bilingual?
    /// What a person should know.
    private(set) var note: Bilingual?

    /// Looks at a place.
    init(_ side: End, _ place: GeoPoint, _ desk: WayDesk) {
        let title = side.title
        let snap = try? desk.map.planner.snap(place)
        guard let snap else {
            refusal =
                desk.map.contains(place)
                ? Bilingual(
                    "\(title.korean) 가까이에 걸을 수 있는 길이 없습니다. 지도에서 길 가까운 곳을 골라 주세요.",
                    "\(title.english) has no way near it. Choose a place close to a way."
                )
                : Bilingual(
                    "\(title.korean)가 지도 밖에 있습니다. 이 지도가 다루는 곳에서 골라 주세요.",
                    "\(title.english) lies outside the map. Choose a place within it."
                )
            return
        }
        let metres = Int(snap.metresAway.rounded())
        if desk.buildings.contains(where: { $0.surrounds(place) }) {
            note = Bilingual(
                "\(title.korean)는 건물 안입니다. \(metres) m 떨어진 가까운 길에서 잇습니다. 출입구는 지도에서 확인해 주세요.",
                "\(title.english) is inside a building; the route uses the way \(metres) m away."
            )
        } else if snap.metresAway > Self.quietMetres {
            note = Bilingual(
                "\(title.korean)에서 가장 가까운 길이 \(metres) m 떨어져 있습니다. 물 위이거나 길이 없는 곳일 수 있습니다.",
                "\(title.english) is \(metres) m from the nearest way: on water, or where no way is mapped."
            )
        }
    }
}

extension [GeoPoint] {
    /// Whether a place lies within the ring (even-odd rule).
    func surrounds(_ place: GeoPoint) -> Bool {
        guard var before = last else { return false }
        var isInside = false
        let (x, y) = (place.longitude, place.latitude)
        for point in self {
            let crosses = (point.latitude > y) != (before.latitude > y)
            if crosses {
                let share = (y - point.latitude) / (before.latitude - point.latitude)
                if x < point.longitude + share * (before.longitude - point.longitude) {
                    isInside.toggle()
                }
            }
            before = point
        }
        return isInside
    }
}
