import CPictures

extension Picture {
    /// A form in which pictures are kept.
    public enum FileForm: String, Sendable, Hashable, CaseIterable {
        /// ISO/IEC 10918-1, for photographs.
        case jpeg
        /// ISO/IEC 15948, without loss.
        case png

        /// The form that the first bytes of a file tell; nil for anything else.
        public init?(of bytes: some Collection<UInt8>) {
            if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
                self = .jpeg
            } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
                self = .png
            } else {
                return nil
            }
        }
    }

    /// Reads a JPEG or PNG file, told apart by its first bytes; a photo of a telephone is set upright.
    ///
    /// Nothing of a file but its pixels is kept: not the place, the time or the device that Exif names.
    ///
    /// - Throws: `VisionError` `badPicture`, `pictureTooLarge` or `unknownForm`.
    public init(file bytes: [UInt8]) throws {
        switch FileForm(of: bytes) {
        case .jpeg: self = try Picture(jpeg: bytes).upright(PictureOrientation(jpeg: bytes))
        case .png: try self.init(png: bytes)
        case nil: throw VisionError.unknownForm
        }
    }

    /// Reads a JPEG file.
    ///
    /// - Throws: `VisionError` `badPicture` (not a JPEG, cut off, of no size) or `pictureTooLarge`.
    public init(jpeg bytes: [UInt8]) throws {
        try self.init(bytes, size: haechi_jpeg_size, decode: haechi_jpeg_decode)
    }

    /// Reads a PNG file; what is transparent becomes white.
    ///
    /// - Throws: `VisionError` `badPicture` (not a PNG, cut off, of no size) or `pictureTooLarge`.
    public init(png bytes: [UInt8]) throws {
        try self.init(bytes, size: haechi_png_size, decode: haechi_png_decode)
    }

    /// The picture as a JPEG file.
    ///
    /// - Parameter quality: From 1 to 100.
    /// - Returns: The bytes of the file.
    /// - Throws: `VisionError` `badPicture` where memory is short.
    public func jpeg(quality: Int = 80) throws -> [UInt8] {
        try written { pixels, bytes, count, message in
            haechi_jpeg_encode(
                pixels,
                UInt32(width),
                UInt32(height),
                Int32(min(max(quality, 1), 100)),
                bytes,
                count,
                message
            )
        }
    }

    /// The picture as a PNG file.
    ///
    /// - Throws: `VisionError` `badPicture` where memory is short.
    public func png() throws -> [UInt8] {
        try written { pixels, bytes, count, message in
            haechi_png_encode(pixels, UInt32(width), UInt32(height), bytes, count, message)
        }
    }

    private typealias Message = UnsafeMutablePointer<CChar>

    private init(
        _ bytes: [UInt8],
        size: (
            UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UInt32>?,
            UnsafeMutablePointer<UInt32>?, Message?
        ) -> Int32,
        decode: (
            UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UInt8>?, UInt32, UInt32, Message?
        ) -> Int32
    ) throws {
        guard bytes.count <= Self.maximumFileSize else {
            throw VisionError.fileTooLarge(bytes.count, maximum: Self.maximumFileSize)
        }
        var width: UInt32 = 0
        var height: UInt32 = 0
        try explaining { size(bytes, bytes.count, &width, &height, $0) }
        // The size is known before a byte of the pixels is reserved.
        try Self.check(width: Int(width), height: Int(height))
        let count = Int(width) * Int(height) * 3
        let pixels = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            try explaining { decode(bytes, bytes.count, buffer.baseAddress, width, height, $0) }
            filled = count
        }
        self.init(checkedWidth: Int(width), height: Int(height), pixels: pixels)
    }

    private func written(
        _ encode: (
            UnsafePointer<UInt8>?, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?,
            UnsafeMutablePointer<Int>?, Message?
        ) -> Int32
    ) throws -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        try explaining { encode(pixels, &bytes, &count, $0) }
        defer { haechi_picture_free(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}

/// Turns the code and the message of the C side into an error.
private func explaining(_ call: (UnsafeMutablePointer<CChar>) -> Int32) throws {
    var message = [CChar](repeating: 0, count: Int(HAECHI_PICTURE_MESSAGE_SIZE))
    let code = message.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map(call) ?? Int32(HAECHI_PICTURE_MEMORY)
    }
    guard code != 0 else { return }
    let text = String(
        decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
        as: UTF8.self
    )
    throw code == Int32(HAECHI_PICTURE_TRUNCATED)
        ? VisionError.cutOff(text) : VisionError.badPicture(text)
}
