public import Hosting

/// What the nights would have told the people of the sample city.
public enum SampleNotices {
    /// Does the work of one night now: holds the kept answers of those who agreed against the rules.
    ///
    /// The first night after answers were kept only remembers; the next tells what newly fits.
    ///
    /// - Throws: What the store throws.
    public static func passNight(on platform: Platform) async throws {
        try await ChangeWatch(platform: platform).run()
    }
}
