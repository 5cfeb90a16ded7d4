import Store

extension MigrationSet {
    /// The tables of the service.
    static let cameras = MigrationSet(component: "cameras", migrations: [.controlRoom])
}

extension Migration {
    /// Events, their clips and steps, rules, thresholds, the log of shifts, fan-out, plans.
    fileprivate static let controlRoom = Migration(
        number: 1,
        name: "control room",
        statements: [
            """
            CREATE TABLE cameras_event (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                camera_number BIGINT NOT NULL,
                organization_id TEXT NOT NULL,
                kind TEXT NOT NULL,
                level BIGINT,
                zone TEXT NOT NULL,
                confidence DOUBLE PRECISION NOT NULL,
                weight DOUBLE PRECISION NOT NULL,
                factors TEXT NOT NULL,
                evidence TEXT NOT NULL,
                started_at BIGINT NOT NULL,
                raised_at BIGINT NOT NULL,
                surfaced_at BIGINT,
                state TEXT NOT NULL,
                settled_at BIGINT,
                settled_by TEXT NOT NULL,
                settled_by_name TEXT NOT NULL,
                reason TEXT NOT NULL,
                note TEXT NOT NULL,
                is_sample BIGINT NOT NULL
            )
            """,
            """
            CREATE INDEX cameras_event_state
            ON cameras_event (organization_id, state, raised_at)
            """,
            "CREATE INDEX cameras_event_camera ON cameras_event (camera_number, raised_at)",
            "CREATE INDEX cameras_event_time ON cameras_event (organization_id, raised_at)",
            """
            CREATE TABLE cameras_clip_frame (
                event_id BIGINT NOT NULL,
                number BIGINT NOT NULL,
                at BIGINT NOT NULL,
                jpeg BLOB NOT NULL,
                PRIMARY KEY (event_id, number)
            )
            """,
            "CREATE INDEX cameras_clip_frame_time ON cameras_clip_frame (at)",
            """
            CREATE TABLE cameras_event_step (
                event_id BIGINT NOT NULL,
                step TEXT NOT NULL,
                ticked_at BIGINT NOT NULL,
                ticked_by TEXT NOT NULL,
                ticked_by_name TEXT NOT NULL,
                PRIMARY KEY (event_id, step)
            )
            """,
            """
            CREATE TABLE cameras_procedure (
                kind TEXT PRIMARY KEY,
                steps TEXT NOT NULL,
                updated_by_name TEXT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE cameras_rule (
                camera_number BIGINT PRIMARY KEY,
                rules TEXT NOT NULL,
                version BIGINT NOT NULL,
                updated_by_name TEXT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE cameras_threshold (
                camera_number BIGINT NOT NULL,
                kind TEXT NOT NULL,
                step_count BIGINT NOT NULL,
                updated_at BIGINT NOT NULL,
                PRIMARY KEY (camera_number, kind)
            )
            """,
            """
            CREATE TABLE cameras_handover (
                id TEXT PRIMARY KEY,
                organization_id TEXT NOT NULL,
                shift_on TEXT NOT NULL,
                shift TEXT NOT NULL,
                note TEXT NOT NULL,
                counts TEXT NOT NULL,
                open_event_count BIGINT NOT NULL,
                written_by TEXT NOT NULL,
                written_by_name TEXT NOT NULL,
                written_at BIGINT NOT NULL,
                taken_by TEXT NOT NULL,
                taken_by_name TEXT NOT NULL,
                taken_at BIGINT
            )
            """,
            """
            CREATE INDEX cameras_handover_time
            ON cameras_handover (organization_id, written_at)
            """,
            """
            CREATE TABLE cameras_contact (
                id TEXT PRIMARY KEY,
                organization_id TEXT NOT NULL,
                level BIGINT NOT NULL,
                name TEXT NOT NULL,
                means TEXT NOT NULL,
                position BIGINT NOT NULL
            )
            """,
            """
            CREATE INDEX cameras_contact_organization
            ON cameras_contact (organization_id, level, position)
            """,
            """
            CREATE TABLE cameras_wall (
                organization_id TEXT PRIMARY KEY,
                tile_count BIGINT NOT NULL,
                maximum_unseen_minutes BIGINT NOT NULL,
                shown_seconds BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE cameras_plan (
                id TEXT PRIMARY KEY,
                organization_id TEXT NOT NULL,
                title TEXT NOT NULL,
                kind TEXT NOT NULL,
                request TEXT NOT NULL,
                state TEXT NOT NULL,
                fault TEXT,
                result TEXT,
                made_by TEXT NOT NULL,
                made_by_name TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                finished_at BIGINT
            )
            """,
            "CREATE INDEX cameras_plan_time ON cameras_plan (organization_id, created_at)",
            """
            CREATE TABLE cameras_upload (
                id TEXT PRIMARY KEY,
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
