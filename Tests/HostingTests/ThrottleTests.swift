import Basics
import CityTesting
import HTTPTypes
import Testing

@testable import Hosting

@Suite struct `Too much at once` {
    @Test func `a sign-up over the limit gets 429, a time to come back, and forgets nothing`()
        async throws
    {
        try await CityClient.with(house) { client in
            func signUp() async throws -> CityClient.Answer {
                try await client.post(
                    "/sign-up",
                    [
                        "kind": "company", "name": "견본 상사", "login": "resident@sample.example",
                        "password": "비 오는 날 파전",
                    ]
                )
            }
            for _ in 1...20 {
                let refused = try await signUp()
                #expect(refused.status == 422)
            }
            let answer = try await signUp()
            #expect(answer.status == 429)
            #expect(answer.headers[.retryAfter] == "30")
            #expect(answer.body.contains("30초 뒤에 다시") && answer.body.contains("견본 상사"))
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test func `a sign-in over the limit gets 429 too`() async throws {
        try await CityClient.with(house) { client in
            var statuses: [Int] = []
            for _ in 1...11 {
                let answer = try await client.post(
                    "/sign-in",
                    ["login": "resident@sample.example", "password": "wrong"]
                )
                statuses.append(answer.status)
            }
            #expect(statuses == Array(repeating: 422, count: 10) + [429])
        }
    }
}
