public import Basics

/// A colour as people name clothes; the number is what a store keeps.
public enum ColourName: UInt8, Sendable, Hashable, Codable, CaseIterable {
    /// Too little was seen.
    case unknown = 0
    /// Black.
    case black = 1
    /// Grey.
    case grey = 2
    /// White.
    case white = 3
    /// Red.
    case red = 4
    /// Orange.
    case orange = 5
    /// Yellow.
    case yellow = 6
    /// Green.
    case green = 7
    /// Sky blue.
    case skyBlue = 8
    /// Blue.
    case blue = 9
    /// Navy.
    case navy = 10
    /// Purple.
    case purple = 11
    /// Pink.
    case pink = 12
    /// Brown.
    case brown = 13
    /// Beige.
    case beige = 14

    /// The colours that clothes may have.
    public static var named: [ColourName] { allCases.filter { $0 != .unknown } }

    /// The name.
    public var title: Bilingual {
        switch self {
        case .unknown: Bilingual("알 수 없음", "unknown")
        case .black: Bilingual("검정", "black")
        case .grey: Bilingual("회색", "grey")
        case .white: Bilingual("흰색", "white")
        case .red: Bilingual("빨강", "red")
        case .orange: Bilingual("주황", "orange")
        case .yellow: Bilingual("노랑", "yellow")
        case .green: Bilingual("초록", "green")
        case .skyBlue: Bilingual("하늘색", "sky blue")
        case .blue: Bilingual("파랑", "blue")
        case .navy: Bilingual("남색", "navy")
        case .purple: Bilingual("보라", "purple")
        case .pink: Bilingual("분홍", "pink")
        case .brown: Bilingual("갈색", "brown")
        case .beige: Bilingual("베이지", "beige")
        }
    }

    /// A cloth of this colour, to show beside the name.
    public var swatch: RGB {
        switch self {
        case .unknown: RGB(160, 160, 160)
        case .black: RGB(28, 28, 30)
        case .grey: RGB(128, 128, 130)
        case .white: RGB(238, 238, 236)
        case .red: RGB(196, 36, 40)
        case .orange: RGB(232, 122, 30)
        case .yellow: RGB(238, 208, 52)
        case .green: RGB(52, 132, 62)
        case .skyBlue: RGB(128, 190, 232)
        case .blue: RGB(38, 92, 200)
        case .navy: RGB(30, 38, 84)
        case .purple: RGB(120, 56, 156)
        case .pink: RGB(238, 150, 184)
        case .brown: RGB(108, 68, 40)
        case .beige: RGB(216, 194, 158)
        }
    }
}
