import Basics
import CityMap
import CityTesting
import Routing
import Testing

@testable import Wayfinding

private let from = SampleNeighbourhood.Landmark.market.position
private let via = SampleNeighbourhood.Landmark.school.position
private let to = SampleNeighbourhood.Landmark.welfareCentre.position

private func coordinates(_ points: GeoPoint...) -> String {
    points.map { "\($0.longitude),\($0.latitude)" }.joined(separator: ";")
}

@Suite struct `The OSRM interface` {
    @Test func `answers a route whose steps, geometries and sums fit each other`() async throws {
        try await CityClient.with(wayCity) { client in
            let answer = try await client.json(
                "/osrm/route/v1/wheelchair/\(coordinates(from, via, to))"
                    + "?steps=true&overview=full&geometries=polyline6&annotations=true"
                    + "&voice_instructions=true&banner_instructions=true&language=ko"
            )
            #expect(answer.status == 200 && answer.value["code"].string == "Ok")
            #expect(answer.value["waypoints"].values.count == 3)
            let route = answer.value["routes"][0]
            let legs = route["legs"].values
            #expect(legs.count == 2)
            let sum = legs.reduce(0) { $0 + ($1["distance"].number ?? 0) }
            #expect(abs(sum - (route["distance"].number ?? 0)) < 0.1)
            for leg in legs { check(leg) }
            let line = Polyline.decode(route["geometry"].string ?? "", digits: 6)
            let length = zip(line, line.dropFirst()).reduce(0) { $0 + $1.0.metres(to: $1.1) }
            #expect(abs(length - sum) < sum * 0.01)
        }
    }

    /// The rules of the API for the steps of a leg.
    private func check(_ leg: JSONValue) {
        let steps = leg["steps"].values
        #expect(steps.first?["maneuver"]["type"].string == "depart")
        #expect(steps.last?["maneuver"]["type"].string == "arrive")
        #expect(steps.last?["distance"].number == 0)
        let sum = steps.reduce(0) { $0 + ($1["distance"].number ?? 0) }
        #expect(abs(sum - (leg["distance"].number ?? 0)) < 0.5)
        for (step, next) in zip(steps, steps.dropFirst()) {
            let (here, there) = (
                Polyline.decode(step["geometry"].string ?? "", digits: 6),
                Polyline.decode(next["geometry"].string ?? "", digits: 6)
            )
            #expect(here.count >= 2 && here.last == there.first)
            let voice = step["voiceInstructions"].values
            #expect(!voice.isEmpty)
            for said in voice {
                let left = said["distanceAlongGeometry"].number ?? -1
                #expect(left >= 0 && left <= (step["distance"].number ?? 0) + 0.01)
                #expect(said["ssmlAnnouncement"].string?.hasPrefix("<speak>") == true)
            }
            let banner = step["bannerInstructions"][0]
            #expect(banner["distanceAlongGeometry"] == step["distance"])
            #expect(banner["primary"]["type"] == next["maneuver"]["type"])
            for crossing in step["intersections"].values {
                #expect(crossing["bearings"].values.count == crossing["entry"].values.count)
            }
        }
        let annotation = leg["annotation"]
        let count = annotation["distance"].values.count
        #expect(annotation["duration"].values.count == count)
        #expect(annotation["nodes"].values.count == count + 1)
    }

    @Test func `takes polylines, hints, bearings and radiuses`() async throws {
        try await CityClient.with(wayCity) { client in
            let line = Polyline.encode([from, to], digits: 5)
            let encoded = line.utf8.map { byte -> String in
                let digits = Array("0123456789ABCDEF")
                return "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
            }.joined()
            let first = try await client.json("/osrm/route/v1/foot/polyline(\(encoded))")
            #expect(first.value["code"].string == "Ok")
            let hint = first.value["waypoints"][0]["hint"].string ?? ""
            let again = try await client.json(
                "/osrm/route/v1/foot/\(coordinates(from, to))?hints=\(hint);&geometries=geojson"
            )
            #expect(again.value["routes"][0]["geometry"]["type"].string == "LineString")
            let near = try await client.json(
                "/osrm/nearest/v1/foot/\(coordinates(from))?number=3&bearings=90,180"
            )
            let places = near.value["waypoints"].values.map { $0["distance"].number ?? 0 }
            #expect(places.count == 3 && places == places.sorted())
            let alternatives = try await client.json(
                "/osrm/route/v1/foot/\(coordinates(from, to))?alternatives=3"
            )
            #expect(alternatives.value["routes"].values.count >= 1)
        }
    }

