import Store

extension MigrationSet {
    /// The tables of the service.
    static let sharedPCs = MigrationSet(component: "sharedpcs", migrations: [.sharedPCs])
}

extension Migration {
    /// Donors, machines, wipes, parts, the allocation list, repairs.
    fileprivate static let sharedPCs = Migration(
        number: 1,
        name: "shared PCs",
        statements: [
            "CREATE TABLE shared_pc_secret (id TEXT PRIMARY KEY, secret TEXT NOT NULL)",
            """
            CREATE TABLE shared_pc_donor (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                is_sample BIGINT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE shared_pc_batch (
                id TEXT PRIMARY KEY,
                number TEXT NOT NULL UNIQUE,
                donor_id TEXT NOT NULL REFERENCES shared_pc_donor (id),
                received_on TEXT NOT NULL,
                handed_over_by TEXT NOT NULL,
                note TEXT NOT NULL,
                received_by TEXT NOT NULL,
                received_by_name TEXT NOT NULL,
                is_sample BIGINT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE shared_pc_machine (
                asset_id TEXT PRIMARY KEY REFERENCES city_asset (id),
                batch_id TEXT NOT NULL REFERENCES shared_pc_batch (id),
                state TEXT NOT NULL,
                form TEXT NOT NULL,
                grade TEXT,
                disk_count BIGINT NOT NULL,
                life_started_at BIGINT NOT NULL,
                work TEXT NOT NULL,
                since BIGINT NOT NULL,
                version BIGINT NOT NULL
            )
            """,
            "CREATE INDEX shared_pc_machine_state ON shared_pc_machine (state, since)",
            "CREATE INDEX shared_pc_machine_batch ON shared_pc_machine (batch_id)",
            """
            CREATE TABLE shared_pc_disk (
                serial TEXT PRIMARY KEY,
                asset_id TEXT NOT NULL REFERENCES shared_pc_machine (asset_id),
                is_new BIGINT NOT NULL,
                removed_at BIGINT
            )
            """,
            "CREATE INDEX shared_pc_disk_machine ON shared_pc_disk (asset_id)",
            """
            CREATE TABLE shared_pc_wipe (
                number TEXT PRIMARY KEY,
                asset_id TEXT NOT NULL REFERENCES shared_pc_machine (asset_id),
                machine_serial TEXT NOT NULL,
                disk_serial TEXT NOT NULL,
                disk_model TEXT NOT NULL,
                capacity_byte_count BIGINT,
                tool TEXT NOT NULL,
                method TEXT NOT NULL,
                level TEXT NOT NULL,
                verification TEXT NOT NULL,
                started_at BIGINT,
                finished_at BIGINT NOT NULL,
                operator_id TEXT NOT NULL,
                operator_name TEXT NOT NULL,
                log_digest TEXT NOT NULL,
                checksum TEXT NOT NULL,
                faults TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                UNIQUE (log_digest, disk_serial, finished_at)
            )
            """,
            "CREATE INDEX shared_pc_wipe_machine ON shared_pc_wipe (asset_id, created_at)",
            """
            CREATE TABLE shared_pc_part (
                id TEXT PRIMARY KEY,
                title TEXT NOT NULL,
                count BIGINT NOT NULL CHECK (count >= 0),
                unit_cost BIGINT NOT NULL,
                fact TEXT NOT NULL,
                fact_value BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE shared_pc_allocation (
                id TEXT PRIMARY KEY,
                case_id TEXT NOT NULL,
                receipt_number TEXT NOT NULL,
                account_id TEXT NOT NULL,
                ordinal BIGINT NOT NULL,
                household_code TEXT NOT NULL,
                wish TEXT NOT NULL,
                wants_installation BIGINT NOT NULL,
                district TEXT NOT NULL,
                points BIGINT NOT NULL,
                submitted_at BIGINT NOT NULL,
                state TEXT NOT NULL,
                asset_id TEXT,
                delivery TEXT NOT NULL,
                warranty_until TEXT,
                delivered_at BIGINT,
                is_sample BIGINT NOT NULL,
                version BIGINT NOT NULL,
                UNIQUE (case_id, ordinal)
            )
            """,
            """
            CREATE UNIQUE INDEX shared_pc_allocation_machine ON shared_pc_allocation (asset_id)
            WHERE state IN ('allocated', 'shipped', 'delivered')
            """,
            """
            CREATE INDEX shared_pc_allocation_order
            ON shared_pc_allocation (state, points, submitted_at)
            """,
            "CREATE INDEX shared_pc_allocation_account ON shared_pc_allocation (account_id)",
            "CREATE INDEX shared_pc_allocation_household ON shared_pc_allocation (household_code)",
            """
            CREATE TABLE shared_pc_repair (
                id TEXT PRIMARY KEY,
                allocation_id TEXT NOT NULL REFERENCES shared_pc_allocation (id),
                asset_id TEXT NOT NULL,
                problem TEXT NOT NULL,
                is_by_telephone BIGINT NOT NULL,
                is_under_warranty BIGINT NOT NULL,
                state TEXT NOT NULL,
                answer TEXT NOT NULL,
                opened_at BIGINT NOT NULL,
                closed_at BIGINT
            )
            """,
            "CREATE INDEX shared_pc_repair_state ON shared_pc_repair (state, opened_at)",
            "CREATE INDEX shared_pc_repair_allocation ON shared_pc_repair (allocation_id)",
            """
            CREATE TABLE shared_pc_intake_file (
                id TEXT PRIMARY KEY,
                batch_id TEXT NOT NULL REFERENCES shared_pc_batch (id),
                account_id TEXT NOT NULL,
                file_name TEXT NOT NULL,
                digest TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                taken_count BIGINT
            )
            """,
        ]
    )
}
