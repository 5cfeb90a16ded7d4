import Basics
import Footage
import HTTPTypes
import Identity
import Store
import Web

/// The pictures of cameras as they come, people masked.
struct LiveRoutes {
    let desk: CamerasDesk

    /// The longest one stream runs; the page asks again by itself or is opened again.
    static let maximumStreamSeconds = 900.0
    /// How often a stream looks for a new picture.
    static let lookMilliseconds = 100
    /// Bytes a stream sends in a second at the most, on average.
    static let maximumBytesPerSecond = 600_000
    private static let boundary = "haechi-frame"

    func add(to table: inout RouteTable) {
        let desk = desk
        table.file("/cameras/live/{number}/still", access: CamerasDesk.watchers) { incoming in
            let camera = try await desk.camera(incoming)
            guard let frame = desk.board.frame(of: camera.number) else {
                return Self.placeholder(incoming.page)
            }
            return Outgoing(
                contentType: "image/jpeg",
                body: .bytes(frame.jpeg),
                cache: .never
            )
        }
        table.file("/cameras/live/{number}/stream", access: CamerasDesk.watchers) { incoming in
            let camera = try await desk.camera(incoming)
            guard desk.board.frame(of: camera.number) != nil else {
                return Self.placeholder(incoming.page)
            }
            return Self.stream(camera.number, desk.board)
        }
    }

    /// A drawing that says that there is no picture: a page keeps its shape.
    private static func placeholder(_ context: PageContext) -> Outgoing {
        let text = context.text("영상 없음", "No picture")
        let drawing: HTML = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 270" width="480" height="270">\
            <rect width="480" height="270" fill="#20292a"/><text x="240" y="140" fill="#a9b3b0" \
            font-family="sans-serif" font-size="20" text-anchor="middle">\(text)</text></svg>
            """
        return Outgoing(
            contentType: "image/svg+xml",
            body: .bytes(Array(drawing.markup.utf8)),
            cache: .never
        )
    }

    /// One picture after another in a `multipart/x-mixed-replace`, which a plain `<img>` shows.
    private static func stream(_ camera: UInt32, _ board: LiveBoard) -> Outgoing {
        Outgoing(
            contentType: "multipart/x-mixed-replace; boundary=\(boundary)",
            body: .stream { write in
                // As many look as may: this one gets a single picture.
                guard board.beginViewing() else {
                    if let frame = board.frame(of: camera) { try await write(part(frame.jpeg)) }
                    return
                }
                defer { board.endViewing() }
                let end = ContinuousClock.now + .seconds(maximumStreamSeconds)
                var serial = 0
                while ContinuousClock.now < end, !Task.isEnding {
                    var pause = lookMilliseconds
                    if let frame = board.frame(of: camera), frame.serial != serial {
                        serial = frame.serial
                        try await write(part(frame.jpeg))
                        pause = max(pause, frame.jpeg.count * 1000 / maximumBytesPerSecond)
                    }
                    try await Task.sleep(for: .milliseconds(pause))
                }
            },
            cache: .never
        )
    }

    private static func part(_ jpeg: [UInt8]) -> [UInt8] {
        let head =
            "--\(boundary)\r\nContent-Type: image/jpeg\r\nContent-Length: \(jpeg.count)\r\n\r\n"
        return Array(head.utf8) + jpeg + [0x0D, 0x0A]
    }
}
