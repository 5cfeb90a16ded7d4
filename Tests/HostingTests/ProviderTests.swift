import Basics
import CityTesting
import HTTPTypes
import Testing

@testable import Hosting

private let now = Instant(millisecondsSinceEpoch: 1_674_572_400_000)
private let officerLogin = "district.plan@sample.example"

extension CityClient {
    /// This browser with the cookies an answer sets.
    fileprivate func taking(_ answer: Answer) -> CityClient {
        answer.headers[values: .setCookie].reduce(self) { client, field in
            let pair = field.split(separator: ";")[0].split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            return client.with(cookie: String(pair[0]), String(pair[1]))
        }
    }

    /// Goes to the provider and comes back; the browser after it, and the last answer.
    fileprivate func through(
        _ provider: SmallProvider,
        return path: String = "/account"
    ) async throws -> (CityClient, Answer) {
        let departure = try await get("/sign-in/provider?return=\(path)")
        let address = try #require(departure.headers[.location])
        let browser = taking(departure)
        let arrival = try await browser.get(try provider.answer(to: address))
        return (browser.taking(arrival), arrival)
    }

    /// Links the provider's person to the account that is signed in.
    fileprivate func linking(_ provider: SmallProvider) async throws -> (CityClient, Answer) {
        let departure = try await submit("/account/provider", from: "/account", [:])
        let link = try #require(
            departure.body.firstMatch(of: /href="(https:\/\/login[^"]+)"/)
        )
        let browser = taking(departure)
        let address = String(link.1).replacing("&amp;", with: "&")
        let arrival = try await browser.get(try provider.answer(to: address))
        return (browser.taking(arrival), arrival)
    }
}

@Suite struct `Signing in with the organization` {
    private func city(_ body: (CityClient, SmallProvider) async throws -> Void) async throws {
        let provider = SmallProvider(now: now)
        try await CityClient.with(
            house,
            now: now,
            settings: SmallProvider.settings,
            providerFetcher: provider
        ) { try await body($0, provider) }
    }

    @Test func `a person without a linked account is told what to do, and is not let in`()
        async throws
    {
        try await city { client, provider in
            #expect(try await client.get("/sign-in").body.contains("/sign-in/provider"))
            let (browser, arrival) = try await client.through(provider)
            #expect(arrival.status == 400)
            #expect(arrival.body.contains("이어진 계정이 없습니다"))
            #expect(try await browser.get("/account").status == 401)
        }
    }

    @Test func `an account is linked from its own page, and from then on opens by the provider`()
        async throws
    {
        try await city { client, provider in
            let officer = try await client.signedIn(as: officerLogin)
            #expect(try await officer.get("/account").body.contains("기관 계정 잇기"))
            let (linked, arrival) = try await officer.linking(provider)
            #expect(arrival.status == 303 && arrival.headers[.location] == "/account")
            #expect(try await linked.get("/account").body.contains("기관 계정과 이어짐"))
            // The session from before the link is over.
            #expect(try await officer.get("/account").status == 401)

            let (browser, back) = try await client.through(provider, return: "/account/password")
            #expect(back.status == 303 && back.headers[.location] == "/account/password")
            let account = try await browser.get("/account").body
            #expect(account.contains("견본 구청 발주담당") && account.contains("기관 계정을 이음"))
        }
    }

    @Test func `a link is removed from its own page, and then opens nothing`() async throws {
        try await city { client, provider in
            let officer = try await client.signedIn(as: officerLogin)
            let (linked, _) = try await officer.linking(provider)
            let gone = try await linked.submit("/account/provider/remove", from: "/account", [:])
            #expect(gone.status == 303)
            let page = try await linked.get("/account").body
            #expect(page.contains("기관 계정 잇기"))
            #expect(page.contains("기관 계정 연결을 끊음"))
            #expect(try await client.through(provider).1.status == 400)
        }
    }

    @Test func `a person of the provider is linked to one account only`() async throws {
        try await city { client, provider in
            _ = try await client.signedIn(as: officerLogin).linking(provider)
            let other = try await client.signedIn(as: "city.plan@sample.example")
            let (_, refused) = try await other.linking(provider)
            #expect(refused.status == 400 && refused.body.contains("이미 다른 계정"))
            #expect(try await other.get("/account").body.contains("기관 계정 잇기"))
        }
    }

    @Test func `a link begun in one session is not finished by another`() async throws {
        try await city { client, provider in
            let officer = try await client.signedIn(as: officerLogin)
            let departure = try await officer.submit("/account/provider", from: "/account", [:])
            let link = try #require(
                departure.body.firstMatch(of: /href="(https:\/\/login[^"]+)"/)
            )
            let back = try provider.answer(
                to: String(link.1).replacing("&amp;", with: "&")
            )
            // The same browser, where somebody else has signed in meanwhile.
            let other = try await client.signedIn(as: "company@sample.example")
            let answer = try await other.taking(departure).get(back)
            #expect(answer.status == 400)
            #expect(try await other.get("/account").body.contains("기관 계정 잇기"))
        }
    }

    @Test func `a refused state opens nothing: another's, a used one, none`() async throws {
        try await city { client, provider in
            _ = try await client.signedIn(as: officerLogin).linking(provider)
            let departure = try await client.get("/sign-in/provider")
            let address = try #require(departure.headers[.location])
            let back = try provider.answer(to: address)
            let stranger = try await client.get(back)
            #expect(stranger.status == 400)
            let other = client.taking(try await client.get("/sign-in/provider"))
            #expect(try await other.get(back).status == 400)
            let browser = client.taking(departure)
            let forged = try await browser.get("/sign-in/provider/return?code=1&state=forged")
            #expect(forged.status == 400)
            #expect(try await browser.get(back).status == 303)
            #expect(try await browser.get(back).status == 400)
            let refused = try await browser.get("/sign-in/provider/return?error=access_denied")
            #expect(refused.status == 400)
        }
    }

    @Test func `a city without a provider offers none`() async throws {
        try await CityClient.with(house) { client in
            let statuses = try await [
                client.get("/sign-in/provider").status,
                client.get("/sign-in/provider/return").status,
            ]
            #expect(statuses == [404, 404])
            let account = try await client.signedIn(as: officerLogin).get("/account").body
            #expect(!account.contains("기관 계정 잇기"))
        }
    }
}
