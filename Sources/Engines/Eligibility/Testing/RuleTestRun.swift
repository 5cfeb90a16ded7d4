public import Basics

/// What came of the tests beside the rules.
public struct RuleTestReport: Sendable, Hashable, Codable {
    /// Something that came out otherwise than expected.
    public struct Failure: Sendable, Hashable, Codable {
        /// The test.
        public var test: String
        /// Where it stands.
        public var position: RulePosition
        /// The programme; nil where the whole situation is meant.
        public var programme: String?
        /// What was expected and what came.
        public var message: Bilingual
    }

    /// How many tests were run.
    public var testCount: Int
    /// How many expectations were held against a judgement.
    public var expectationCount: Int
    /// What failed.
    public var failures: [Failure]
}

extension CompiledCatalogue {
    /// Runs the tests that stand beside the rules.
    public func runTests() -> RuleTestReport {
        var report = RuleTestReport(testCount: 0, expectationCount: 0, failures: [])
        for test in catalogue.tests {
            report.testCount += 1
            let differences = run(test, &report.expectationCount)
            for (programme, message) in differences {
                report.failures.append(
                    .init(
                        test: test.name,
                        position: test.position,
                        programme: programme,
                        message: message
                    )
                )
            }
        }
        return report
    }

    private func run(_ test: RuleTest, _ count: inout Int) -> [(String?, Bilingual)] {
        do {
            let sheet = try FactSheet(test.situation, in: self)
            if test.contradicts {
                return [(nil, Bilingual("모순으로 거절되어야 합니다.", "It must be refused as contradicting."))]
            }
            var judge = Judge(self, on: test.situation.date)
            var differences: [(String?, Bilingual)] = []
            for expectation in test.expectations {
                let judgement = try judge.judgement(of: expectation.programme, sheet)
                for message in expectation.differences(from: judgement, &count) {
                    differences.append((expectation.programme, message))
                }
                for (name, expected) in expectation.members.sorted(by: { $0.key < $1.key }) {
                    let member = judgement.members.first { $0.name == name }
                    let messages =
                        member.map { expected.differences(from: $0.judgement, &count) }
                        ?? [Bilingual("판정하지 않았습니다.", "not judged")]
                    differences += messages.map { message in
                        let text = Bilingual(
                            "\(name): \(message.korean)",
                            "\(name): \(message.english)"
                        )
                        return (expectation.programme, text)
                    }
                }
            }
            return differences
        } catch let error as EligibilityError {
            if test.contradicts, error.code == .contradiction { return [] }
            return [(nil, error.message)]
        } catch {
            return [(nil, Bilingual(same: "\(error)"))]
        }
    }
}

extension RuleTest.Expectation {
    /// How a judgement differs from what is expected.
    fileprivate func differences(from judgement: Judgement, _ count: inout Int) -> [Bilingual] {
        var result: [Bilingual] = []
        func compare<Value: Equatable>(
            _ name: Bilingual,
            _ expected: Value?,
            _ found: Value?,
            _ text: (Value) -> String
        ) {
            guard let expected else { return }
            count += 1
            guard expected != found else { return }
            let came = found.map(text) ?? "–"
            result.append(
                Bilingual(
                    "\(name.korean): \(text(expected)) 기대, \(came) 나옴",
                    "\(name.english): expected \(text(expected)), got \(came)"
                )
            )
        }
        let names = { (names: Set<String>) in "[\(names.sorted().joined(separator: ", "))]" }
        var deadline: LocalDate?
        if case .open(let until) = judgement.window { deadline = until }
        compare(Bilingual("판정", "verdict"), verdict, judgement.verdict) { $0.rawValue }
        compare(Bilingual("금액", "amount"), amount, judgement.estimate?.total) {
            FactType.exact($0, .korean)
        }
        compare(Bilingual("마감", "deadline"), self.deadline, deadline) { $0.iso }
        compare(
            Bilingual("안 되는 조항", "failing"),
            failing,
            Set(judgement.failing),
            names
        )
        compare(Bilingual("모르는 조항", "open"), open, Set(judgement.open), names)
        compare(
            Bilingual("기다릴 날", "waitUntil"),
            waitUntil,
            judgement.remedy?.waitUntil
        ) { $0.iso }
        return result
    }
}
