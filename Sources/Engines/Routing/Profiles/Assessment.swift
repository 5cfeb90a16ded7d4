/// What a profile makes of one set of attributes: how much longer it takes, what is forbidden, what is
/// not known.
struct Assessment: Sendable, Hashable {
    /// Times the time of the way.
    var factor = 1.0
    /// Seconds once.
    var seconds = 0.0
    /// What penalties add: times the time, and once.
    var penaltyFactor = 1.0
    var penaltySeconds = 0.0
    var violations: [Violation] = []
    /// Whether something that the profile requires is unknown or unconfirmed.
    var isUnknown = false

    mutating func violate(_ profile: Profile, _ violation: Violation) {
        guard let penalty = profile.penalties[violation.kind] else { return }
        violations.append(violation)
        penaltyFactor = max(penaltyFactor, penalty.factor)
        penaltySeconds += penalty.seconds
    }

    mutating func violate<Value>(
        _ profile: Profile,
        _ kind: ViolationKind,
        _ measure: Int? = nil,
        by known: Known<Value>?
    ) {
        violate(profile, Violation(kind, measure, isConfirmed: known?.isConfirmed ?? false))
    }
}

/// Applies a profile to the attributes of ways and places.
struct Assessor {
    let profile: Profile

    /// A way, walked along its direction or against it.
    func way(_ attributes: Attributes, isForward: Bool) -> Assessment {
        var result = Assessment()
        let kind = attributes[.kind]?.value ?? .path
        assessKind(kind, attributes, into: &result)
        assessSlope(attributes, isForward: isForward, into: &result)
        assessGround(attributes, into: &result)
        if kind == .crossing { assessCrossing(attributes, into: &result) }
        if attributes[.construction]?.value == true {
            result.violate(profile, .construction, by: attributes[.construction])
        }
        if attributes[.outOfService]?.value == true {
            result.violate(profile, .outOfService, by: attributes[.outOfService])
        }
        result.isUnknown = isUnknown(attributes)
        return result
    }

    /// A place that is stepped onto; `isAcross` tells whether the walker crosses the street there.
    func place(_ attributes: Attributes, isAcross: Bool) -> Assessment {
        var result = Assessment()
        if attributes.isEmpty { return result }
        if attributes[.kind]?.value == .lift {
            result.seconds += profile.liftSeconds
            if attributes[.outOfService]?.value == true {
                result.violate(profile, .outOfService, by: attributes[.outOfService])
            }
        }
        if attributes[.crossing] != nil {
            guard isAcross else { return result }
            assessCrossing(attributes, into: &result)
        } else {
            assessKerb(attributes, into: &result)
        }
        assessBarrier(attributes, into: &result)
        if attributes[.wheelchair]?.value == .no {
            result.violate(profile, .wheelchair, by: attributes[.wheelchair])
        }
        return result
    }

    private func assessKind(
        _ kind: PathKind,
        _ attributes: Attributes,
        into result: inout Assessment
    ) {
        switch kind {
        case .steps:
            let count = attributes[.stepCount]
            result.seconds += profile.stepSeconds * Double(min(max(count?.value ?? 0, 0), 2_000))
            if attributes[.wheelchairRamp]?.value != true {
                result.violate(profile, .steps, count?.value, by: attributes[.kind])
            }
        case .escalator:
            result.seconds += max(0, profile.escalatorSeconds)
            result.violate(profile, .escalator, by: attributes[.kind])
        case .lift: result.seconds += profile.liftSeconds
        case .street: result.factor *= profile.streetFactor
        case .busyStreet:
            result.factor *= profile.busyStreetFactor
            result.violate(profile, .busyStreet, by: attributes[.kind])
        default: break
        }
        // Where stairs tire, what saves them is worth a little way.
        if kind == .escalator, profile.escalatorSeconds < 0 { result.factor *= 0.5 }
    }

