import ServiceLifecycle

extension Task where Success == Never, Failure == Never {
    /// Whether a stream has to end: its reader left, or the city shuts down.
    static var isEnding: Bool { isCancelled || isShuttingDownGracefully }
}
