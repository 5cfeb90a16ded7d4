import Glibc

// Figures as JSON lines.
// haechi-eligibility-bench person
// haechi-eligibility-bench questions FOLDER
// haechi-eligibility-bench everybody FOLDER RESIDENTS
// haechi-eligibility-bench oracle FOLDER RESIDENTS
// haechi-eligibility-bench fixed RULES FOLDER RESIDENTS
// haechi-eligibility-bench people RULES COUNT

let words = Array(CommandLine.arguments.dropFirst())
switch (words.first, words.count) {
case ("person", 1): try measureOnePerson()
case ("questions", 2): try measureQuestions(words[1])
case ("everybody", 3):
    try await Everybody(folder: words[1], residentCount: Int(words[2]) ?? 0).measure()
case ("oracle", 3): try await Oracle(folder: words[1], residentCount: Int(words[2]) ?? 0).write()
case ("people", 3): try RandomPeople(folder: words[1], count: Int(words[2]) ?? 0).write()
case ("fixed", 4):
    try await FixedPopulation(
        rules: words[1],
        folder: words[2],
        residentCount: Int(words[3]) ?? 0
    ).measure()
default:
    print(
        "usage: person | questions FOLDER | everybody FOLDER RESIDENTS | oracle FOLDER RESIDENTS |"
    )
    print("       fixed RULES FOLDER RESIDENTS | people RULES COUNT")
    exit(2)
}
