extension PostgresConnection {
    func tables() throws -> [TableShape] {
        var shapes: [String: TableShape] = [:]
        try fetch(
            """
            SELECT c.relname, a.attname FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind = 'r' AND c.relname <> 'store_gate'
                AND c.relnamespace = current_schema()::regnamespace
            ORDER BY c.relname, a.attnum
            """
        ) { cells in
            let name = try cells.text(0)
            shapes[name, default: TableShape(name: name, columns: [], references: [])]
                .columns.append(try cells.text(1))
            return true
        }
        try fetch(
            """
            SELECT DISTINCT c.relname, r.relname FROM pg_constraint k
            JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
            WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
            """
        ) { cells in
            shapes[try cells.text(0)]?.references.append(try cells.text(1))
            return true
        }
        return try TableShape.ordered(Array(shapes.values))
    }

    func restartKeys(of table: TableShape) throws {
        var keys: [String] = []
        try fetch(
            """
            SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relname = \(table.name) AND c.relnamespace = current_schema()::regnamespace
                AND a.attidentity <> ''
            """
        ) { cells in
            keys.append(try cells.text(0))
            return true
        }
        for key in keys {
            let column = SQL(trusted: key)
            try fetch(
                """
                SELECT setval(pg_get_serial_sequence(\(table.name), \(key)), MAX(\(column)))
                FROM \(SQL(trusted: table.name)) HAVING MAX(\(column)) IS NOT NULL
                """
            ) { _ in true }
        }
    }
}
