import Foundation
import SharedDataTesting

extension SharedData {
    static let procurement = folder("procurement")
    static let isPresent = FileManager.default.fileExists(atPath: procurement.path)
}
