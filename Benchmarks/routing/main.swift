import Routing

// A contraction hierarchy beside the published answers of RoutingKit's test data, and maps from their
// files to eight profiles: figures as JSON lines, one piece of work a process so that memory is its own.
// haechi-routing-bench luxembourg FOLDER
// haechi-routing-bench tiled FOLDER
// haechi-routing-bench import MAP
// haechi-routing-bench exactness MAP

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.last, arguments.count) {
case ("luxembourg", let folder?, 2): try measureLuxembourg(folder)
case ("tiled", let folder?, 2): try measureTiled(folder)
case ("import", let map?, 2): try measureImport(map)
case ("exactness", let map?, 2): try measureExactness(map)
default: print("haechi-routing-bench luxembourg FOLDER | tiled FOLDER | import MAP | exactness MAP")
}
