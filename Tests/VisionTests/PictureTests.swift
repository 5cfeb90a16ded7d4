import Basics
import Testing

@testable import Vision

/// A picture of soft colours, which JPEG keeps well.
private func slope(_ width: Int, _ height: Int) throws -> Picture {
    var pixels: [UInt8] = []
    for y in 0..<height {
        for x in 0..<width {
            pixels += [UInt8(x * 255 / width), UInt8(y * 255 / height), 90]
        }
    }
    return try Picture(width: width, height: height, pixels: pixels)
}

private func code(_ run: () throws -> Void) -> VisionError.Code? {
    do {
        try run()
        return nil
    } catch let error as VisionError {
        return error.code
    } catch {
        return nil
    }
}

private let exifName: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]

/// An Exif segment that says how a picture lies, after a tag of another kind.
private func exif(_ orientation: UInt8, _ isBigEndian: Bool) -> [UInt8] {
    func two(_ value: UInt8) -> [UInt8] { isBigEndian ? [0, value] : [value, 0] }
    func four(_ value: UInt8) -> [UInt8] { isBigEndian ? [0, 0, 0, value] : [value, 0, 0, 0] }
    let make: [UInt8] = isBigEndian ? [1, 0x0F] : [0x0F, 1]
    let tag: [UInt8] = isBigEndian ? [1, 0x12] : [0x12, 1]
    let order: [UInt8] = isBigEndian ? [0x4D, 0x4D] : [0x49, 0x49]
    let body =
        exifName + order + two(42) + four(8) + two(2) + make + two(2) + four(4)
        + [0x41, 0x42, 0x43, 0] + tag + two(3) + four(1) + two(orientation) + [0, 0] + four(0)
    return [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body
}

@Suite struct `Pictures` {
    @Test func `a PNG comes back as it was`() throws {
        let picture = try slope(67, 31)
        #expect(try Picture(png: picture.png()) == picture)
        #expect(try Picture(file: picture.png()) == picture)
    }

    @Test func `a JPEG comes back nearly as it was`() throws {
        let picture = try slope(80, 60)
        let back = try Picture(file: picture.jpeg(quality: 95))
        #expect(back.width == 80 && back.height == 60)
        let differences = zip(picture.pixels, back.pixels).map { abs(Int($0) - Int($1)) }
        #expect(differences.max() ?? 0 < 24)
        #expect(differences.reduce(0, +) < differences.count * 3)
    }

    /// Where the first and the last column of the first row come to lie: Exif names the side of the
    /// picture that row 0 and column 0 are (CIPA DC-008, table of Orientation).
    @Test(arguments: [
        (1, "top left", "top right"), (2, "top right", "top left"),
        (3, "bottom right", "bottom left"), (4, "bottom left", "bottom right"),
        (5, "top left", "bottom left"), (6, "top right", "bottom right"),
        (7, "bottom right", "top right"), (8, "bottom left", "top left"),
        (0, "top left", "top right"), (9, "top left", "top right"),
    ])
    func `a photo of a telephone is set upright`(_ tag: UInt8, _ red: String, _ green: String)
        throws
    {
        var picture = try Picture(width: 64, height: 32, filledWith: RGB(120, 120, 120))
        for y in 0..<16 {
            for x in 0..<16 {
                picture.pixels.replaceSubrange(
                    (y * 64 + x) * 3..<(y * 64 + x) * 3 + 3,
                    with: [220, 20, 20]
                )
                let at = (y * 64 + 48 + x) * 3
                picture.pixels.replaceSubrange(at..<at + 3, with: [20, 200, 20])
            }
        }
        let jpeg = try picture.jpeg(quality: 95)
        for isBigEndian in [true, false] {
            let back = try Picture(
                file: jpeg.prefix(2) + exif(tag, isBigEndian) + jpeg.dropFirst(2)
            )
            #expect([back.width, back.height] == ((5...8).contains(tag) ? [32, 64] : [64, 32]))
            func colour(_ corner: String) -> RGB {
                back[
                    corner.hasSuffix("left") ? 6 : back.width - 7,
                    corner.hasPrefix("top") ? 6 : back.height - 7
                ]
            }
            #expect(colour(red).red > 180 && colour(red).green < 80)
            #expect(colour(green).green > 150 && colour(green).red < 80)
            // What it said of itself does not go on with it.
            #expect(try !Array(back.jpeg()).contains(exifName))
        }
    }

    @Test func `Exif that is cut off or points nowhere turns nothing`() throws {
        let jpeg = try slope(40, 20).jpeg()
        let whole = exif(6, false)
        for length in 0..<whole.count {
            var part = Array(whole.prefix(length))
            if length >= 4 { part[3] = UInt8(length - 2) }
            // A head that is cut inside its own length leaves no JPEG at all.
            _ = try? Picture(file: jpeg.prefix(2) + part + jpeg.dropFirst(2))
        }
        for place in 10..<whole.count {
            var odd = whole
            odd[place] = 0xFF
            let back = try Picture(file: jpeg.prefix(2) + odd + jpeg.dropFirst(2))
            #expect(back.width * back.height == 800)
        }
    }

    @Test func `a picture of nothing is refused`() {
        #expect(code { _ = try Picture(width: 0, height: 5, pixels: []) } == .badPicture)
        #expect(code { _ = try Picture(width: 2, height: 2, pixels: [1, 2, 3]) } == .badPicture)
        #expect(code { _ = try Picture(file: []) } == .unknownForm)
        #expect(code { _ = try Picture(jpeg: []) } == .badPicture)
        #expect(code { _ = try Picture(png: [0x89, 0x50]) } == .badPicture)
        #expect(code { _ = try Picture(file: Array("GIF89a".utf8)) } == .unknownForm)
    }

    @Test func `a picture of a hundred megapixels is refused before its pixels are reserved`()
        throws
    {
        // The head of a small PNG with another size in it, and the checksum of that head.
        var png = try slope(8, 8).png()
        png.replaceSubrange(16..<24, with: [0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10])
        let checksum = crc(png[12..<29])
        png.replaceSubrange(29..<33, with: checksum)
        #expect(code { _ = try Picture(png: png) } == .pictureTooLarge)
        var jpeg = try slope(8, 8).jpeg()
        let frame = try #require(
            jpeg.indices.dropLast(9).first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 }
        )
        jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x27, 0x10, 0x27, 0x10])
        #expect(code { _ = try Picture(jpeg: jpeg) } == .pictureTooLarge)
        let huge = [UInt8](repeating: 0xFF, count: Picture.maximumFileSize + 1)
        #expect(code { _ = try Picture(jpeg: huge) } == .pictureTooLarge)
    }

    private func crc(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        sum ^= 0xFFFF_FFFF
        return (0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * $0)) }
    }

    @Test func `a file cut off anywhere is an error and never a crash`() throws {
        let picture = try slope(64, 48)
        for file in [try picture.jpeg(), try picture.png()] {
            for length in stride(from: 3, to: file.count - 4, by: 37) {
                #expect(
                    code { _ = try Picture(file: Array(file[..<length])) } != nil,
                    "\(length) of \(file.count) bytes"
                )
            }
        }
    }

    @Test func `bytes changed at random never crash a reader`() throws {
        var random = SeededRandom(seed: 11)
        let picture = try slope(40, 30)
        for file in [try picture.jpeg(), try picture.png()] {
            for _ in 0..<300 {
                var damaged = file
                for _ in 0..<3 {
                    damaged[Int(random.next() % UInt64(file.count))] = UInt8(
                        truncatingIfNeeded: random.next()
                    )
                }
                do {
                    let read = try Picture(file: damaged)
                    #expect(read.pixels.count == read.width * read.height * 3)
                } catch is VisionError {
                    continue
                }
            }
        }
    }

    @Test func `a crop is cut off at the edges`() throws {
        let picture = try slope(20, 10)
        let crop = try picture.cropped(BoundingBox(x: 15, y: -4, width: 50, height: 8))
        #expect(crop.width == 5 && crop.height == 4)
        #expect(crop[0, 0] == picture[15, 0])
        for box in [
            BoundingBox(x: 30, y: 0, width: 5, height: 5),
            BoundingBox(x: .nan, y: 0, width: 5, height: 5),
            BoundingBox(x: 0, y: 0, width: -5, height: 5),
        ] {
            #expect(code { _ = try picture.cropped(box) } == .badPicture)
        }
    }

    @Test func `scaling keeps the mean colour, and one colour stays one`() throws {
        let picture = try slope(60, 40)
        func mean(_ picture: Picture) -> Double {
            Double(picture.pixels.reduce(0) { $0 + Int($1) }) / Double(picture.pixels.count)
        }
        for size in [(30, 20), (17, 40), (120, 90), (1, 1)] {
            let scaled = try picture.scaled(width: size.0, height: size.1)
            #expect(scaled.width == size.0 && scaled.height == size.1)
            #expect(abs(mean(scaled) - mean(picture)) < 3, "\(size)")
        }
        let plain = try Picture(width: 9, height: 7, filledWith: RGB(10, 200, 77))
        let scaled = try plain.scaled(width: 23, height: 5)
        #expect(
            Set(stride(from: 0, to: scaled.pixels.count, by: 3).map { scaled.pixels[$0] }) == [10]
        )
    }

    @Test func `who is masked cannot be told from somebody else with the same mean`() throws {
        var random = SeededRandom(seed: 5)
        let box = BoundingBox(x: 16, y: 16, width: 64, height: 128)
        func person(_ order: [Int]) throws -> Picture {
            var pixels = [UInt8](repeating: 120, count: 96 * 160 * 3)
            for y in 0..<160 {
                for x in 0..<96 {
                    // A chequer of two colours: what lies where is the only difference.
                    let cell = order[(y % 4) * 4 + x % 4]
                    for channel in 0..<3 {
                        pixels[(y * 96 + x) * 3 + channel] = cell < 8 ? 60 : 180
                    }
                }
            }
            return try Picture(width: 96, height: 160, pixels: pixels)
        }
        let one = try person(Array(0..<16))
        let other = try person(Array(0..<16).shuffled(using: &random))
        #expect(one != other)
        let maskedOne = one.masked(people: [box])
        let maskedOther = other.masked(people: [box])
        let area = BoundingBox(x: 20, y: 20, width: 56, height: 120)
        #expect(try maskedOne.cropped(area) == maskedOther.cropped(area))
        #expect(one.masked(people: [box], except: [box]) == one)
        #expect(maskedOne[2, 2] == one[2, 2], "what lies outside stays")
    }
}
