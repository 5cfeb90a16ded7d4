internal import Basics

/// Reads the date-times of OCDS: RFC 3339 with an offset or `Z`.
enum Timestamp {
    /// The instant of a text such as `2023-01-25T09:00:00+09:00`; nil where it is not one.
    static func instant(_ text: String) -> Instant? {
        var text = text
        return text.withUTF8 { instant($0) }
    }

    private static func instant(_ bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
        func number(_ start: Int, _ count: Int) -> Int? {
            guard start + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[start..<(start + count)] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        guard bytes.count >= 20, bytes[4] == 45, bytes[7] == 45, bytes[10] | 0x20 == 116,
            bytes[13] == 58, bytes[16] == 58,
            let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
            let date = LocalDate(year: year, month: month, day: day),
            let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var index = 19
        var milliseconds = 0
        if bytes[index] == 46 {
            index += 1
            let start = index
            var scale = 100
            while index < bytes.count, (48...57).contains(bytes[index]) {
                milliseconds += Int(bytes[index] - 48) * scale
                scale /= 10
                index += 1
            }
            guard index > start else { return nil }
        }
        guard let offsetMinutes = offset(bytes[index...], number) else { return nil }
        let minutes = date.daysSinceEpoch * 1440 + hour * 60 + minute - offsetMinutes
        return Instant(
            millisecondsSinceEpoch: Int64((minutes * 60 + second) * 1000 + milliseconds)
        )
    }

    /// The minutes east of Greenwich of `Z`, `+09:00` or `-06:00`.
    private static func offset(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>,
        _ number: (Int, Int) -> Int?
    ) -> Int? {
        guard let first = bytes.first else { return nil }
        let start = bytes.startIndex
        if first | 0x20 == 122 { return bytes.count == 1 ? 0 : nil }
        guard first == 43 || first == 45, bytes.count == 6, bytes[start + 3] == 58,
            let hours = number(start + 1, 2), let minutes = number(start + 4, 2),
            hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (first == 43 ? 1 : -1)
    }
}
