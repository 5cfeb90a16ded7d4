public import Basics
import Configuration
import FoundationEssentials
import SystemPackage

/// A setting of the city: its name in a flag, in the environment and in the file.
public struct Setting: Sendable, Hashable {
    /// What a setting holds.
    public enum Kind: Sendable, Hashable {
        /// Text.
        case text
        /// A whole number within limits.
        case number(ClosedRange<Int>)
        /// Yes or no.
        case switched
    }

    /// The name, lowerCamelCase: `--public-url`, `HAECHI_PUBLIC_URL`, `"publicURL"`.
    public let name: String
    /// What it holds.
    public let kind: Kind
    /// The value where nobody sets one; empty text means "not set".
    public let fallback: String
    /// What it does, for `haechi config`.
    public let note: Bilingual
    /// Whether its value must not be printed.
    public let isSecret: Bool

    init(_ name: String, _ fallback: String, _ note: Bilingual, isSecret: Bool = false) {
        self.init(name, .text, fallback, note, isSecret: isSecret)
    }

    init(
        _ name: String,
        _ kind: Kind,
        _ fallback: String,
        _ note: Bilingual,
        isSecret: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.fallback = fallback
        self.note = note
        self.isSecret = isSecret
    }

    /// The name in the environment.
    public var environmentName: String {
        "HAECHI_" + words.joined(separator: "_").uppercased()
    }

    /// The name's words in lower case; a run of capitals is one word.
    private var words: [String] {
        var words = [""]
        var previousIsCapital = true
        for character in name {
            if character.isUppercase, !previousIsCapital { words.append("") }
            previousIsCapital = character.isUppercase
            words[words.count - 1] += character.lowercased()
        }
        return words
    }
}

extension Setting {
    /// Every setting there is; a name outside this list stops the start.
    public static let all: [Setting] = [
        Setting("data", ".data", Bilingual("자료를 두는 폴더", "The folder of the city's data")),
        Setting(
            "database",
            "",
            Bilingual(
                "PostgreSQL 주소; 비우면 폴더 안의 SQLite",
                "A PostgreSQL URL; SQLite in the folder if empty"
            )
        ),
        Setting(
            "backupFolder",
            "",
            Bilingual(
                "백업을 두는 폴더; 비우면 자료 폴더 안의 backups",
                "The folder of backups; backups in the data folder if empty"
            )
        ),
        Setting(
            "rules",
            "",
            Bilingual(
                "지원사업 규칙 폴더; 비우면 실행한 폴더나 그 위의 Rules",
                "The folder of benefit rules; Rules in or above the working folder if empty"
            )
        ),
        Setting(
            "footageDays",
            .number(1...30),
            "30",
            Bilingual("영상을 보관하는 날수(최대 30일)", "Days that footage is kept (30 at most)")
        ),
        Setting(
            "map",
            "",
            Bilingual(
                "지도 파일(OpenStreetMap PBF·XML 또는 보행 그래프); 비우면 견본 동네",
                "The map: OpenStreetMap PBF or XML, or a walking graph; the sample if empty"
            )
        ),
        Setting(
            "elevation",
            "",
            Bilingual(
                "경사를 계산할 표고 파일(SRTM HGT, 쉼표로 구분)",
                "Heights that slopes are taken from (SRTM HGT, comma separated)"
            )
        ),
        Setting(
            "vendorFolder",
            ".assets",
            Bilingual(
                "set-up이 지도 라이브러리를 두는 폴더",
                "The folder where set-up puts the map library"
            )
        ),
        Setting("host", "127.0.0.1", Bilingual("듣는 주소", "The address to listen on")),
        Setting("port", .number(0...65_535), "8080", Bilingual("듣는 포트", "The port to listen on")),
        Setting(
            "publicURL",
            "",
            Bilingual("사람들이 쓰는 주소(https://…)", "The address people use (https://…)")
        ),
        Setting(
            "behindProxy",
            .switched,
            "false",
            Bilingual("앞에 프록시가 있는지", "Whether a reverse proxy stands in front")
        ),
        Setting("siteName", "", Bilingual("누리집 이름(한국어)", "The site's Korean name")),
        Setting("siteNameEnglish", "", Bilingual("누리집 이름(영어)", "The site's English name")),
        Setting(
            "requestsPerSecond",
            .number(0...1_000_000),
            "50",
            Bilingual("주소마다 초당 요청 수; 0은 제한 없음", "Requests a second an address; 0 sets no limit")
        ),
        Setting(
            "requestBurst",
            .number(1...1_000_000),
            "400",
            Bilingual("한꺼번에 받는 요청 수", "Requests taken at once")
        ),
        Setting(
            "logLevel",
            "info",
            Bilingual("기록 수준(trace…critical)", "The log level (trace…critical)")
        ),
        Setting(
            "secretKey",
            "",
            Bilingual(
                "비밀값을 잠그는 키; 비우면 키 파일을 만듦",
                "The key that seals secrets; a key file if empty"
            ),
            isSecret: true
        ),
        Setting(
            "mailRelay",
            "",
            Bilingual("전자우편 중계 주소(smtp://…)", "The SMTP relay (smtp://…)"),
            isSecret: true
        ),
        Setting("mailFrom", "", Bilingual("보내는 전자우편 주소", "The address mail is sent from")),
        Setting("oidcIssuer", "", Bilingual("OIDC 발급자", "The OpenID Connect issuer")),
        Setting("oidcClient", "", Bilingual("OIDC 클라이언트", "The OpenID Connect client")),
        Setting(
            "oidcSecret",
            "",
            Bilingual("OIDC 클라이언트 비밀값", "The OpenID Connect client secret"),
            isSecret: true
        ),
        Setting(
            "draftingURL",
            "",
            Bilingual(
                "답변 초안을 쓰는 언어 모델의 OpenAI 호환 주소(https://…/v1); 비우면 쓰지 않음",
                "The OpenAI-compatible address of the language model that drafts (https://…/v1)"
            )
        ),
        Setting(
            "draftingKey",
            "",
            Bilingual("언어 모델의 열쇠", "The key of the language model"),
            isSecret: true
        ),
        Setting("draftingModel", "", Bilingual("언어 모델의 이름", "The name of the language model")),
        Setting(
            "draftingSeconds",
            .number(1...120),
            "20",
            Bilingual("초안 하나를 기다리는 초", "Seconds one draft may take")
        ),
        Setting(
            "cameraAnalysis",
            .switched,
            "true",
            Bilingual("이 서버가 카메라 영상을 분석하는지", "Whether this server analyses camera pictures")
        ),
        Setting(
            "models",
            "",
            Bilingual(
                "관리자가 추가한 모델의 폴더; 비우면 자료 폴더 안의 models",
                "The folder of added models; models in the data folder if empty"
            )
        ),
        Setting(
            "onnxruntime",
            "",
            Bilingual(
                "ONNX Runtime 라이브러리나 그 폴더; 비우면 시스템에서 찾음",
                "The library of ONNX Runtime, or its folder; the system's if empty"
            )
        ),
        Setting(
            "privateHosts",
            "",
            Bilingual(
                "연락해도 되는 내부망 호스트(쉼표로 구분)",
                "Private hosts the city may contact, comma separated"
            )
        ),
    ]
}

