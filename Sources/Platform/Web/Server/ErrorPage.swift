import Basics
import HTTPTypes

/// The page that shows a problem to a person.
func errorPage(_ problem: Problem, for incoming: Incoming) -> Page {
    var message = problem.message[incoming.language]
    if problem.status == .unauthorized {
        message += incoming.text(" 오른쪽 위에서 로그인해 주세요.", " Use the sign-in link at the top.")
    }
    return problemPage(
        ProblemPage(
            status: problem.status.code,
            title: problem.title[incoming.language],
            message: message,
            faults: problem.faults.map { "\($0.field): \($0.message[incoming.language])" },
            requestID: incoming.requestID,
            retryAfterSeconds: problem.retryAfterSeconds
        ),
        in: incoming.page
    )
}
