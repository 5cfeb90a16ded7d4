import Web

/// The scripts of the walking mode and the camera mode.
enum WalkAssets {
    static let files: [AssetFile] = [
        .script("positioning.js", PackageResources.positioning_js),
        .script("following.js", PackageResources.following_js),
        .script("walkmap.js", PackageResources.walkmap_js),
        .script("keeping.js", PackageResources.keeping_js),
        .script("walk.js", PackageResources.walk_js),
        .style("walk.css", PackageResources.walk_css),
        .script("projection.js", PackageResources.projection_js),
        .script("roomview.js", PackageResources.roomview_js),
        .script("ar.js", PackageResources.ar_js),
    ]
}
