import Korean
import Testing

@Suite struct ParticleTests {
    @Test(
        arguments: [
            ("서울", "서울은"), ("대구", "대구는"), ("CCTV", "CCTV는"), ("URL", "URL은"), ("AR", "AR은"),
            ("VPN", "VPN은"), ("portal", "portal은"), ("server", "server는"), ("online", "online은"),
            ("2023", "2023은"), ("10", "10은"), ("2", "2는"), ("34.3%", "34.3%는"),
            ("서울(수도)", "서울(수도)는"),
            ("", "은(는)"), ("🤖", "🤖은(는)"),
        ])
    func `the topic particle follows the last sound`(word: String, sentence: String) {
        #expect(Particle.topic.attach(word) == sentence)
    }

    @Test(
        arguments: [
            ("서울", "서울로"), ("부산", "부산으로"), ("대구", "대구로"), ("1", "1로"), ("3", "3으로"),
            ("7", "7로"), ("URL", "URL로"), ("20", "20으로"),
            ("1,000,000,000,000", "1,000,000,000,000로"),
            ("3.10", "3.10으로"), ("100,000,000", "100,000,000으로"), ("메타버스", "메타버스로"),
        ])
    func `the direction particle is ro after rieul`(word: String, sentence: String) {
        #expect(Particle.direction.attach(word) == sentence)
    }

    @Test func `every particle has both its forms`() {
        let closed = Particle.allCases.map { $0.attach("예산") }
        let open = Particle.allCases.map { $0.attach("복지") }
        #expect(closed == ["예산은", "예산이", "예산을", "예산으로", "예산과", "예산이나"])
        #expect(open == ["복지는", "복지가", "복지를", "복지로", "복지와", "복지나"])
    }

    @Test func `a decomposed word takes the same particle`() {
        #expect(Particle.subject.form(after: "\u{1109}\u{1165}\u{110B}\u{116E}\u{11AF}") == "이")
    }
}
