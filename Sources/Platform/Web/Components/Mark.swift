/// The mark of the product: a haechi's face made of circles and arcs, ours.
///
/// A mane of curls, round eyes under one brow, a broad nose and the bell at its neck.
func mark() -> HTML {
    """
    <svg class="mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">\
    <g class="mane"><circle cx="9" cy="19" r="6.5"/><circle cx="39" cy="19" r="6.5"/>\
    <circle cx="8.5" cy="30" r="6"/><circle cx="39.5" cy="30" r="6"/><circle cx="15" cy="11" r="6"/>\
    <circle cx="33" cy="11" r="6"/><path d="M24 1c4 4 4 7 2.5 10h-5C20 8 20 5 24 1z"/>\
    <rect x="9" y="10" width="30" height="31" rx="14"/></g><g class="face">\
    <path d="M12 20c3-5 8-5 12-1.5C28 15 33 15 36 20c-3-2-8-2-12 1-4-3-9-3-12-1z"/>\
    <circle cx="17" cy="24" r="4"/><circle cx="31" cy="24" r="4"/>\
    <path d="M19.5 29h9l1.5 3.5c-1 2-3.5 2.5-6 2.5s-5-.5-6-2.5z"/></g><g class="mane">\
    <circle cx="17.5" cy="24.5" r="1.9"/><circle cx="30.5" cy="24.5" r="1.9"/></g>\
    <circle class="bell" cx="24" cy="43" r="4"/></svg>
    """
}
