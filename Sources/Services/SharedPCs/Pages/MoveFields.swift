import Basics
import Web

/// What is asked to move machines on: to which state, and why.
struct MoveFields: Sendable {
    /// The states they may go to.
    let moves: [MachineState]
    /// What was typed before it was refused.
    let typed: Typed

    func content(to label: String, in context: PageContext) -> HTML {
        let fields = [
            FormField(
                name: "to",
                label: label,
                control: .select(
                    moves.map { .init(value: $0.rawValue, label: $0.title[context.language]) }
                ),
                isRequired: true,
                values: [typed.value("to")]
            ),
            FormField(
                name: "reason",
                label: context.text("까닭", "Reason"),
                isRequired: true,
                values: [typed.value("reason")],
                autocomplete: "off",
                maximumLength: SharedPCKeeping.maximumReasonCharacterCount
            ),
        ]
        return """
            \(HTML(each: fields) { formField($0, in: context) })\
            \(buttonRow([button(context.text("옮기기", "Move"))]))
            """
    }
}
