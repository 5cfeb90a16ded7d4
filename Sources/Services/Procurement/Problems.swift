import Basics
import Web

/// What can be wrong with a request to the portal.
enum Problems {
    static let editionVanished = Problem.failure(context: "an edition just written is not there")
}
