import CCurl
import Glibc

/// An address taken apart by the same parser that will connect to it.
///
/// Two parsers that read an address differently are how guards are passed by, so libcurl's own is used.
struct OutboundAddress: Sendable, Hashable {
    let url: String
    let scheme: String
    /// In lowercase and in ASCII (RFC 5891), without the brackets of IPv6.
    let host: String
    let port: Int

    init(_ text: String, relativeTo base: OutboundAddress? = nil) throws(CourierError) {
        guard let handle = curl_url() else {
            throw CourierError(.transferFailed, context: "curl_url")
        }
        defer { curl_url_cleanup(handle) }
        for part in [base?.url, text].compactMap(\.self) {
            let status = curl_url_set(
                handle,
                CURLUPART_URL,
                part,
                UInt32(CURLU_DISALLOW_USER | CURLU_NO_DEFAULT_PORT)
            )
            guard status == CURLUE_OK else {
                throw CourierError(.badAddress, context: "\(part): \(status.rawValue)")
            }
        }
        func part(_ which: CURLUPart, _ flags: Int32 = 0) -> String? {
            var pointer: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, which, &pointer, UInt32(flags)) == CURLUE_OK, let pointer
            else { return nil }
            defer { curl_free(pointer) }
            return String(cString: pointer)
        }
        guard let url = part(CURLUPART_URL), let scheme = part(CURLUPART_SCHEME),
            scheme == "http" || scheme == "https", let host = part(CURLUPART_HOST, CURLU_PUNYCODE),
            !host.isEmpty,
            let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap(Int.init)
        else { throw CourierError(.badAddress, context: text) }
        self.url = url
        self.scheme = scheme
        self.host = host.lowercased().trimmingBrackets
        self.port = port
    }

    var origin: String { "\(scheme)://\(host):\(port)" }
}

extension String {
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}

/// Keeps the courier out of the house: server-side request forgery ends here.
///
/// The name is resolved once, every address it has must be public, and libcurl is pinned to those; a
/// name that changes its mind between the check and the connection (DNS rebinding) finds the door
/// below, which is asked with the very address of each socket.
struct AddressGuard: Sendable {
    /// Hosts, `host` or `host:port`, that may lie in a private network.
    let allowedPrivateHosts: Set<String>

    func allowsPrivate(_ address: OutboundAddress) -> Bool {
        allowedPrivateHosts.contains(address.host)
            || allowedPrivateHosts.contains("\(address.host):\(address.port)")
    }

    /// The addresses to connect to, all of them admitted.
    func addresses(of target: OutboundAddress) throws(CourierError) -> [IPAddress] {
        let addresses = try AddressGuard.resolve(target.host)
        guard !allowsPrivate(target) else { return addresses }
        if let inside = addresses.first(where: { !$0.isPublic }) {
            throw CourierError(.addressRefused, context: "\(target.host) is \(inside.text)")
        }
        return addresses
    }

    static func resolve(_ host: String) throws(CourierError) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        guard status == 0 else {
            throw CourierError(
                .unresolvable,
                context: "\(host): \(String(cString: gai_strerror(status)))"
            )
        }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr, let ip = IPAddress(UnsafePointer(address)),
                !addresses.contains(ip)
            {
                addresses.append(ip)
            }
            next = entry.pointee.ai_next
        }
        guard !addresses.isEmpty else { throw CourierError(.unresolvable, context: host) }
        return addresses
    }
}