/// A setting cannot be used.
public struct SettingsError: ExplainedError, Hashable {
    /// What is wrong and what to do.
    public let message: Bilingual
    /// The setting and where it was given.
    public let context: String
}

/// The settings in force: flags, then environment, then the file, then what Haechi starts with.
public struct Settings: Sendable {
    /// Where a value came from.
    public enum Origin: String, Sendable, Hashable {
        /// A flag of the command.
        case flag
        /// The environment.
        case environment
        /// The settings file.
        case file
        /// Nobody set it.
        case standard
    }

    private let values: [String: (value: String, origin: Origin)]

    /// Collects the settings in force and holds each against its kind.
    ///
    /// - Parameters:
    ///   - flags: What the command line gave, by setting name.
    ///   - environment: The process's environment.
    ///   - file: A JSON settings file, or nil.
    /// - Returns: The settings in force.
    /// - Throws: `SettingsError` where a name is unknown or a value does not fit.
    public static func load(
        flags: [String: String],
        environment: [String: String],
        file: String?
    ) async throws -> Settings {
        try refuseUnknown(environment: environment)
        var sources: [(Origin, any ConfigProvider, (Setting) -> AbsoluteConfigKey)] = [
            (
                .flag,
                InMemoryProvider(
                    values: Dictionary(
                        uniqueKeysWithValues: flags.map { name, value in
                            (AbsoluteConfigKey([name]), ConfigValue(.string(value), isSecret: true))
                        }
                    )
                ), { AbsoluteConfigKey([$0.name]) }
            ),
            (
                .environment, EnvironmentVariablesProvider(environmentVariables: environment),
                { AbsoluteConfigKey([$0.environmentName]) }
            ),
        ]
        if let file {
            sources.append((.file, try await fileProvider(file), { AbsoluteConfigKey([$0.name]) }))
        }
        var values: [String: (value: String, origin: Origin)] = [:]
        for setting in Setting.all {
            var found = (value: setting.fallback, origin: Origin.standard)
            for (origin, provider, key) in sources {
                guard let text = text(of: key(setting), setting.kind, in: provider) else {
                    continue
                }
                found = (text, origin)
                break
            }
            try check(found.value, for: setting, origin: found.origin)
            values[setting.name] = found
        }
        return Settings(values: values)
    }

