/// What a file of contracting data holds and what is wrong with it.
public struct ContractingReport: Sendable, Hashable, Codable {
    /// How the data was packed.
    public var packaging: ReleaseReader.Packaging?
    /// How many packages there were.
    public var packageCount = 0
    /// How many releases there were, those in records not counted.
    public var releaseCount = 0
    /// How many records there were.
    public var recordCount = 0
    /// The addresses of the extensions the packages name: listed, never fetched.
    public var extensions: [String] = []
    /// How often each kind of finding occurred, by its code.
    public var counts: [String: Int] = [:]
    /// The findings, at most `ContractingLimits.maximumFindingCount`.
    public var findings: [ContractingFinding] = []

    /// How many findings mean that the data is not valid OCDS.
    public var errorCount: Int { count(of: .error) }
    /// How many findings mean that the data does not hold together.
    public var warningCount: Int { count(of: .warning) }

    private func count(of severity: ContractingFinding.Severity) -> Int {
        counts.reduce(0) { sum, entry in
            ContractingFinding.Code(rawValue: entry.key)?.severity == severity
                ? sum + entry.value : sum
        }
    }

    /// Reads and checks data of any usual packaging, one release at a time.
    ///
    /// Throws `ContractingError` where the data cannot be read at all.
    public static func check(_ reader: ReleaseReader) throws -> ContractingReport {
        try check(reader, limits: ContractingLimits())
    }

    /// Reads and checks data, keeping at most as many findings as the limits say.
    public static func check(
        _ reader: ReleaseReader,
        limits: ContractingLimits
    ) throws -> ContractingReport {
        var reader = reader
        var check = ReleaseCheck(limits: limits)
        var report = ContractingReport()
        while let entry = try reader.next() {
            switch entry {
            case .release(let release, let path):
                report.releaseCount += 1
                check.check(release, at: path)
            case .record(let record, let path):
                report.recordCount += 1
                check.check(record, at: path)
            }
        }
        for package in reader.packages {
            check.check(package.metadata, at: package.path)
            for address in package.metadata.extensions where !report.extensions.contains(address) {
                report.extensions.append(address)
            }
        }
        if report.releaseCount + report.recordCount == 0 { check.reportEmptyPackage() }
        report.packaging = reader.packaging
        report.packageCount = reader.packageCount
        report.findings = check.findings
        for (code, count) in check.counts { report.counts[code.rawValue] = count }
        return report
    }
}
