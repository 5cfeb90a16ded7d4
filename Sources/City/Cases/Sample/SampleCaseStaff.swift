import Basics
import City
public import Hosting

/// Who works on applications in the sample city.
public enum SampleCaseStaff {
    /// Who takes in applications for people.
    public static let welfareOfficer = SamplePerson(
        staff: "welfare",
        Bilingual("동 복지 담당자", "Neighbourhood welfare officer"),
        organization: Organization.sampleCity.id
    )
    /// Who reviews them.
    public static let officer = SamplePerson(
        staff: "benefits",
        Bilingual("심사 담당자", "Case officer"),
        organization: Organization.sampleCity.id,
        roles: [.caseOfficer]
    )
    /// Who decides where a second person has to.
    public static let approver = SamplePerson(
        staff: "approver",
        Bilingual("지원사업 결재자", "Case approver"),
        organization: Organization.sampleCity.id,
        roles: [.caseApprover]
    )

    static let all = [officer, welfareOfficer, approver]
}
