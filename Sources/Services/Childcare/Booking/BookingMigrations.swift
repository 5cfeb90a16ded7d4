import Store

extension MigrationSet {
    /// The tables of the service.
    static let childcare = MigrationSet(
        component: "childcare",
        migrations: [
            Migration(
                number: 1,
                name: "booking of sessions",
                statements: [
                    """
                    CREATE TABLE booking_facility (
                        id TEXT PRIMARY KEY,
                        organization_id TEXT NOT NULL,
                        name TEXT NOT NULL,
                        name_english TEXT NOT NULL,
                        rules TEXT NOT NULL
                    )
                    """,
                    """
                    CREATE TABLE booking_session (
                        id TEXT PRIMARY KEY,
                        facility_id TEXT NOT NULL REFERENCES booking_facility (id),
                        date TEXT NOT NULL,
                        start_minute BIGINT NOT NULL,
                        end_minute BIGINT NOT NULL,
                        capacity BIGINT NOT NULL,
                        closed_for TEXT
                    )
                    """,
                    "CREATE INDEX booking_session_day ON booking_session (facility_id, date)",
                    """
                    CREATE TABLE booking_closed_day (
                        facility_id TEXT NOT NULL REFERENCES booking_facility (id),
                        date TEXT NOT NULL,
                        reason TEXT NOT NULL,
                        PRIMARY KEY (facility_id, date)
                    )
                    """,
                    """
                    CREATE TABLE booking (
                        id TEXT PRIMARY KEY,
                        session_id TEXT NOT NULL REFERENCES booking_session (id),
                        account_id TEXT NOT NULL,
                        number BIGINT NOT NULL,
                        attendee_name TEXT NOT NULL,
                        attendee_birth_date TEXT NOT NULL,
                        attendee_key TEXT NOT NULL,
                        state TEXT NOT NULL,
                        created_at BIGINT NOT NULL,
                        updated_at BIGINT NOT NULL,
                        UNIQUE (session_id, number)
                    )
                    """,
                    // The last guard against a double booking, whatever the program thinks.
                    """
                    CREATE UNIQUE INDEX booking_attendee
                    ON booking (session_id, account_id, attendee_key)
                    WHERE state IN ('booked', 'waiting')
                    """,
                    "CREATE INDEX booking_account ON booking (account_id, created_at)",
                ]
            ),
            Migration(
                number: 2,
                name: "opening hours of places",
                statements: [
                    """
                    CREATE TABLE childcare_opening (
                        place_id TEXT PRIMARY KEY,
                        hours TEXT NOT NULL
                    )
                    """
                ]
            ),
        ]
    )
}
