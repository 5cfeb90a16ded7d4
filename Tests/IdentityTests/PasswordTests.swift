import Basics
import Dispatch
import Testing

@testable import Identity

@Suite struct `Passwords` {
    @Test(arguments: [
        "short77", "password", "Password1!", "P@ssw0rd123", "12345678", "87654321", "aaaaaaaa",
        "abcabcabc", "12341234", "qwertyuiop", "1q2w3e4r", "1qaz2wsx", "asdfghjk", "iloveyou99",
        "dkssudgktpdy", "tjdnftlcj1!", "안녕하세요123", "abcdefgh1", "hong.gildong", "gildong@city",
        "hong.gildong1!", "haechi2026", "해치해치해치해치", "2023seoul!", "",
        String(repeating: "길고", count: 65),
    ])
    func `a password that guessers try first is refused`(_ password: String) {
        #expect(throws: IdentityError.self) {
            try PasswordPolicy.check(password, loginName: "hong.gildong@city.example")
        }
    }

    @Test(arguments: [
        "비 오는 날 파전", "correct horse battery", "xK9#mQ2v", "winter-otter-plum",
        "남산타워에서본노을", "tr0ub4dor&3x", "zebra lamp orbit",
    ])
    func `a password that is long and unusual is taken, whatever it is made of`(
        _ password: String
    ) throws {
        try PasswordPolicy.check(password, loginName: "hong.gildong@city.example")
    }

    @Test func `a hash verifies its own password and no other`() async throws {
        let hasher = try PasswordHasher(cost: .minimal)
        let hash = try await hasher.hash("비 오는 날 파전")
        #expect(hash.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
        #expect(try await hasher.verify("비 오는 날 파전", against: hash) == .right)
        #expect(try await hasher.verify("비 오는 날 부침", against: hash) == .wrong)
        #expect(try await hasher.verify("비 오는 날 파전", against: nil) == .wrong)
        #expect(try await hasher.hash("비 오는 날 파전") != hash)
    }

    @Test func `a hash of the reference implementation verifies, and is renewed`() async throws {
        // Argon2's own test vector: version 0x13, 64 MiB, two passes, one lane.
        let reference =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        let hasher = try PasswordHasher(cost: .minimal)
        let verdict = try await hasher.verify("password", against: reference)
        guard case .rightAndRehashed(let renewed) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(try await hasher.verify("password", against: renewed) == .right)
    }

    @Test func `the recommended cost is 19 MiB and two passes`() async throws {
        let hash = try await PasswordHasher().hash("xK9#mQ2v")
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    }

    // Worker 1 and 2:  |-- held by the gate -----------------|
    // Waiting 1 to 3:         queued .......................|--|
    // The sixth:                  busy at once
    @Test func `work past both limits is refused at once and the rest is done`() async throws {
        let workers = BoundedWorkers(label: "test", maximumRunningCount: 2, maximumWaitingCount: 3)
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    do {
                        try await workers.run { gate.wait() }
                        return true
                    } catch let error as IdentityError where error.code == .busy {
                        // Only the refusal comes back while the gate is closed; it opens the gate.
                        for _ in 0..<5 { gate.signal() }
                        return false
                    }
                }
            }
            var doneCount = 0
            for try await isDone in group where isDone { doneCount += 1 }
            #expect(doneCount == 5)
        }
        #expect(try await workers.run { 7 } == 7)
    }
}

@Suite struct `Rate limits` {
    static func instant(_ milliseconds: Int64) -> Instant {
        Instant(millisecondsSinceEpoch: milliseconds)
    }

    @Test(arguments: 0..<50)
    func `the limiter agrees with a bucket of tokens counted by hand`(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let limit = RateLimit(
            intervalMilliseconds: Int64.random(in: 1...50, using: &random),
            burstCount: Int.random(in: 1...8, using: &random)
        )
        var limiter = RateLimiter(limit: limit)
        // The oracle: a bucket in thousandths of a token, filled millisecond by millisecond.
        var bucket = Int64(limit.burstCount) * limit.intervalMilliseconds
        let full = bucket
        var time: Int64 = 1_000_000
        for _ in 0..<400 {
            let step = Int64.random(in: 0...limit.intervalMilliseconds * 2, using: &random)
            for _ in 0..<step where bucket < full { bucket += 1 }
            time += step
            let admission = limiter.admit("key", at: Self.instant(time))
            if bucket >= limit.intervalMilliseconds {
                bucket -= limit.intervalMilliseconds
                #expect(admission == .admitted)
            } else {
                let wait = limit.intervalMilliseconds - bucket
                #expect(admission == .refused(retryAfterMilliseconds: wait))
            }
        }
    }

    @Test func `waiting as long as the refusal says is enough, and less is not`() {
        var limiter = RateLimiter(limit: RateLimit(intervalMilliseconds: 700, burstCount: 3))
        for _ in 0..<3 { #expect(limiter.admit("a", at: Self.instant(0)) == .admitted) }
        #expect(limiter.admit("a", at: Self.instant(1)) == .refused(retryAfterMilliseconds: 699))
        #expect(limiter.admit("a", at: Self.instant(699)) == .refused(retryAfterMilliseconds: 1))
        #expect(limiter.admit("a", at: Self.instant(700)) == .admitted)
    }

    @Test func `a flood of keys does not grow the table nor free the one that is blocked`() {
        var limiter = RateLimiter(
            limit: RateLimit(intervalMilliseconds: 60_000, burstCount: 2),
            maximumKeyCount: 100
        )
        for _ in 0..<2 { _ = limiter.admit("blocked", at: Self.instant(0)) }
        for number in 0..<5_000 {
            _ = limiter.admit("flood \(number)", at: Self.instant(1))
            #expect(limiter.keyCount <= 100)
        }
        #expect(limiter.admit("blocked", at: Self.instant(2)) != .admitted)
    }

    @Test func `addresses of one IPv6 subscriber count together`() {
        #expect(
            LoginThrottle.network(of: "2001:db8:1:2::7")
                == LoginThrottle.network(of: "2001:db8:1:2:ffff::9")
        )
        #expect(
            LoginThrottle.network(of: "2001:db8:1:2::7")
                != LoginThrottle.network(of: "2001:db8:1:3::7")
        )
        #expect(LoginThrottle.network(of: "198.51.100.7") == "198.51.100.7")
    }

    @Test func `a thousand people of one office sign in at nine o'clock`() throws {
        var throttle = LoginThrottle()
        for number in 0..<1000 {
            try throttle.attempt(account: "\(number)", address: "10.1.1.1", at: Self.instant(0))
            throttle.succeeded(account: "\(number)", address: "10.1.1.1")
        }
    }

    @Test func `an account is throttled from any address, and an address for any account`() throws {
        var throttle = LoginThrottle()
        for number in 0..<10 {
            try throttle.attempt(account: "a", address: "10.0.0.\(number)", at: Self.instant(0))
        }
        #expect(throws: IdentityError.self) {
            try throttle.attempt(account: "a", address: "10.0.1.1", at: Self.instant(0))
        }
        throttle.succeeded(account: "a", address: "10.0.0.1")
        try throttle.attempt(account: "a", address: "10.0.1.2", at: Self.instant(0))
        for number in 0..<60 {
            try throttle.attempt(account: "b\(number)", address: "10.9.9.9", at: Self.instant(0))
        }
        let error = #expect(throws: IdentityError.self) {
            try throttle.attempt(account: "c", address: "10.9.9.9", at: Self.instant(0))
        }
        #expect(error?.code == .tooManyAttempts)
        #expect(error?.retryAfterSeconds == 3)
    }
}
