import Foundation
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

extension SharedData {
    static let isPresent = hasNavigation
    static let absence: Comment = "HAECHI_SHARED_DATA has no navigation"
}

/// The code of the error that a closure throws; any other error than the engine's own fails the test.
func errorCode(_ body: () throws -> Void) -> RoutingError.Code? {
    do {
        try body()
        return nil
    } catch let error as RoutingError {
        return error.code
    } catch {
        Issue.record("not a RoutingError: \(error)")
        return nil
    }
}

extension Profile {
    /// The profile after a way through JSON.
    func copiedThroughJSON() throws -> Profile {
        try JSONDecoder().decode(Profile.self, from: JSONEncoder().encode(self))
    }
}
