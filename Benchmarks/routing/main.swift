import Routing

// A contraction hierarchy beside the published answers of RoutingKit's test data, and maps from their
// files to eight profiles: figures as JSON lines, one piece of work a process so that memory is its own.
// haechi-routing-bench luxembourg FOLDER
// haechi-routing-bench tiled FOLDER
// haechi-routing-bench import MAP
// haechi-routing-bench exactness MAP
// haechi-routing-bench write MAP GRAPH
// haechi-routing-bench load MAP-OR-GRAPH

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.last, arguments.count) {
case ("luxembourg", let folder?, 2): try measureLuxembourg(folder)
case ("tiled", let folder?, 2): try measureTiled(folder)
case ("import", let map?, 2): try measureImport(map)
case ("exactness", let map?, 2): try measureExactness(map)
case ("load", let graph?, 2): try measureLoad(graph)
case ("write", let graph?, 3): try writeGraph(arguments[arguments.startIndex + 1], to: graph)
default:
    print("haechi-routing-bench luxembourg FOLDER | tiled FOLDER | import MAP | exactness MAP")
    print("haechi-routing-bench write MAP GRAPH | load MAP-OR-GRAPH")
}
