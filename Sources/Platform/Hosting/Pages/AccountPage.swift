import Basics
import Identity
import Store
import Web

/// A person's own account: sign-in, sessions, and who looked at their data.
struct AccountPage {
    let actor: Actor
    let sessions: [SessionSummary]
    let trail: [AuditRecord]
    /// What stands in the trail, in words.
    let titles: [String: Bilingual]
    /// What they agreed to and can take back.
    let consents: [AccountConsent]
    /// Whether a provider's account is linked; nothing where the city has no provider.
    let isLinked: Bool?

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("내 계정", "My account"), link: Link("/account"))
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("내 계정", "My account"),
            lead: HTML(text: actor.account?.displayName ?? ""),
            main: """
                \(signIn(context))\(consentList(context))\(sessionList(context))\
                \(trailList(context))
                """,
            width: .wide
        )
    }

    private func signIn(_ context: PageContext) -> HTML {
        let add = form(action: Link("/account/second-factor"), context: context) {
            button(
                context.text("일회용 비밀번호(OTP) 설정", "Set up one-time codes"),
                style: .secondary
            )
        }
        let remove = form(action: Link("/account/second-factor/remove"), context: context) {
            button(context.text("일회용 비밀번호 해제", "Remove one-time codes"), style: .secondary)
        }
        return section(
            context.text("로그인 방법", "Signing in"),
            """
            <p><a href="/account/password">\(context.text("비밀번호 바꾸기", "Change your password"))</a> · \
            <a href="/account/keys">\(context.text("접근 열쇠(API)", "Access keys (API)"))</a></p>\
            \(actor.account?.assurance == .passwordAndOneTimeCode ? remove : add)\
            \(isLinked.map { provider($0, context) })
            """
        )
    }

    private func provider(_ isLinked: Bool, _ context: PageContext) -> HTML {
        guard !isLinked else {
            let remove = form(action: Link("/account/provider/remove"), context: context) {
                button(context.text("기관 계정 연결 끊기", "Unlink it"), style: .secondary)
            }
            return """
                <p>\(statusTag(
                    StatusTag(context.text("기관 계정과 이어짐", "Linked"), kind: .done))) \(context.text(
                        "기관 계정으로도 로그인할 수 있습니다.",
                        "You can sign in with your organization too."))</p>\(remove)
                """
        }
        return form(action: Link("/account/provider"), context: context) {
            button(
                context.text("기관 계정 잇기", "Link your organization account"),
                style: .secondary
            )
        }
    }

    private func consentList(_ context: PageContext) -> HTML {
        titledTable(
            context.text("동의한 것", "What I agreed to"),
            columns: [
                .init(context.text("내용", "What"), isRowHeader: true, isWide: true),
                .init(context.text("동의한 때", "Since")),
                .init(context.text("철회", "Withdraw")),
            ],
            rows: consents.map { consent in
                [
                    "\(consent.text[context.language])", dateText(consent.givenAt, in: context),
                    form(action: consent.action, context: context) {
                        button(
                            consent.withdrawal[context.language],
                            style: .quiet,
                            name: "action",
                            value: consent.actionName
                        )
                    },
                ]
            },
            emptyText: context.text(
                "동의한 것이 없습니다.",
                "Nothing was agreed to."
            ),
            in: context
        )
    }

    private func sessionList(_ context: PageContext) -> HTML {
        let rows: [[HTML]] = sessions.map { session in
            let isThis = session.id == actor.account?.sessionID
            let end = form(action: Link("/account/sessions/end"), context: context) {
                """
                \(hiddenField("session", session.id))\
                \(button(context.text("끝내기", "End"), style: .quiet))
                """
            }
            return [
                "\(session.agent.isEmpty ? "–" : session.agent)", "\(session.address)",
                dateText(session.lastSeenAt, in: context),
                isThis ? "\(context.text("지금 이 기기", "This device"))" : end,
            ]
        }
        return titledTable(
            context.text("로그인한 기기", "Where you are signed in"),
            columns: [
                .init(context.text("기기", "Device"), isRowHeader: true),
                .init(context.text("주소", "Address")),
                .init(context.text("마지막 사용", "Last used")),
                .init(context.text("끝내기", "End")),
            ],
            rows: rows,
            emptyText: context.text("없습니다.", "There are none."),
            in: context,
            more: form(action: Link("/account/sessions/end"), context: context) {
                button(
                    context.text("모든 기기에서 로그아웃", "Sign out everywhere"),
                    style: .secondary
                )
            }
        )
    }

    private func trailList(_ context: PageContext) -> HTML {
        let rows: [[HTML]] = trail.map { record in
            let who =
                record.actor.id == actor.id
                ? context.text("본인", "You") : record.actor.kind.title[context.language]
            let deed = titles[record.action.rawValue] ?? record.action.title
            return [
                dateText(record.at, in: context), "\(who)", "\(deed[context.language])",
                "\(record.purpose.text[context.language])",
            ]
        }
        return titledTable(
            context.text("내 정보를 누가 보았나", "Who looked at my data"),
            columns: [
                .init(context.text("언제", "When"), isRowHeader: true),
                .init(context.text("누가", "Who")), .init(context.text("무엇을", "What")),
                .init(context.text("까닭", "Purpose")),
            ],
            rows: rows,
            emptyText: context.text("기록이 없습니다.", "Nothing recorded."),
            in: context
        )
    }
}

/// Shows the secret of one-time codes once, and asks for the first code.
struct SecondFactorSetUpPage {
    let setUp: SecondFactorSetUp

    func page(in context: PageContext) -> Page {
        let field = FormField(
            name: "code",
            label: context.text("앱에 보이는 여섯 자리", "The six digits your app shows"),
            isRequired: true,
            autocomplete: "one-time-code"
        )
        return Page(
            title: context.text("일회용 비밀번호 설정", "Set up one-time codes"),
            breadcrumbs: [AccountPage.crumb(context)],
            main: """
                <p>\(context.text(
                    "인증 앱에 아래 열쇠를 넣고, 앱에 보이는 숫자를 적어 주세요.",
                    "Give this key to your authenticator app, then type the digits it shows."))</p>\
                <p><code>\(setUp.secretText)</code></p><p><code>\(setUp.uri)</code></p>\
                \(form(action: Link("/account/second-factor/confirm"), context: context) {
                    "\(formField(field, in: context))\(button(context.text("확인", "Confirm")))"
                })
                """
        )
    }
}

/// Shows the recovery codes, once.
struct RecoveryCodesPage {
    let codes: [String]

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("복구 코드", "Recovery codes"),
            breadcrumbs: [AccountPage.crumb(context)],
            lead: HTML(
                text: context.text(
                    "휴대전화를 잃었을 때 하나씩 쓸 수 있습니다. 지금만 보이니 적어 두세요.",
                    "Each works once if you lose your phone. They are shown only now."
                )
            ),
            main: "<ul>\(HTML(each: codes) { "<li><code>\($0)</code></li>" })</ul>"
        )
    }
}

extension AuditActor.Kind {
    /// Who it is, in words.
    fileprivate var title: Bilingual {
        switch self {
        case .resident: Bilingual("시민", "A resident")
        case .staff: Bilingual("직원", "A member of the staff")
        case .company: Bilingual("기업", "A company")
        case .device: Bilingual("기기", "A device")
        case .system: Bilingual("시스템", "The system")
        case .visitor: Bilingual("로그인하지 않은 사람", "Somebody not signed in")
        }
    }
}