    @Test func `answers a table whose cells are its routes`() async throws {
        try await CityClient.with(wayCity) { client in
            let table = try await client.json(
                "/osrm/table/v1/foot/\(coordinates(from, via, to))"
                    + "?sources=0;1&annotations=duration,distance"
            ).value
            #expect(table["durations"].values.count == 2)
            #expect(table["durations"][0].values.count == 3)
            #expect(table["durations"][0][0].number == 0)
            let route = try await client.json("/osrm/route/v1/foot/\(coordinates(from, to))").value
            #expect(table["distances"][0][2] == route["routes"][0]["distance"])
        }
    }

    @Test func `matches a trace to the way it was walked`() async throws {
        try await CityClient.with(wayCity) { client in
            let walked = try await client.json(
                "/osrm/route/v1/foot/\(coordinates(from, to))?overview=full&geometries=geojson"
            ).value["routes"][0]["geometry"]["coordinates"].values
            let trace = walked.prefix(20).map {
                "\($0[0].number ?? 0),\($0[1].number ?? 0)"
            }.joined(separator: ";")
            let match = try await client.json("/osrm/match/v1/foot/\(trace)").value
            #expect(match["code"].string == "Ok")
            #expect(match["tracepoints"].values.count == min(20, walked.count))
            #expect((match["matchings"][0]["confidence"].number ?? 0) > 0)
        }
    }

    @Test(arguments: [
        ("route/v1/foot/126.3,37.45", "InvalidOptions"), ("route/v1/foot/hier;dort", "InvalidUrl"),
        ("route/v1/foot/126.3,97;126.3,37.45", "InvalidUrl"),
        ("route/v1/car/126.3,37.45;126.301,37.45", "InvalidProfile"),
        ("route/v1/foot/126.3,37.45;126.301,37.45?geometries=wkt", "InvalidQuery"),
        ("route/v1/foot/126.3,37.45;126.301,37.45?radiuses=-1;5", "InvalidQuery"),
        ("route/v1/foot/126.3,37.45;126.301,37.45?radiuses=1", "InvalidOptions"),
        ("route/v1/foot/127.3,37.45;126.301,37.45", "NoSegment"),
        ("table/v1/foot/126.3,37.45;126.301,37.45?sources=7", "InvalidOptions"),
        ("nearest/v1/foot/126.3,37.45?number=0", "InvalidQuery"),
        (
            "route/v1/foot/"
                + Array(repeating: "126.3,37.45", count: 101).joined(separator: ";"), "TooBig"
        ),
    ])
    func `refuses with a code`(_ path: String, _ code: String) async throws {
        try await CityClient.with(wayCity) { client in
            let answer = try await client.json("/osrm/" + path)
            #expect(answer.status == 400 && answer.value["code"].string == code)
        }
    }
}

@Suite struct `The Valhalla interface` {
    private func body(_ costing: String = "pedestrian", _ more: String = "") -> String {
        """
        {"locations":[{"lat":\(from.latitude),"lon":\(from.longitude)},
        {"lat":\(to.latitude),"lon":\(to.longitude)}],"costing":"\(costing)","language":"ko-KR"\(more)}
        """
    }

