public import Basics

/// Why a picture, a file of detections or a stream could not be used.
public struct VisionError: ExplainedError, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable, Codable {
        /// A line of a MOTChallenge file is not one.
        case badLine
        /// A file or a frame has more than the engine takes.
        case tooMany
        /// A picture cannot be read, or is of nothing.
        case badPicture
        /// A picture or its file is larger than the engine takes.
        case pictureTooLarge
        /// A file is neither a JPEG nor a PNG.
        case unknownForm
        /// The rules of a camera contradict themselves or the picture.
        case badRules
        /// This build reads no video.
        case noVideo
        /// A video cannot be read.
        case badVideo
        /// A stream sends nothing any more.
        case videoStalled
        /// The shared library of ONNX Runtime is not there or too old.
        case noRuntime
        /// A model is unknown, damaged or not of the shape it should have.
        case badModel
    }

    /// The kind of failure.
    public var code: Code
    /// What went wrong, for the person.
    public var message: Bilingual
    /// What the log needs.
    public var context: String

    static func badLine(_ number: Int, _ reason: Bilingual) -> VisionError {
        VisionError(
            code: .badLine,
            message: Bilingual(
                "\(number)번째 줄을 읽을 수 없습니다: \(reason.korean)",
                "Line \(number) cannot be read: \(reason.english)"
            ),
            context: "line \(number)"
        )
    }

    static func tooMany(_ what: Bilingual, maximum: Int) -> VisionError {
        VisionError(
            code: .tooMany,
            message: Bilingual(
                "\(what.korean) 너무 많습니다(최대 \(maximum)).",
                "There are too many \(what.english) (at most \(maximum))."
            ),
            context: what.english
        )
    }

    static func badPicture(_ context: String) -> VisionError {
        VisionError(
            code: .badPicture,
            message: Bilingual("사진을 읽을 수 없습니다.", "The picture cannot be read."),
            context: context
        )
    }

    static func cutOff(_ context: String) -> VisionError {
        VisionError(
            code: .badPicture,
            message: Bilingual(
                "사진 파일이 중간에서 끊겨 있습니다.",
                "The file of the picture ends in the middle."
            ),
            context: context
        )
    }

    static func pictureTooLarge(width: Int, height: Int) -> VisionError {
        let maximum = Picture.maximumPixelCount / 1_000_000
        return VisionError(
            code: .pictureTooLarge,
            message: Bilingual(
                "사진이 너무 큽니다(\(width)×\(height), 최대 \(maximum)메가픽셀).",
                "The picture is too large (\(width)×\(height), at most \(maximum) megapixels)."
            ),
            context: "\(width)x\(height)"
        )
    }

    static func fileTooLarge(_ count: Int, maximum: Int) -> VisionError {
        VisionError(
            code: .pictureTooLarge,
            message: Bilingual(
                "사진 파일이 너무 큽니다(최대 \(maximum >> 20)MB).",
                "The file of the picture is too large (at most \(maximum >> 20) MB)."
            ),
            context: "\(count) bytes"
        )
    }

    static let unknownForm = VisionError(
        code: .unknownForm,
        message: Bilingual(
            "JPEG 또는 PNG 사진만 받습니다.",
            "Only JPEG and PNG pictures are taken."
        ),
        context: "first bytes"
    )

    static let noVideo = VisionError(
        code: .noVideo,
        message: Bilingual(
            "이 빌드는 영상을 읽지 못합니다. FFmpeg 개발 패키지를 설치하고 다시 빌드하세요.",
            "This build reads no video. Install FFmpeg's development packages and build again."
        ),
        context: "built without FFmpeg"
    )

    static func badVideo(_ context: String) -> VisionError {
        VisionError(
            code: .badVideo,
            message: Bilingual("영상을 읽을 수 없습니다.", "The video cannot be read."),
            context: context
        )
    }

    static func videoStalled(_ context: String) -> VisionError {
        VisionError(
            code: .videoStalled,
            message: Bilingual(
                "영상이 더 이상 오지 않습니다.",
                "The stream sends no pictures any more."
            ),
            context: context
        )
    }

    static func noRuntime(_ context: String) -> VisionError {
        VisionError(
            code: .noRuntime,
            message: Bilingual(
                "ONNX Runtime 라이브러리를 열 수 없습니다. 설치한 뒤 위치를 알려 주세요.",
                "The library of ONNX Runtime cannot be opened. Install it and say where it is."
            ),
            context: context
        )
    }

    static func badModel(_ context: String) -> VisionError {
        VisionError(
            code: .badModel,
            message: Bilingual(
                "모델을 쓸 수 없습니다: \(context)",
                "The model cannot be used: \(context)"
            ),
            context: context
        )
    }

    static func unknownModel(_ sum: String) -> VisionError {
        VisionError(
            code: .badModel,
            message: Bilingual(
                "알려진 모델 파일이 아닙니다(SHA-256 \(sum)).",
                "The file is none of the known models (SHA-256 \(sum))."
            ),
            context: sum
        )
    }

    static func badRules(_ where: Bilingual, _ reason: Bilingual) -> VisionError {
        VisionError(
            code: .badRules,
            message: Bilingual(
                "\(`where`.korean): \(reason.korean)",
                "\(`where`.english): \(reason.english)"
            ),
            context: reason.english
        )
    }
}
