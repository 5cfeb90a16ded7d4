import Basics
public import Hosting
public import Identity
import Store

/// Documents for the wallet of somebody of the sample city.
public enum SampleWallet {
    /// Puts a document into a wallet: a page of a PDF that says that it is a sample.
    ///
    /// - Parameters:
    ///   - kind: What it is.
    ///   - fileName: What the file is called, with the ending `.pdf`.
    ///   - days: How many days ago it was issued.
    ///   - owner: Whose wallet it is.
    ///   - platform: The sample city.
    /// - Throws: `CaseError` where the wallet takes no more, or what the store throws.
    public static func add(
        _ kind: WalletKind,
        named fileName: String,
        issuedDaysAgo days: Int,
        to owner: Actor,
        on platform: Platform
    ) async throws {
        let file = try CaseFile(name: fileName, bytes: Array(content.utf8))
        let now = platform.time.now()
        let document = WalletDocument(
            id: RandomName.make(byteCount: 12),
            accountID: owner.id ?? "",
            kind: kind,
            title: "",
            fileName: file.name,
            mediaType: file.kind.rawValue,
            byteCount: file.bytes.count,
            digest: try await platform.store.blobs.put(file.salted()).id.rawValue,
            issuedOn: now.date.adding(days: -days),
            createdAt: now
        )
        try await platform.store.write { try WalletKeeping(by: owner).add(document, in: $0) }
    }

    /// An empty page with a word on it (ISO 32000-1 §7.5); readers find its objects without a table.
    private static let content = """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
        /Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
        4 0 obj<</Length 43>>stream
        BT /F 36 Tf 220 700 Td (SAMPLE) Tj ET
        endstream endobj
        trailer<</Root 1 0 R>>
        %%EOF

        """
}
