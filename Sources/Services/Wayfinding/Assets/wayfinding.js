// Adds to the route page.
