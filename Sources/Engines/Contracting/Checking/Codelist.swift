/// A closed codelist of OCDS 1.1.5: no other code may be used.
struct Codelist: Sendable {
    let name: String
    let codes: Set<String>

    private init(_ name: String, _ codes: String) {
        self.name = name
        self.codes = Set(codes.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    static let releaseTag = Codelist(
        "releaseTag",
        """
        planning planningUpdate tender tenderAmendment tenderUpdate tenderCancellation award
        awardUpdate awardCancellation contract contractUpdate contractAmendment implementation
        implementationUpdate contractTermination compiled
        """
    )
    static let initiationType = Codelist("initiationType", "tender")
    static let tenderStatus = Codelist(
        "tenderStatus",
        "planning planned active cancelled unsuccessful complete withdrawn"
    )
    static let method = Codelist("method", "open selective limited direct")
    static let procurementCategory = Codelist("procurementCategory", "goods works services")
    static let awardStatus = Codelist("awardStatus", "pending active cancelled unsuccessful")
    static let contractStatus = Codelist("contractStatus", "pending active cancelled terminated")
    static let milestoneStatus = Codelist("milestoneStatus", "scheduled met notMet partiallyMet")
    /// ISO 4217, with the codes that were withdrawn.
    static let currency = Codelist(
        "currency",
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL
        BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF
        DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG
        HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP
        LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN
        NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
        SEK SGD SHP SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH
        UGX USD USN UYI UYU UYW UZS VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XDR XOF
        XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWL ADP AFA ALK AOK AON AOR ARA ARP ARY ATS
        AYM AZM BAD BEC BEF BEL BGJ BGK BGL BOP BRB BRC BRE BRN BRR BUK BYB BYR CHC CSD CSJ
        CSK CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE GNS GQE GRD GWE GWP
        HRD IEP ILP ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MGF MLF MRO MTL MTP MVQ
        MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT SKK SRG STD SUR
        TJR TMM TPE TRL UAK UGS UGW USS UYN UYP VEB VEF VNC XEU XFO XFU XRE YDD YUD YUM YUN
        ZAL ZMK ZRN ZRZ ZWC ZWD ZWN ZWR
        """
    )
}
