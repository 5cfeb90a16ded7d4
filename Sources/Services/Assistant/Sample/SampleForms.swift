import Basics
import Store
import Tabular

/// The blank forms that the sample handbook names, as workbooks to fill in.
enum SampleForms {
    private static let lines = ["부서", "직급", "성명", "신청일", "기간", "내용과 사유", "붙임", "서명"]

    /// A blank form; every one says that it is a sample.
    static func workbook(_ name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = XLSXWriter { bytes += $0 }
        try writer.beginSheet(
            "서식",
            columns: [XLSXColumn("\(name) (표본)", width: 24), XLSXColumn("적는 곳", width: 48)]
        )
        for line in lines { try writer.write([.text(line), .text("")]) }
        try writer.finish()
        return bytes
    }

    /// The attachments of a document with their files kept in the store.
    static func kept(
        _ attachments: [KnowledgeDocument.Attachment],
        in store: Store
    ) async throws -> [KnowledgeDocument.Attachment] {
        var kept: [KnowledgeDocument.Attachment] = []
        for attachment in attachments {
            var attachment = attachment
            let bytes = try workbook(attachment.name)
            attachment.digest = try await store.blobs.put(bytes).id.rawValue
            attachment.fileName = "\(attachment.name) (표본).xlsx"
            kept.append(attachment)
        }
        return kept
    }
}
