internal import CPostgres

extension StoreError {
    /// The SQLSTATE of a failed result, five characters (PostgreSQL, Appendix A).
    static func sqlState(_ result: OpaquePointer?) -> String {
        field(result, "C") ?? ""
    }

    /// Reads a failed result; `PQresultErrorField` names its fields by a letter.
    static func postgres(
        _ result: OpaquePointer?,
        connection: OpaquePointer?,
        statement: String
    ) -> StoreError {
        let state = sqlState(result)
        let text =
            field(result, "M") ?? connection.flatMap(PQerrorMessage).map { String(cString: $0) }
            ?? "no answer"
        let context =
            "PostgreSQL \(state): \(text)" + (statement.isEmpty ? "" : " in: \(statement)")
        if state.isEmpty { return StoreError(.unreachable, context: context) }
        return StoreError(code(state, constraint: field(result, "n") ?? text), context: context)
    }

    private static func code(_ state: String, constraint: String) -> Code {
        switch state {
        case "40001", "40P01", "25P02", "57014", "0A000": .aborted
        case "25006", "42501": .readOnly
        case "53100": .diskFull
        case "53200", "53300", "53400": .busy
        case "54000", "54001": .limit
        case "57P01", "57P02", "57P03": .unreachable
        case "58030": .inputOutput
        case "XX001", "XX002": .corrupt
        default:
            switch state.prefix(2) {
            case "23": .constraint(constraint)
            case "08", "28", "3D": .unreachable
            default: .statement
            }
        }
    }

    private static func field(_ result: OpaquePointer?, _ letter: Character) -> String? {
        guard let result, let code = letter.asciiValue,
            let text = PQresultErrorField(result, Int32(code))
        else { return nil }
        return String(cString: text)
    }
}
