import Basics
import FoundationEssentials
import Web

/// What the scripts of the walking pages say; they have no words of their own.
struct WalkWords: Sendable {
    private let words: [String: String]

    init(_ context: PageContext) {
        words = WalkWords.all.mapValues { $0[context.language] }
    }

    /// The words as the attribute that the scripts read.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A dictionary of texts is always JSON.
        return String(decoding: (try? encoder.encode(words)) ?? Data("{}".utf8), as: UTF8.self)
    }

    private static let all = [
        "ahead": Bilingual("{metres} m 앞", "In {metres} m"),
        "here": Bilingual("바로 앞", "Right ahead"),
        "map": Bilingual("걷는 길의 지도", "Map of the walk"),
        "waiting": Bilingual("위치를 기다리고 있습니다.", "Waiting for the position."),
        "sure": Bilingual("위치 오차 {metres} m 안", "Position within {metres} m"),
        "vague": Bilingual(
            "위치가 부정확합니다(오차 {metres} m까지). 주변을 보며 안내를 확인하세요.",
            "The position is vague (off by up to {metres} m). Check what you hear against the street."
        ),
        "vagueCompass": Bilingual(
            "나침반이 부정확합니다. 휴대전화를 8자 모양으로 돌려 주세요.",
            "The compass is vague. Move the phone in a figure of eight."
        ),
        "offRoute": Bilingual(
            "길에서 벗어났습니다. 멈추어 주변을 확인하세요.",
            "You have left the way. Stop and look around."
        ),
        "rerouted": Bilingual("새 길로 안내합니다.", "Here is a new way."),
        "noReroute": Bilingual(
            "연결이 없어 새 길을 찾지 못했습니다. 처음 길을 그대로 안내합니다.",
            "There is no connection for a new way; the first way stays."
        ),
        "denied": Bilingual(
            "위치를 쓸 수 없습니다. 아래 전체 안내를 보며 걸어 주세요.",
            "The position cannot be used. Walk by the whole list below."
        ),
        "noPosition": Bilingual(
            "위치 신호가 없습니다. 하늘이 보이는 곳에서는 다시 잡힙니다.",
            "There is no position. It comes back where the sky is open."
        ),
        "noRoute": Bilingual(
            "길을 불러오지 못했습니다. 연결을 확인하고 다시 눌러 주세요.",
            "The way could not be loaded. Check the connection and try again."
        ),
        "kept": Bilingual(
            "이 길을 기기에 담았습니다. 연결이 끊겨도 안내합니다.",
            "The way is kept on this device: it goes on without a connection."
        ),
        "notKept": Bilingual(
            "이 기기에는 길을 담지 못했습니다. 연결이 끊기면 새로 고치지 마세요.",
            "The way could not be kept on this device; do not reload without a connection."
        ),
        "forgotten": Bilingual(
            "안내를 끝내고 기기에 담은 길을 지웠습니다.",
            "Finished; the way was deleted from this device."
        ),
        "noCamera": Bilingual(
            "카메라를 쓸 수 없습니다. 걷기 안내로 계속할 수 있습니다.",
            "The camera cannot be used. Walking mode goes on without it."
        ),
        "noCompass": Bilingual(
            "방향 센서가 없어 화살표를 그릴 수 없습니다. 글과 음성으로 안내합니다.",
            "Without a compass no arrow can be drawn. Read and listen instead."
        ),
        "noRoom": Bilingual(
            "공간 증강현실을 열지 못했습니다. 걷기 안내로 계속할 수 있습니다.",
            "The room view could not be opened. Walking mode goes on without it."
        ),
        "lift": Bilingual("승강기", "Lift"),
        "barrier": Bilingual("다음 장애물:", "Next barrier:"),
        "noBarrier": Bilingual("남은 길에 알려진 장애물이 없습니다.", "No known barrier is left on the way."),
    ]
}
