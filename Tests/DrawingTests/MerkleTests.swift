import Testing

@testable import Drawing

@Suite struct `The tree of entrants` {
    /// RFC 6962 §2.1 as it is written, by recursion.
    private static func hash(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        if leaves.count == 1 { return DrawHash.plain([0] + leaves[leaves.startIndex]) }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        return DrawHash.plain([1] + hash(leaves.prefix(split)) + hash(leaves.dropFirst(split)))
    }

    private static func tree(_ leaves: [[UInt8]]) -> MerkleTree {
        MerkleTree(leafCount: leaves.count) { $1 += leaves[$0] }
    }

    /// The leaves that Certificate Transparency logs test with; the roots by hashlib.
    @Test(arguments: [
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ])
    func `has the known roots`(_ count: Int, _ root: String) throws {
        let leaves = try [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ].map { try #require(HexBytes(hex: $0)).bytes }
        #expect(Self.tree(Array(leaves.prefix(count))).root.hex == root)
    }

    @Test func `has the root of the recursion, and every leaf its way there`() {
        for count in 1...70 {
            let leaves = (0..<count).map { Array("entrant \($0)".utf8) }
            let tree = Self.tree(leaves)
            #expect(tree.root.bytes == Self.hash(leaves[...]))
            for (index, leaf) in leaves.enumerated() {
                let path = tree.path(to: index)
                #expect(
                    MerkleTree.root(of: leaf, at: index, in: count, path: path) == tree.root
                )
            }
        }
    }

    @Test func `no other leaf, place or way leads to the root`() {
        let count = 21
        let leaves = (0..<count).map { Array("entrant \($0)".utf8) }
        let tree = Self.tree(leaves)
        for index in leaves.indices {
            let path = tree.path(to: index)
            func leads(_ leaf: Int, _ place: Int, _ path: [HexBytes]) -> Bool {
                MerkleTree.root(of: leaves[leaf], at: place, in: count, path: path) == tree.root
            }
            for other in leaves.indices where other != index {
                #expect(!leads(other, index, path))
                #expect(!leads(index, other, path))
            }
            #expect(!leads(index, -1, path) && !leads(index, count, path))
            #expect(!leads(index, index, path.dropLast()))
            #expect(!leads(index, index, path + [tree.root]))
            for step in path.indices {
                var changed = path
                changed[step].bytes[0] ^= 1
                #expect(!leads(index, index, changed))
            }
        }
    }

    @Test func `an entrant's proof can be kept as a file`() throws {
        let entrants = try Samples.entrants(30)
        let committed = try CommittedDraw(rule: Samples.rule(), entrants: entrants.reversed())
        for entrant in entrants {
            let proof = try committed.proof(of: entrant.receipt)
            #expect(proof.holds)
            #expect(try EntrantProof.read(proof.bytes) == proof)
        }
        var forged = try committed.proof(of: "R-2026-00003")
        forged.entrant = try DrawEntrant(receipt: "R-2026-00003", stratum: "2")
        #expect(!forged.holds)
        #expect(throws: DrawingError.self) { try committed.proof(of: "R-2026-99999") }
    }
}