    /// The value of a setting.
    public subscript(name: String) -> String {
        values[name]?.value ?? ""
    }

    /// The value of a number.
    public func number(_ name: String) -> Int {
        Int(self[name]) ?? 0
    }

    /// The value of a switch.
    public func isOn(_ name: String) -> Bool {
        self[name] == "true"
    }

    /// Every setting with its value and where it came from; secrets are hidden.
    public var inForce: [(setting: Setting, value: String, origin: Origin)] {
        Setting.all.map { setting in
            let found = values[setting.name] ?? (setting.fallback, .standard)
            let isHidden = setting.isSecret && !found.value.isEmpty
            return (setting, isHidden ? "(…)" : found.value, found.origin)
        }
    }

    private static func text(
        of key: AbsoluteConfigKey,
        _ kind: Setting.Kind,
        in provider: any ConfigProvider
    ) -> String? {
        // A file may write 8080 or "8080"; the environment knows text only.
        let types: [ConfigType] =
            switch kind {
            case .text: [.string]
            case .number: [.int, .string]
            case .switched: [.bool, .string]
            }
        for type in types {
            guard let content = try? provider.value(forKey: key, type: type).value?.content else {
                continue
            }
            switch content {
            case .string(let text): return text
            case .int(let number): return String(number)
            case .bool(let isOn): return String(isOn)
            default: return nil
            }
        }
        return nil
    }

    private static func fileProvider(_ path: String) async throws -> any ConfigProvider {
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            try refuseUnknown(file: data, path: path)
            return try await FileProvider<JSONSnapshot>(filePath: .init(path))
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError(
                message: Bilingual(
                    "설정 파일을 읽을 수 없습니다: \(path)",
                    "The settings file cannot be read: \(path)"
                ),
                context: String(describing: error)
            )
        }
    }

    /// Names that belong to the tests, not to the server.
    private static let foreignNames: Set<String> = ["HAECHI_SHARED_DATA", "HAECHI_TEST_POSTGRES"]

    private static func refuseUnknown(environment: [String: String]) throws {
        let known = Set(Setting.all.map(\.environmentName)).union(foreignNames)
        for name in environment.keys.sorted() where name.hasPrefix("HAECHI_") {
            if !known.contains(name) { throw unknown(name, place: "environment") }
        }
    }

    private static func refuseUnknown(file data: Data, path: String) throws {
        struct Names: Decodable {
            var names: [String] = []
            init(from decoder: any Decoder) throws {
                names = try decoder.container(keyedBy: Name.self).allKeys.map(\.stringValue)
            }
            struct Name: CodingKey {
                var stringValue: String
                var intValue: Int? { nil }
                init?(stringValue: String) { self.stringValue = stringValue }
                init?(intValue: Int) { nil }
            }
        }
        let known = Set(Setting.all.map(\.name))
        for name in try JSONDecoder().decode(Names.self, from: data).names.sorted() {
            if !known.contains(name) { throw unknown(name, place: path) }
        }
    }

    private static func unknown(_ name: String, place: String) -> SettingsError {
        SettingsError(
            message: Bilingual(
                "모르는 설정입니다: \(name) (\(place)). 'haechi config'로 설정 이름을 볼 수 있습니다.",
                "Unknown setting: \(name) (\(place)). 'haechi config' lists the names."
            ),
            context: "\(place): \(name)"
        )
    }

    private static func check(_ value: String, for setting: Setting, origin: Origin) throws {
        let problem: Bilingual?
        switch setting.kind {
        case .text: problem = nil
        case .number(let range):
            problem =
                Int(value).map(range.contains) == true
                ? nil
                : Bilingual(
                    "\(range.lowerBound)부터 \(range.upperBound)까지의 정수여야 합니다",
                    "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
                )
        case .switched:
            problem =
                value == "true" || value == "false"
                ? nil : Bilingual("true 또는 false여야 합니다", "must be true or false")
        }
        guard let problem else { return }
        throw SettingsError(
            message: Bilingual(
                "설정 \(setting.name)은(는) \(problem.korean): \"\(value)\"",
                "The setting \(setting.name) \(problem.english): \"\(value)\""
            ),
            context: "\(origin.rawValue): \(setting.name)"
        )
    }
}