    @Test func `answers a trip whose manoeuvres cover its shape`() async throws {
        try await CityClient.with(wayCity) { client in
            let more =
                ",\"costing_options\":{\"pedestrian\":{\"type\":\"wheelchair\"}},\"id\":\"7\""
            let answer = try await client.json("/valhalla/route", body: body("pedestrian", more))
            #expect(answer.status == 200 && answer.value["id"].string == "7")
            let trip = answer.value["trip"]
            #expect(trip["status"].number == 0 && trip["units"].string == "kilometers")
            let leg = trip["legs"][0]
            let shape = Polyline.decode(leg["shape"].string ?? "", digits: 6)
            let steps = leg["maneuvers"].values
            #expect(steps.first?["type"].number == 1 && steps.last?["type"].number == 4)
            #expect(steps.last?["end_shape_index"].number == Double(shape.count - 1))
            for (step, next) in zip(steps, steps.dropFirst()) {
                #expect(step["end_shape_index"] == next["begin_shape_index"])
            }
            let length = steps.reduce(0) { $0 + ($1["length"].number ?? 0) }
            #expect(abs(length - (leg["summary"]["length"].number ?? 0)) < 0.02)
        }
    }

    @Test func `refuses with Valhalla's codes`() async throws {
        try await CityClient.with(wayCity) { client in
            for (sent, code) in [
                (body("auto"), 125.0), ("{\"costing\":\"pedestrian\"}", 112), ("{}", 112),
                (
                    "{\"locations\":[{\"lat\":0,\"lon\":0},{\"lat\":1,\"lon\":1}],"
                        + "\"costing\":\"pedestrian\"}", 171
                ),
            ] {
                let answer = try await client.json("/valhalla/route", body: sent)
                #expect(answer.status == 400 && answer.value["error_code"].number == code)
            }
            let broken = try await client.json("/valhalla/route?json=%7B")
            #expect(broken.value["error_code"].number == 100)
        }
    }
}

@Suite struct `The openrouteservice interface` {
    private func body(_ more: String = "") -> String {
        """
        {"coordinates":[[\(from.longitude),\(from.latitude)],[\(to.longitude),\(to.latitude)]],
        "extra_info":["surface","steepness","waytype"],"language":"ko"\(more)}
        """
    }

    @Test func `answers a feature whose steps and extras cover its line`() async throws {
        try await CityClient.with(wayCity) { client in
            let answer = try await client.json(
                "/ors/v2/directions/wheelchair/geojson",
                body: body(
                    ",\"options\":{\"profile_params\":{\"restrictions\":{"
                        + "\"maximum_sloped_kerb\":0.06,\"maximum_incline\":\"any\","
                        + "\"minimum_width\":0.9}}}"
                )
            )
            #expect(answer.status == 200)
            let feature = answer.value["features"][0]
            let last = Double(feature["geometry"]["coordinates"].values.count - 1)
            let steps = feature["properties"]["segments"][0]["steps"].values
            #expect(steps.first?["type"].number == 11 && steps.last?["type"].number == 10)
            #expect(steps.last?["way_points"][1].number == last)
            for name in ["surface", "steepness", "waytypes"] {
                let values = feature["properties"]["extras"][name]["values"].values
                #expect(values.first?[0].number == 0 && values.last?[1].number == last)
                for (run, next) in zip(values, values.dropFirst()) { #expect(run[1] == next[0]) }
            }
        }
    }

    @Test func `refuses with openrouteservice's codes`() async throws {
        try await CityClient.with(wayCity) { client in
            for (path, sent, code) in [
                ("driving-car", body(), 2_003.0),
                ("wheelchair", "{\"coordinates\":[[126.3,37.45]]}", 2_001),
                ("wheelchair", "{\"coordinates\":[[1,2],[3,4]]}", 2_010),
                ("wheelchair", "{\"coordinates\":[[126.3],[3,4]]}", 2_003),
                ("wheelchair", "{\"coordinates\":7}", 2_003),
            ] {
                let answer = try await client.json(
                    "/ors/v2/directions/\(path)/geojson",
                    body: sent
                )
                #expect(answer.value["error"]["code"].number == code)
            }
        }
    }
}