    private func assessSlope(
        _ attributes: Attributes,
        isForward: Bool,
        into result: inout Assessment
    ) {
        // Steps and lifts have slopes of their own kind.
        if let kind = attributes[.kind]?.value, [.steps, .escalator, .lift].contains(kind) {
            return
        }
        if let incline = attributes[.inclinePermille] {
            let permille = isForward ? incline.value : -incline.value
            if permille > 0 { result.factor *= 1 + profile.climbFactor * Double(permille) / 100 }
            if let limit = profile.thresholds.uphillPermille, permille >= limit {
                result.violate(profile, .uphill, permille, by: incline)
            }
            if let limit = profile.thresholds.downhillPermille, -permille >= limit {
                result.violate(profile, .downhill, -permille, by: incline)
            }
        } else if let slope = attributes[.slope] {
            let isUp = slope.value == (isForward ? .up : .down)
            // Nobody said how much: as for a slope of 1/20.
            if isUp || slope.value == .steep { result.factor *= 1 + profile.climbFactor * 0.5 }
            if slope.value == .steep, profile.thresholds.uphillPermille != nil {
                result.violate(profile, .uphill, by: slope)
            }
        }
    }

    private func assessGround(_ attributes: Attributes, into result: inout Assessment) {
        if let width = attributes[.widthCentimetres],
            let limit = profile.thresholds.widthCentimetres,
            width.value <= limit
        {
            result.violate(profile, .width, width.value, by: width)
        }
        if let smoothness = attributes[.smoothness], let limit = profile.thresholds.smoothness,
            smoothness.value >= limit
        {
            result.violate(profile, .smoothness, by: smoothness)
        }
        if let surface = attributes[.surface] {
            if profile.thresholds.surfaces.contains(surface.value) {
                result.violate(profile, .surface, by: surface)
            }
            if surface.value != .paved, surface.value != .slabs {
                result.factor *= profile.roughFactor
            }
        }
        if attributes[.tactilePaving]?.value == true {
            result.factor *= profile.tactilePavingFactor
        }
        if attributes[.wheelchair]?.value == .no {
            result.violate(profile, .wheelchair, by: attributes[.wheelchair])
        }
    }

    private func assessCrossing(_ attributes: Attributes, into result: inout Assessment) {
        let crossing = attributes[.crossing]
        if crossing?.value == .signals {
            result.seconds += profile.signalSeconds
        } else {
            result.seconds += profile.crossingSeconds
        }
        if crossing?.value == .unmarked { result.violate(profile, .unmarkedCrossing, by: crossing) }
        if crossing?.value == .signals, attributes[.soundSignal]?.value == false {
            result.violate(profile, .silentCrossing, by: attributes[.soundSignal])
        }
        if crossing?.value == .signals, attributes[.soundSignal] == nil,
            profile.requirements.contains(.soundSignal)
        {
            result.isUnknown = true
        }
        assessKerb(attributes, into: &result)
        if attributes[.kerbMillimetres]?.isConfirmed != true, profile.requirements.contains(.kerb) {
            result.isUnknown = true
        }
    }

    private func assessKerb(_ attributes: Attributes, into result: inout Assessment) {
        if let kerb = attributes[.kerbMillimetres], let limit = profile.thresholds.kerbMillimetres,
            kerb.value >= limit
        {
            result.violate(profile, .kerb, kerb.value, by: kerb)
        }
    }

    private func assessBarrier(_ attributes: Attributes, into result: inout Assessment) {
        guard let barrier = attributes[.barrier] else { return }
        let width = attributes[.widthCentimetres]
        switch barrier.value {
        case .turnstile, .cycleBarrier: result.violate(profile, .barrier, by: barrier)
        case .bollard, .gate:
            if let width, let limit = profile.thresholds.widthCentimetres, width.value <= limit {
                result.violate(profile, .width, width.value, by: width)
            }
        }
    }

    private func isUnknown(_ attributes: Attributes) -> Bool {
        if attributes[.wheelchair]?.value == .yes, profile.penalties[.wheelchair] != nil {
            return false
        }
        return profile.requirements.contains { requirement in
            switch requirement {
            case .ground:
                attributes[.surface]?.isConfirmed != true
                    && attributes[.smoothness]?.isConfirmed != true
            case .width: attributes[.widthCentimetres]?.isConfirmed != true
            case .incline: attributes[.inclinePermille]?.isConfirmed != true
            case .tactilePaving: attributes[.tactilePaving]?.isConfirmed != true
            case .kerb, .soundSignal: false
            }
        }
    }
}
