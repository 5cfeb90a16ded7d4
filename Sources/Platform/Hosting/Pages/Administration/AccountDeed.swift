import Basics
import Identity

/// What an administrator does to an account, and how a page says that it was done.
enum AccountDeed: String, CaseIterable, Sendable {
    case given, taken, suspended, resumed, sessionsEnded, secondFactorReset, passwordReset

    /// The last part of the address that takes it.
    var path: String {
        switch self {
        case .given: "grants"
        case .taken: "grants/take"
        case .suspended: "suspend"
        case .resumed: "resume"
        case .sessionsEnded: "sessions/end"
        case .secondFactorReset: "second-factor/reset"
        case .passwordReset: "password/reset"
        }
    }

    /// What can be done to the sign-in of an account now; nobody shuts themself out.
    static func offered(for account: AdministeredAccount) -> [AccountDeed] {
        var deeds: [AccountDeed] = [.sessionsEnded]
        guard !account.isOwn else { return deeds }
        if account.hasSecondFactor { deeds.append(.secondFactorReset) }
        deeds.append(.passwordReset)
        deeds.append(account.record.state == .active ? .suspended : .resumed)
        return deeds
    }

    /// The words on its button.
    var title: Bilingual {
        switch self {
        case .given: Bilingual("주기", "Give")
        case .taken: Bilingual("거두기", "Take")
        case .suspended: Bilingual("사용 중지", "Suspend")
        case .resumed: Bilingual("다시 사용", "Resume")
        case .sessionsEnded: Bilingual("모두 로그아웃", "End sessions")
        case .secondFactorReset: Bilingual("OTP 초기화", "Reset second factor")
        case .passwordReset: Bilingual("비밀번호 새로 만들기", "Reset password")
        }
    }

    /// What it does, before it is done.
    var effect: Bilingual {
        switch self {
        case .given, .taken: title
        case .suspended:
            Bilingual("로그인할 수 없게 하고 모든 로그인을 끝냅니다.", "Nobody signs in with it; its sessions end.")
        case .resumed: Bilingual("다시 로그인할 수 있게 합니다.", "It can sign in again.")
        case .sessionsEnded: Bilingual("모든 기기의 로그인을 끝냅니다.", "Its sessions end on every device.")
        case .secondFactorReset:
            Bilingual(
                "휴대전화를 잃었을 때 OTP와 복구 코드를 지웁니다.",
                "Removes the one-time codes of someone who lost their phone."
            )
        case .passwordReset:
            Bilingual(
                "한 번 쓰는 비밀번호를 만들어 본인에게 전합니다.",
                "Makes a one-time password to hand over."
            )
        }
    }

    /// What was done.
    var message: Bilingual {
        switch self {
        case .given: Bilingual("권한을 주었습니다.", "The grant is given.")
        case .taken: Bilingual("권한을 거두었습니다.", "The grant is taken.")
        case .suspended: Bilingual("사용을 중지했습니다.", "The account is suspended.")
        case .resumed: Bilingual("다시 쓸 수 있습니다.", "The account is in use again.")
        case .sessionsEnded: Bilingual("모두 로그아웃했습니다.", "Its sessions have ended.")
        case .secondFactorReset: Bilingual("OTP를 초기화했습니다.", "The second factor is reset.")
        case .passwordReset: Bilingual("비밀번호를 새로 만들었습니다.", "A new password is made.")
        }
    }
}
