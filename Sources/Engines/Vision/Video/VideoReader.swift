import CFFmpeg

/// Reads the pictures of a video file or a camera's stream, one after the other.
///
/// Through FFmpeg's libraries where Haechi was built with them (`isAvailable`). One reader belongs to one
/// thread, which waits in `next`; sound is never taken.
public final class VideoReader {
    /// Whether this build can read video.
    public static var isAvailable: Bool { haechi_video_is_available() != 0 }

    /// A picture of the video and its time.
    public struct Frame: Sendable {
        /// The picture.
        public var picture: Picture
        /// Its time in seconds, from the stream; it grows from frame to frame.
        public var seconds: Double
    }

    /// Seconds to wait for a picture before the stream counts as stalled.
    public static let defaultTimeoutSeconds = 10.0

    /// What may be read, by the beginning of an address; a file where there is none.
    private static let protocols = [
        "rtsp": "rtsp,rtp,udp,tcp", "rtsps": "rtsp,rtp,udp,tcp,tls", "http": "http,tcp",
        "https": "https,http,tls,tcp", "file": "file",
    ]
    /// The forms that recordings and streams of cameras have; none of them names other files.
    private static let formats =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,h264,hevc,rtsp,rtp,mjpeg,mpjpeg,flv"

    private let video: OpaquePointer

    /// Opens a video.
    ///
    /// - Parameters:
    ///   - address: A file, or an address that begins with `rtsp://`, `rtsps://`, `http://` or `https://`.
    ///   - timeoutSeconds: How long to wait for the stream, each time.
    /// - Throws: `VisionError` `noVideo` in a build without it, `badVideo` or `videoStalled`.
    public init(_ address: String, timeoutSeconds: Double = defaultTimeoutSeconds) throws {
        let parts = address.split(separator: ":", maxSplits: 1).map(String.init)
        let hasScheme = parts.count == 2 && parts[1].hasPrefix("//")
        let scheme = hasScheme ? parts[0].lowercased() : "file"
        guard let protocols = Self.protocols[scheme], !address.utf8.contains(0) else {
            throw VisionError.badVideo("address \(scheme)")
        }
        var opened: OpaquePointer?
        let message = VideoMessage()
        let code = haechi_video_open(
            hasScheme ? address : "file:" + address,
            protocols,
            Self.formats,
            min(max(timeoutSeconds, 0.1), 600),
            Int64(Picture.maximumPixelCount),
            &opened,
            message.buffer
        )
        guard let opened, code == 0 else {
            haechi_video_close(opened)
            throw message.error(code)
        }
        video = opened
    }

    deinit {
        haechi_video_close(video)
    }

    /// Pictures a second as the stream says; nil where it does not.
    public var framesPerSecond: Double? {
        let rate = haechi_video_rate(video)
        return rate > 0 ? rate : nil
    }

    /// The next picture; nil at the end.
    ///
    /// - Returns: The picture with its time.
    /// - Throws: `VisionError` `badVideo` or `videoStalled`.
    public func next() throws -> Frame? {
        guard let frame = try skip() else { return nil }
        return Frame(
            picture: try picture(width: frame.width, height: frame.height),
            seconds: frame.seconds
        )
    }

    /// The picture that `skip` went on to, by the size it told.
    ///
    /// - Throws: `VisionError` `badVideo` where the size is not that of the picture.
    public func picture(width: Int, height: Int) throws -> Picture {
        let message = VideoMessage()
        try Picture.check(width: width, height: height)
        let count = width * height * 3
        let pixels = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let code = haechi_video_copy(video, buffer.baseAddress, count, message.buffer)
            guard code == 0 else { throw message.error(code) }
            filled = count
        }
        return Picture(checkedWidth: width, height: height, pixels: pixels)
    }

    /// Goes on by a picture without making one, which costs less.
    ///
    /// - Returns: The size and the time of the picture; nil at the end.
    /// - Throws: `VisionError` `badVideo` or `videoStalled`.
    @discardableResult
    public func skip() throws -> (width: Int, height: Int, seconds: Double)? {
        var width: Int32 = 0
        var height: Int32 = 0
        var seconds = 0.0
        let message = VideoMessage()
        let code = haechi_video_next(video, &width, &height, &seconds, message.buffer)
        switch Int(code) {
        case HAECHI_VIDEO_FRAME: return (Int(width), Int(height), seconds)
        case HAECHI_VIDEO_END: return nil
        default: throw message.error(code)
        }
    }
}

/// Where the C side writes what went wrong.
private final class VideoMessage {
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: HAECHI_VIDEO_MESSAGE_SIZE)

    init() {
        buffer.initialize(repeating: 0, count: HAECHI_VIDEO_MESSAGE_SIZE)
    }

    deinit {
        buffer.deallocate()
    }

    func error(_ code: Int32) -> VisionError {
        let text = String(cString: buffer)
        return switch Int(code) {
        case HAECHI_VIDEO_UNAVAILABLE: .noVideo
        case HAECHI_VIDEO_STALLED: .videoStalled(text)
        default: .badVideo(text)
        }
    }
}
