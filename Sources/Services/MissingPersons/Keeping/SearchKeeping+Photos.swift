import Basics
import Footage
import Store
import Vision
import Identity

extension SearchKeeping {
    /// The least difference of brightness in a box that shows something, of 255.
    private static let minimumContrast = 16

    /// Reads a photo as it was sent and makes it small enough to keep.
    ///
    /// - Throws: `MissingError` with code `.badPhoto`: no picture, too large, cut off; it says which.
    static func readPhoto(_ bytes: [UInt8]) throws -> Picture {
        guard !bytes.isEmpty else {
            throw MissingError(
                .badPhoto,
                Bilingual("사진을 골라 주세요.", "Choose a photo."),
                context: "empty"
            )
        }
        do {
            let picture = try Picture(file: bytes)
            return try picture.fitted(width: CasePhoto.maximumSide, height: CasePhoto.maximumSide)
        } catch let error as VisionError {
            throw MissingError(.badPhoto, error.message, context: error.context)
        }
    }

    /// Keeps a photo of the person.
    ///
    /// - Returns: Its number in the case.
    func addPhoto(_ picture: Picture, to id: String, in tx: WriteTransaction) throws -> Int {
        let search = try ownOpen(id, in: tx)
        let photos = try CasePhotos.of(id, in: tx)
        guard photos.count < SearchCase.maximumPhotoCount else {
            throw MissingError(
                .tooMany,
                Bilingual(
                    "사진은 \(SearchCase.maximumPhotoCount)장까지 올릴 수 있습니다.",
                    "Up to \(SearchCase.maximumPhotoCount) photos."
                ),
                context: id
            )
        }
        var photo = CasePhoto(
            caseID: id,
            number: (photos.last?.number ?? 0) + 1,
            width: picture.width,
            height: picture.height,
            picture: [],
            createdAt: tx.now
        )
        let jpeg = try picture.jpeg(quality: 88)
        photo.picture = try cases.seal(jpeg, of: id, as: photo.pictureLabel)
        try CasePhotos.save(photo, in: tx)
        try note(.changePhoto, search, details: ["added": String(photo.number)], in: tx)
        return photo.number
    }

    /// Says where in a photo the person stands; what they wear follows from it.
    func choose(
        _ box: BoundingBox,
        in number: Int,
        of id: String,
        in tx: WriteTransaction
    ) throws {
        let search = try ownOpen(id, in: tx)
        guard var photo = try CasePhotos.find(number, of: id, in: tx) else {
            throw MissingError.badInput("없는 사진입니다.", "There is no such photo.")
        }
        let picture = try picture(of: photo)
        let part = try? picture.cropped(box)
        guard let part, Self.showsSomething(part),
            let colours = ClothesColours(picture, box: box)
        else {
            throw MissingError(
                .badPhoto,
                Bilingual(
                    "고른 곳에 사람이 보이지 않습니다. 머리부터 발까지 들어오게 골라 주세요.",
                    "Nobody is to be seen there. Choose the whole person, from head to foot."
                ),
                context: "photo \(number) of \(id)"
            )
        }
        let look = PhotoLook(
            box: box,
            upper: colours.upper,
            lower: colours.lower,
            vector: colours.vector
        )
        photo.look = try cases.seal(SealedJSON.encode(look), of: id, as: photo.lookLabel)
        try CasePhotos.save(photo, in: tx)
        try note(.changePhoto, search, details: ["chosen": String(number)], in: tx)
    }

    func removePhoto(_ number: Int, of id: String, in tx: WriteTransaction) throws {
        let search = try ownOpen(id, in: tx)
        guard try CasePhotos.remove(number, of: id, in: tx) else { return }
        try note(.changePhoto, search, details: ["removed": String(number)], in: tx)
    }

    func picture(of photo: CasePhoto) throws -> Picture {
        try Picture(jpeg: jpeg(of: photo))
    }

    func jpeg(of photo: CasePhoto) throws -> [UInt8] {
        try cases.unseal(photo.picture, of: photo.caseID, as: photo.pictureLabel)
    }

    func look(of photo: CasePhoto) throws -> PhotoLook? {
        guard let sealed = photo.look else { return nil }
        let bytes = try cases.unseal(sealed, of: photo.caseID, as: photo.lookLabel)
        return try SealedJSON.decode(PhotoLook.self, from: bytes)
    }

    /// Whether there is anything in a picture but one colour.
    private static func showsSomething(_ picture: Picture) -> Bool {
        var (least, most) = (255, 0)
        for at in stride(from: 1, to: picture.pixels.count, by: 3) {
            let green = Int(picture.pixels[at])
            least = min(least, green)
            most = max(most, green)
        }
        return most - least >= minimumContrast
    }
}
