import Basics
public import Hosting
import Logging
import Synchronization
public import Vision

/// Finds the people in a photo with a model that an administrator added; where there is none, nobody
/// is found and people are chosen by hand.
public final class PersonFinder: Sendable {
    private enum State {
        case unopened
        case none
        case open(PersonDetector)
    }

    private let folder: ModelFolder
    private let runtime: String?
    private let logger: Logger
    private let state = Mutex(State.unopened)

    /// The finder of a city.
    public static func of(_ platform: Platform) -> PersonFinder {
        platform.shared.value(PersonFinder.self) { PersonFinder(platform) }
    }

    private init(_ platform: Platform) {
        let named = platform.settings["models"]
        folder = ModelFolder(named.isEmpty ? "\(platform.settings["data"])/models" : named)
        let library = platform.settings["onnxruntime"]
        runtime = library.isEmpty ? nil : library
        logger = platform.logger
    }

    /// The people in a picture, from left to right; one thread at a time, for some tens of milliseconds.
    ///
    /// - Returns: Their boxes; nothing where no model is there, or it cannot be used.
    public func people(in picture: Picture) -> [BoundingBox] {
        state.withLock { state in
            if case .unopened = state { state = open() }
            guard case .open(let detector) = state else { return [] }
            do {
                return try detector.detect(in: picture)
                    .compactMap { $0.box.inside(picture) }
                    .sorted { ($0.x, $0.y) < ($1.x, $1.y) }
            } catch {
                logger.error("people were not found in a photo", metadata: ["error": "\(error)"])
                return []
            }
        }
    }

    private func open() -> State {
        do {
            guard let bytes = try folder.model(for: [.objects, .people]) else { return .none }
            return .open(try PersonDetector(bytes, ModelRuntime(path: runtime)))
        } catch {
            logger.error("a model cannot be used", metadata: ["error": "\(error)"])
            return .none
        }
    }
}

extension BoundingBox {
    /// The part that lies in a picture; nothing where none does.
    fileprivate func inside(_ picture: Picture) -> BoundingBox? {
        let left = max(0, x)
        let top = max(0, y)
        let box = BoundingBox(
            x: left,
            y: top,
            width: min(x + width, Double(picture.width)) - left,
            height: min(y + height, Double(picture.height)) - top
        )
        return box.width >= 1 && box.height >= 1 ? box : nil
    }
}
