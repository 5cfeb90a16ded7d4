import Testing

@testable import Drawing

/// Vectors of the standards the engine follows.
@Suite struct `The standards of a draw` {
    struct Vector: Sendable {
        var secretKey: String
        var publicKey: String
        var input: String
        var proof: String
        var output: String
    }

    /// RFC 9381, appendix B.3, examples 16 to 18.
    static let vectors = [
        Vector(
            secretKey: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            input: "",
            proof: "8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f"
                + "26f8a57ccaed74ee1b190bed1f479d9727d2d0f9b005a6e456a35d4fb0daab12"
                + "68a1b0db10836d9826a528ca76567805",
            output: "90cf1df3b703cce59e2a35b925d411164068269d7b2d29f3301c03dd757876ff"
                + "66b71dda49d2de59d03450451af026798e8f81cd2e333de5cdf4f3e140fdd8ae"
        ),
        Vector(
            secretKey: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            input: "72",
            proof: "f3141cd382dc42909d19ec5110469e4feae18300e94f304590abdced48aed593"
                + "3bf0864a62558b3ed7f2fea45c92a465301b3bbf5e3e54ddf2d935be3b67926d"
                + "a3ef39226bbc355bdc9850112c8f4b02",
            output: "eb4440665d3891d668e7e0fcaf587f1b4bd7fbfe99d0eb2211ccec90496310eb"
                + "5e33821bc613efb94db5e5b54c70a848a0bef4553a41befc57663b56373a5031"
        ),
        Vector(
            secretKey: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            input: "af82",
            proof: "9bc0f79119cc5604bf02d23b4caede71393cedfbb191434dd016d30177ccbf80"
                + "96bb474e53895c362d8628ee9f9ea3c0e52c7a5c691b6c18c9979866568add7a"
                + "2d41b00b05081ed0f58ee5e31b3a970e",
            output: "645427e5d00c62a23fb703732fa5d892940935942101e456ecca7bb217c61c45"
                + "2118fec1219202a0edcf038bb6373241578be7217ba85a2687f7a0310b2df19f"
        ),
    ]

    @Test(arguments: vectors)
    func `RFC 9381: keys, proofs and outputs are the published ones`(_ vector: Vector) throws {
        let secretKey = try #require(HexBytes(hex: vector.secretKey)).bytes
        let input = try #require(HexBytes(hex: vector.input)).bytes
        let publicKey = try EdwardsVRF.publicKey(of: secretKey)
        let proof = try EdwardsVRF.proof(for: input, secretKey: secretKey)
        #expect(publicKey.hex == vector.publicKey)
        #expect(proof.hex == vector.proof)
        let output = EdwardsVRF.output(of: proof, for: input, publicKey: publicKey)
        #expect(output?.hex == vector.output)
    }

    @Test func `RFC 9381: a proof changed in any byte proves nothing`() throws {
        let vector = Self.vectors[1]
        let proof = try #require(HexBytes(hex: vector.proof))
        let key = try #require(HexBytes(hex: vector.publicKey))
        for index in proof.bytes.indices {
            var changed = proof
            changed.bytes[index] ^= 1
            #expect(EdwardsVRF.output(of: changed, for: [0x72], publicKey: key) == nil)
        }
        #expect(EdwardsVRF.output(of: proof, for: [0x73], publicKey: key) == nil)
        let shorter = HexBytes(Array(proof.bytes.dropLast()))
        #expect(EdwardsVRF.output(of: shorter, for: [0x72], publicKey: key) == nil)
    }

    /// Points that RFC 8032 or the group's order rule out: zero, order 2, order 8, y not below the
    /// prime, a sign on x = 0.
    @Test(arguments: [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "01",
    ])
    func `a key that is no point of the group is refused`(_ hex: String) throws {
        #expect(!EdwardsVRF.isUsable(publicKey: try #require(HexBytes(hex: hex))))
    }

    @Test func `RFC 3797: the worked example of section 6 comes out`() throws {
        let inputs: [(InputForm, String)] = [
            (.number, "9319"), (.set, "2, 5, 12, 8, 10"), (.set, "9, 18, 26, 34, 41, 45"),
        ]
        let keyString = try inputs.map { try $0.canonical($1) }.joined()
        #expect(keyString == "9319./2.5.8.10.12./9.18.26.34.41.45./")
        let digests = (0..<16).map { HexBytes(RFC3797.digest(of: keyString, at: $0)).hex }
        #expect(
            digests == [
                "990dd0a5692a029a98b5e01aa28f3459", "3691e55cb63fcc37914430b2f70b5ec6",
                "fe814edf564c190ac1d25753979990fa", "1863ccaceb568c31d7ddbdf1d4e91387",
                "f4ab33df4889f0af29c513905be1d758", "13eaeb529f61acfb9a29d0ba3a60de4a",
                "992db77c382ca2bdb9727001f3cdccd9", "63ab4258eca922976811c7f55c383ce7",
                "dfbc5ac97ced01b3a6e348e3cc63f40d", "31cb111c4a4ebe9287ceae16fe51b909",
                "07fa46c122f164c215bbc72793b189a3", "ac52f8d75ccbe2e61afeb3387637d501",
                "53306f73e14fc0b2fbf434218d25948e", "b5d1403501a81f9a47318be7893b347c",
                "85b10b356aa06663ef1b1b407765100a", "3269e6ce559abd57e2ba6aab495eb9bd",
            ]
        )
        #expect(
            try RFC3797.selection(keyString: keyString, poolSize: 25, count: 16)
                == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4]
        )
    }

    @Test(arguments: [(0, 0), (65_536, 1), (10, 11), (10, -1)])
    func `RFC 3797: an impossible pool is refused`(_ size: Int, _ count: Int) {
        #expect(throws: DrawingError.self) {
            try RFC3797.selection(keyString: "1./", poolSize: size, count: count)
        }
    }

    @Test(arguments: [
        (InputForm.number, "2,731.90", "2731.90./"), (.number, "007", "7./"),
        (.number, "0.50", "0.50./"), (.number, "000", "0./"), (.set, "12 5,2", "2.5.12./"),
        (.sequence, "12 5,2", "12.5.2./"), (.text, " W 4-1 이김 ß", "W41/"),
    ])
    func `a public value has one form`(_ form: InputForm, _ text: String, _ canonical: String)
        throws
    {
        #expect(try form.canonical(text) == canonical)
    }

    @Test(arguments: [
        (InputForm.number, ""), (.number, "1.2.3"), (.number, "12a"), (.number, "."),
        (.set, "1 2 x"), (.set, " , "), (.sequence, "+5"), (.sequence, "12345678901234567890"),
        (.text, "코스피"), (.text, String(repeating: "A", count: 1001)),
    ])
    func `a public value without a form is refused`(_ form: InputForm, _ text: String) {
        #expect(throws: DrawingError.self) { try form.canonical(text) }
    }
}
