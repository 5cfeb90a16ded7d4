import Basics
import Store

extension AuditAction {
    static let publishEdition = AuditAction(
        "procurement.publish",
        Bilingual("발주계획을 공개함", "Published the plans")
    )
    static let readSource = AuditAction(
        "procurement.readSource",
        Bilingual("올린 파일을 봄", "Looked at the uploaded file")
    )
}
