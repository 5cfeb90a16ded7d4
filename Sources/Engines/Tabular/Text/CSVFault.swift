public import Basics

/// A place where a CSV file departs from RFC 4180 and was read leniently.
public struct CSVFault: Sendable, Hashable {
    /// The kind of the departure.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A quotation mark in a field that does not start with one; it was kept.
        case strayQuote
        /// Text after the closing quotation mark; it was kept.
        case textAfterQuote
        /// The file ends before the closing quotation mark.
        case unterminatedQuote
    }

    /// The kind of the departure.
    public let kind: Kind
    /// The row, from 1.
    public let row: Int
    /// The column, from 1.
    public let column: Int
    /// The physical line on which the row starts, from 1.
    public let line: Int

    /// What was found, for the person.
    public var message: Bilingual {
        let place = Bilingual(
            "\(line.grouped)번째 줄 \(column)열",
            "Line \(line.grouped), column \(column)"
        )
        return switch kind {
        case .strayQuote:
            Bilingual(
                "\(place.korean): 따옴표가 칸 중간에 있어 글자로 읽었습니다.",
                "\(place.english): a quotation mark inside the field was read as text."
            )
        case .textAfterQuote:
            Bilingual(
                "\(place.korean): 닫는 따옴표 뒤의 글자를 칸의 내용으로 읽었습니다.",
                "\(place.english): text after the closing quotation mark was kept."
            )
        case .unterminatedQuote:
            Bilingual(
                "\(place.korean): 따옴표가 닫히지 않은 채 파일이 끝났습니다.",
                "\(place.english): the file ends before the quotation mark is closed."
            )
        }
    }
}
