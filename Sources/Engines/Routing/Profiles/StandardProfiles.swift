import Basics

extension Profile {
    /// The eight profiles of the city, with Seoul's thresholds where wheels roll: steps of 2 cm or more,
    /// slopes of 1/8 or more and widths of 1.2 m or less are avoided.
    public static let standard: [Profile] = [
        foot, manualWheelchair, poweredWheelchair, blind, lowVision, stroller, elderly, pregnant,
    ]

    /// The profile of a name.
    public static func named(_ name: String) -> Profile? {
        standard.first { $0.name == name }
    }

    private static let always: [ViolationKind: Penalty] = [
        .construction: Penalty(seconds: 120, factor: 4),
        .outOfService: Penalty(seconds: 3_600),
        .closed: Penalty(seconds: 7_200, factor: 20),
        .unconfirmed: Penalty(seconds: 0, factor: 6),
    ]

    private static func penalties(_ more: [ViolationKind: Penalty]) -> [ViolationKind: Penalty] {
        always.merging(more) { _, new in new }
    }

    /// A person on foot.
    public static let foot: Profile = {
        var profile = Profile(name: "foot", title: Bilingual("도보", "On foot"), metresPerSecond: 1.3)
        profile.penalties = penalties([:])
        return profile
    }()

    private static func seoulThresholds(downhillPermille: Int) -> Thresholds {
        var thresholds = Thresholds()
        thresholds.kerbMillimetres = 20
        thresholds.uphillPermille = 125
        thresholds.downhillPermille = downhillPermille
        thresholds.widthCentimetres = 120
        return thresholds
    }

    private static let wheelPenalties = penalties([
        .kerb: Penalty(seconds: 600), .uphill: Penalty(seconds: 60, factor: 8),
        .downhill: Penalty(seconds: 60, factor: 5), .width: Penalty(seconds: 60, factor: 6),
        .steps: Penalty(seconds: 7_200, factor: 20),
        .escalator: Penalty(seconds: 5_400, factor: 10),
        .smoothness: Penalty(seconds: 30, factor: 6), .surface: Penalty(seconds: 30, factor: 4),
        .wheelchair: Penalty(seconds: 1_200, factor: 10), .barrier: Penalty(seconds: 1_800),
        .busyStreet: Penalty(seconds: 0, factor: 3),
    ])

    /// A wheelchair moved by hand.
    public static let manualWheelchair: Profile = {
        var profile = Profile(
            name: "manualWheelchair",
            title: Bilingual("수동휠체어", "Manual wheelchair"),
            metresPerSecond: 0.9
        )
        profile.thresholds = seoulThresholds(downhillPermille: 125)
        profile.thresholds.smoothness = .bad
        profile.thresholds.surfaces = [.cobbles, .gravel, .ground, .loose]
        profile.penalties = wheelPenalties
        profile.requirements = [.ground, .width, .incline, .kerb]
        profile.tactilePavingFactor = 1.15
        profile.roughFactor = 1.3
        profile.climbFactor = 3
        return profile
    }()

    /// A wheelchair with a motor.
    public static let poweredWheelchair: Profile = {
        var profile = manualWheelchair
        profile.name = "poweredWheelchair"
        profile.title = Bilingual("전동휠체어", "Powered wheelchair")
        profile.metresPerSecond = 1.2
        profile.thresholds.smoothness = .veryBad
        profile.thresholds.surfaces = [.gravel, .loose]
        profile.tactilePavingFactor = 1.1
        profile.climbFactor = 0.5
        return profile
    }()

    /// A blind person with a cane or a dog.
    public static let blind: Profile = {
        var profile = Profile(
            name: "blind",
            title: Bilingual("시각장애(전맹)", "Blind"),
            metresPerSecond: 0.9
        )
        profile.penalties = penalties([
            .silentCrossing: Penalty(seconds: 240), .unmarkedCrossing: Penalty(seconds: 300),
            .busyStreet: Penalty(seconds: 0, factor: 5), .barrier: Penalty(seconds: 60),
        ])
        profile.requirements = [.tactilePaving, .soundSignal]
        profile.tactilePavingFactor = 0.7
        profile.streetFactor = 2
        profile.stepSeconds = 1
        return profile
    }()

    /// A person who sees little.
    public static let lowVision: Profile = {
        var profile = blind
        profile.name = "lowVision"
        profile.title = Bilingual("저시력", "Low vision")
        profile.metresPerSecond = 1.0
        profile.penalties = penalties([
            .silentCrossing: Penalty(seconds: 60), .unmarkedCrossing: Penalty(seconds: 180),
            .busyStreet: Penalty(seconds: 0, factor: 4),
        ])
        profile.tactilePavingFactor = 0.9
        profile.streetFactor = 1.6
        return profile
    }()

    /// A stroller.
    public static let stroller: Profile = {
        var profile = Profile(
            name: "stroller",
            title: Bilingual("유모차", "Stroller"),
            metresPerSecond: 1.1
        )
        profile.thresholds = seoulThresholds(downhillPermille: 150)
        profile.thresholds.kerbMillimetres = 60
        profile.thresholds.widthCentimetres = 80
        profile.thresholds.smoothness = .veryBad
        profile.thresholds.surfaces = [.gravel, .loose]
        profile.penalties = penalties([
            .kerb: Penalty(seconds: 30), .uphill: Penalty(seconds: 10, factor: 3),
            .downhill: Penalty(seconds: 10, factor: 2), .width: Penalty(seconds: 20, factor: 3),
            .steps: Penalty(seconds: 600, factor: 8), .escalator: Penalty(seconds: 600, factor: 3),
            .smoothness: Penalty(seconds: 10, factor: 3), .surface: Penalty(seconds: 10, factor: 2),
            .barrier: Penalty(seconds: 300), .busyStreet: Penalty(seconds: 0, factor: 4),
        ])
        profile.requirements = [.ground, .kerb]
        profile.tactilePavingFactor = 1.05
        profile.roughFactor = 1.2
        profile.climbFactor = 1.5
        return profile
    }()

    /// An elderly person.
    public static let elderly: Profile = {
        var profile = Profile(
            name: "elderly",
            title: Bilingual("고령자", "Elderly"),
            metresPerSecond: 0.8
        )
        profile.thresholds.uphillPermille = 100
        profile.thresholds.downhillPermille = 100
        profile.thresholds.smoothness = .veryBad
        profile.penalties = penalties([
            .uphill: Penalty(seconds: 20, factor: 2.5), .downhill: Penalty(seconds: 20, factor: 2),
            .steps: Penalty(seconds: 180, factor: 4), .smoothness: Penalty(seconds: 10, factor: 2),
            .unmarkedCrossing: Penalty(seconds: 90), .busyStreet: Penalty(seconds: 0, factor: 4),
        ])
        profile.requirements = [.incline]
        profile.climbFactor = 2
        profile.stepSeconds = 1.5
        profile.escalatorSeconds = -10
        return profile
    }()

    /// A pregnant person.
    public static let pregnant: Profile = {
        var profile = elderly
        profile.name = "pregnant"
        profile.title = Bilingual("임산부", "Pregnant")
        profile.metresPerSecond = 1.0
        profile.thresholds.uphillPermille = 125
        profile.thresholds.downhillPermille = 125
        profile.penalties[.steps] = Penalty(seconds: 90, factor: 3)
        profile.climbFactor = 1.5
        profile.stepSeconds = 1.2
        return profile
    }()
}
