import Basics
import Testing

@testable import Identity

@Suite struct `The limits of signing up` {
    private let address = "198.51.100.7"

    @Test func `a hundred people of one office sign up at once, and six a minute after them`()
        throws
    {
        let clock = TestClock()
        var throttle = SignUpThrottle()
        for _ in 1...100 {
            try throttle.attempt(address: address, at: clock.now)
            throttle.ended(made: true, address: address)
        }
        let error = #expect(throws: IdentityError.self) {
            try throttle.attempt(address: address, at: clock.now)
        }
        #expect(error?.code == .tooManyAttempts && error?.retryAfterSeconds == 10)
        try throttle.attempt(address: "203.0.113.9", at: clock.now)
        clock.advance(seconds: 10)
        try throttle.attempt(address: address, at: clock.now)
    }

    @Test
    func `twenty refused sign-ups are heard at once, and made accounts do not count among them`()
        throws
    {
        let clock = TestClock()
        var throttle = SignUpThrottle()
        for index in 1...40 {
            try throttle.attempt(address: address, at: clock.now)
            throttle.ended(made: !index.isMultiple(of: 2), address: address)
        }
        let error = #expect(throws: IdentityError.self) {
            try throttle.attempt(address: address, at: clock.now)
        }
        #expect(error?.retryAfterSeconds == 30)
        clock.advance(seconds: 30)
        try throttle.attempt(address: address, at: clock.now)
    }

    @Test func `attempts side by side cannot slip past together`() {
        let clock = TestClock()
        var throttle = SignUpThrottle()
        var admittedCount = 0
        for _ in 1...60 where (try? throttle.attempt(address: address, at: clock.now)) != nil {
            admittedCount += 1
        }
        #expect(admittedCount == 20)
    }

    @Test func `a name that is taken counts as refused, an account that is made does not`()
        async throws
    {
        let house = try await House()
        _ = try await house.signUp()
        for _ in 1...20 {
            let error = await #expect(throws: IdentityError.self) { try await house.signUp() }
            #expect(error?.code == .unacceptableLoginName)
        }
        let error = await #expect(throws: IdentityError.self) {
            try await house.signUp("kim@city.example")
        }
        #expect(error?.code == .tooManyAttempts)
        house.clock.advance(seconds: 30)
        _ = try await house.signUp("kim@city.example")
    }
}
