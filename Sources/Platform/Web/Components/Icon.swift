/// A sign drawn in the colour of the text around it; always beside a word, so it is hidden from
/// assistive technology.
enum Icon: Sendable {
    case planned, active, done, attention, refused, neutral, information, close, display, account,
        search

    fileprivate var shapes: HTML {
        switch self {
        case .planned: "<circle cx=\"8\" cy=\"8\" r=\"6\"/><path d=\"M8 4.5V8l2.5 1.5\"/>"
        case .active:
            """
            <circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z" class="solid"/>
            """
        case .done: "<path d=\"M2.5 8.5 6.5 12.5 13.5 4\"/>"
        case .attention: "<path d=\"M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.6v.4\"/>"
        case .refused: "<circle cx=\"8\" cy=\"8\" r=\"6\"/><path d=\"M3.8 3.8l8.4 8.4\"/>"
        case .neutral: "<path d=\"M3 8h10\"/>"
        case .information: "<circle cx=\"8\" cy=\"8\" r=\"6.5\"/><path d=\"M8 7.2v4M8 4.6v.2\"/>"
        case .close: "<path d=\"M4 4l8 8M12 4l-8 8\"/>"
        case .display: "<circle cx=\"8\" cy=\"8\" r=\"6\"/><path d=\"M8 2v12\"/>"
        case .search: "<circle cx=\"7\" cy=\"7\" r=\"4.5\"/><path d=\"M10.5 10.5 14 14\"/>"
        case .account:
            "<circle cx=\"8\" cy=\"5.5\" r=\"3\"/><path d=\"M2.5 14c.6-3 2.6-4.5 5.5-4.5s4.9 1.5 5.5 4.5\"/>"
        }
    }
}

/// A sign beside a word.
func icon(_ icon: Icon) -> HTML {
    """
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">\(icon.shapes)</svg>
    """
}
