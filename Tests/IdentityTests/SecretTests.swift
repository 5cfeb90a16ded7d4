import Basics
import Glibc
import Testing

@testable import Identity

@Suite struct `One-time codes` {
    /// RFC 6238, appendix B: SHA-1, eight digits.
    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)]
    )
    func `the vectors of RFC 6238 hold`(_ seconds: Int64, _ code: String) {
        let generator = OneTimeCode(secret: Array("12345678901234567890".utf8))
        let step = OneTimeCode.step(at: Instant(millisecondsSinceEpoch: seconds * 1000))
        #expect(generator.code(step: step, digitCount: 8) == code)
        #expect(generator.code(step: step) == String(code.suffix(6)))
    }

    @Test func `a code counts one step early or late, and once`() {
        let generator = OneTimeCode(secret: Array("12345678901234567890".utf8))
        let now = Instant(millisecondsSinceEpoch: 1_700_000_015_000)
        let step = OneTimeCode.step(at: now)
        for offset: Int64 in -3...3 {
            let code = generator.code(step: step + offset)
            let match = generator.matchingStep(code, at: now, lastUsedStep: nil)
            #expect((match == step + offset) == (abs(offset) <= 1))
        }
        let code = generator.code(step: step)
        #expect(generator.matchingStep(code, at: now, lastUsedStep: step) == nil)
        #expect(generator.matchingStep(code, at: now, lastUsedStep: step - 1) == step)
        #expect(generator.matchingStep("", at: now, lastUsedStep: nil) == nil)
    }

    @Test func `the address carries the secret and names the account`() {
        let uri = OneTimeCode(secret: Array("12345678901234567890".utf8))
            .uri(issuer: "해치", account: "a@b.example")
        #expect(
            uri == "otpauth://totp/%ED%95%B4%EC%B9%98:a%40b.example"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%ED%95%B4%EC%B9%98"
                + "&algorithm=SHA1&digits=6&period=30"
        )
    }
}

@Suite struct `Encodings of RFC 4648` {
    @Test(arguments: [
        ("", "", "", ""), ("f", "Zg==", "MY", "66"), ("fo", "Zm8=", "MZXQ", "666f"),
        ("foo", "Zm9v", "MZXW6", "666f6f"), ("foob", "Zm9vYg==", "MZXW6YQ", "666f6f62"),
        ("fooba", "Zm9vYmE=", "MZXW6YTB", "666f6f6261"),
        ("foobar", "Zm9vYmFy", "MZXW6YTBOI", "666f6f626172"),
    ])
    func `the vectors hold`(_ text: String, _ base64: String, _ base32: String, _ hex: String) {
        let bytes = Array(text.utf8)
        #expect(Encodings.base64(bytes) == base64)
        #expect(Encodings.base32(bytes) == base32)
        #expect(Encodings.hex(bytes) == hex)
        #expect(Encodings.bytes(hex: hex.uppercased()) == bytes)
        #expect(Encodings.bytes(base64URL: Encodings.base64URL(bytes)) == bytes)
    }

    @Test(arguments: ["Zh", "Z", "Zg==", "Zm9v+", "Zm 9", "한글"])
    func `only the one spelling of a value is read`(_ text: String) {
        #expect(Encodings.bytes(base64URL: text) == nil)
    }
}

@Suite struct `Sealed secrets` {
    @Test func `what is sealed opens for the same purpose only`() throws {
        let box = try SecretBox.ephemeral()
        let sealed = try box.seal(Array("비밀".utf8), for: "row 1")
        #expect(try box.open(sealed, for: "row 1") == Array("비밀".utf8))
        #expect(try box.seal(Array("비밀".utf8), for: "row 1") != sealed)
        #expect(throws: IdentityError.self) { try box.open(sealed, for: "row 2") }
        #expect(throws: IdentityError.self) {
            try SecretBox.ephemeral().open(sealed, for: "row 1")
        }
    }

    @Test func `a change of any byte, and any cut, is noticed`() throws {
        let box = try SecretBox.ephemeral()
        let sealed = try box.seal([1, 2, 3], for: "x")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: IdentityError.self) { try box.open(changed, for: "x") }
            #expect(throws: IdentityError.self) {
                try box.open(Array(sealed[..<index]), for: "x")
            }
        }
    }

    @Test func `an old key opens and the new one seals`() throws {
        let old = [UInt8](repeating: 1, count: 32)
        let new = [UInt8](repeating: 2, count: 32)
        let sealed = try SecretBox(key: old).seal([9], for: "x")
        let box = try SecretBox(key: new, previous: [old])
        #expect(try box.open(sealed, for: "x") == [9])
        let fresh = try box.seal([9], for: "x")
        #expect(throws: IdentityError.self) { try SecretBox(key: old).open(fresh, for: "x") }
    }

    @Test func `the key file is made for its owner alone, read again, and refused when open`()
        throws
    {
        let folder = TemporaryFolder()
        let path = folder.path + "/key"
        let sealed = try SecretBox.load(setting: nil, keyFile: path).seal([5], for: "x")
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(try SecretBox.load(setting: nil, keyFile: path).open(sealed, for: "x") == [5])
        chmod(path, 0o644)
        let error = #expect(throws: IdentityError.self) {
            try SecretBox.load(setting: nil, keyFile: path)
        }
        #expect(error?.code == .secretKey)
    }

    @Test func `the setting's key comes before the file, and a short one is refused`() throws {
        let key = String(repeating: "ab", count: 32)
        let folder = TemporaryFolder()
        let path = folder.path + "/never"
        let box = try SecretBox.load(
            setting: "\(key),\(String(repeating: "cd", count: 32))",
            keyFile: path
        )
        let same = try SecretBox(key: [UInt8](repeating: 0xAB, count: 32))
        #expect(box.keyID == same.keyID)
        #expect(access(path, F_OK) != 0)
        #expect(throws: IdentityError.self) {
            try SecretBox.load(setting: "abcd", keyFile: path)
        }
    }
}
