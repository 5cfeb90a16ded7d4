import Glibc

/// An IPv4 or IPv6 address as bytes, and what kind of network it lies in.
public struct IPAddress: Sendable, Hashable {
    /// Four bytes, or sixteen.
    public let bytes: [UInt8]

    /// Reads the usual text form, `203.0.113.7` or `2001:db8::7`; no zone, no octal, no short forms.
    public init?(_ text: String) {
        var four = in_addr()
        var sixteen = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
            bytes = withUnsafeBytes(of: sixteen) { Array($0) }
        } else {
            return nil
        }
    }

    /// The address of a socket address, where it is one of the internet's.
    init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let four = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            bytes = withUnsafeBytes(of: four) { Array($0) }
        case AF_INET6:
            let sixteen = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            bytes = withUnsafeBytes(of: sixteen) { Array($0) }
        default: return nil
        }
    }

    /// The text form of RFC 5952.
    public var text: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return "" }
        return String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
    }

    /// Whether the address is one that the public internet routes to one host.
    ///
    /// Everything that the IANA special-purpose registries (RFC 6890 and its updates) keep for the
    /// machine, the site, the provider, documentation, multicast or the future is not. IPv6 forms that
    /// carry an IPv4 address are judged by the address they carry.
    public var isPublic: Bool {
        if bytes.count == 4 {
            return !IPAddress.specialFour.contains { $0.contains(bytes) }
        }
        if let carried = carriedFour { return carried.isPublic }
        // Only 2000::/3 is given out (IANA IPv6 global unicast space).
        return bytes[0] & 0xE0 == 0x20 && !IPAddress.specialSixteen.contains { $0.contains(bytes) }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The IPv4 address within a mapped, translated or 6to4 address (RFC 4291, 6052, 3056).
    private var carriedFour: IPAddress? {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        if bytes.starts(with: mapped) || bytes.starts(with: translated) {
            return IPAddress(bytes: Array(bytes[12...]))
        }
        if bytes.starts(with: [0x20, 0x02]) { return IPAddress(bytes: Array(bytes[2..<6])) }
        return nil
    }

    private struct Block {
        let prefix: [UInt8]
        let bitCount: Int

        init(_ prefix: [UInt8], _ bitCount: Int) {
            self.prefix = prefix
            self.bitCount = bitCount
        }

        func contains(_ bytes: [UInt8]) -> Bool {
            for (index, byte) in prefix.enumerated() {
                let bits = min(8, bitCount - index * 8)
                let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
                if (bytes[index] ^ byte) & mask != 0 { return false }
            }
            return true
        }
    }

    private static let specialFour = [
        Block([0], 8), Block([10], 8), Block([100, 64], 10), Block([127], 8),
        Block([169, 254], 16), Block([172, 16], 12), Block([192, 0, 0], 24),
        Block([192, 0, 2], 24), Block([192, 31, 196], 24), Block([192, 52, 193], 24),
        Block([192, 88, 99], 24), Block([192, 168], 16), Block([192, 175, 48], 24),
        Block([198, 18], 15), Block([198, 51, 100], 24), Block([203, 0, 113], 24),
        Block([224], 4), Block([240], 4),
    ]

    private static let specialSixteen = [
        Block([0x20, 0x01, 0x00], 23), Block([0x20, 0x01, 0x0D, 0xB8], 32),
        Block([0x26, 0x20, 0x00, 0x4F, 0x80, 0x00], 48), Block([0x3F, 0xFF, 0x00], 20),
    ]
}
