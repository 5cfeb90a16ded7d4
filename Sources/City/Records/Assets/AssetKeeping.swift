public import Basics
import Hosting
public import Identity
public import Store

extension Role {
    /// Keeps the assets of an organization (자산 담당자).
    public static let assetManager = Role(rawValue: "assetManager")
}

extension Purpose {
    /// A manager keeps account of the assets.
    public static let assetKeeping = Purpose(
        code: "city.assetKeeping",
        Bilingual("자산 관리", "Keeping of assets")
    )
}

extension Actor {
    /// Whether the actor keeps the assets of an organization.
    public func keepsAssets(of organizationID: String) -> Bool {
        may(.assetManager, in: organizationID)
    }
}

/// Writes assets: every change with its line of history and its audit record, in one transaction.
///
/// The one way to change an asset, for the city's own pages and for services.
public struct AssetKeeping: Sendable {
    private let actor: Actor
    private let purpose: Purpose

    /// Creates the hand of an actor.
    ///
    /// - Parameters:
    ///   - actor: Who changes assets; the caller has asked whether they may.
    ///   - purpose: Why.
    public init(by actor: Actor, for purpose: Purpose = .assetKeeping) {
        self.actor = actor
        self.purpose = purpose
    }

    /// Enters an asset; one without a number gets the next of its kind and year.
    ///
    /// - Returns: The asset as it is kept.
    /// - Throws: `AssetError` where the number or the serial number is taken.
    @discardableResult
    public func enter(_ asset: Asset, in tx: WriteTransaction) throws -> Asset {
        var asset = asset
        if asset.number.isEmpty {
            let prefix = try AssetKinds.find(asset.kind, in: tx)?.numberPrefix
            asset.number = try Assets.nextNumber(
                prefix: prefix ?? asset.kind.rawValue,
                year: (asset.acquiredOn ?? tx.now.date).year,
                of: asset.organizationID,
                in: tx
            )
        }
        try refuseTwin(of: asset, in: tx)
        asset.version = 1
        asset.createdAt = tx.now
        asset.updatedAt = tx.now
        try Assets.save(asset, in: tx)
        try write(
            .entered,
            Bilingual("등록: \(asset.state.title.korean)", "Entered: \(asset.state.title.english)"),
            of: asset,
            .create,
            in: tx
        )
        return asset
    }

    /// Corrects what is known of an asset; a new organization, place or spot is a move.
    ///
    /// The state and what replaced it stay: see ``change(_:to:note:replacedBy:in:)``.
    ///
    /// - Throws: `AssetError` where somebody else changed it since, or its number is taken.
    public func correct(_ asset: Asset, note: String = "", in tx: WriteTransaction) throws {
        var asset = asset
        let old = try current(asset, in: tx)
        asset.state = old.state
        asset.replacedBy = old.replacedBy
        asset.createdAt = old.createdAt
        asset.updatedAt = old.updatedAt
        guard asset != old else { return }
        try refuseTwin(of: asset, in: tx)
        let isMove =
            asset.organizationID != old.organizationID || asset.placeID != old.placeID
            || asset.spot != old.spot
        asset.version += 1
        asset.updatedAt = tx.now
        try Assets.save(asset, in: tx)
        try write(
            isMove ? .moved : .corrected,
            isMove
                ? Bilingual(
                    "옮김: \(old.spot.orDash) → \(asset.spot.orDash)",
                    "Moved: \(old.spot.orDash) → \(asset.spot.orDash)"
                ) : Bilingual("내용을 고침", "Details corrected"),
            note: note,
            of: asset,
            .update,
            in: tx
        )
    }

    /// Takes an asset on to another state of its life.
    ///
    /// - Parameters:
    ///   - asset: The asset as it was read.
    ///   - state: The state that follows.
    ///   - note: A remark.
    ///   - successor: The asset that takes its place, where it is retired for one.
    ///   - tx: The transaction.
    /// - Throws: `AssetError` where the state cannot follow, the successor is not there, or somebody
    ///   else changed the asset since.
    public func change(
        _ asset: Asset,
        to state: AssetState,
        note: String = "",
        replacedBy successor: Asset? = nil,
        in tx: WriteTransaction
    ) throws {
        var asset = try current(asset, in: tx)
        guard asset.state.next.contains(state) else {
            throw AssetError(
                .impossibleState,
                Bilingual(
                    "‘\(asset.state.title.korean)’ → ‘\(state.title.korean)’ 변경은 할 수 없습니다.",
                    "\(asset.state.title.english) cannot become \(state.title.english)."
                ),
                context: asset.id
            )
        }
        if let successor {
            guard state == .retired, successor.id != asset.id, successor.state != .retired else {
                throw AssetError(
                    .impossibleSuccessor,
                    Bilingual(
                        "불용 처리할 때, 쓰고 있는 다른 자산만 대신하는 자산으로 적을 수 있습니다.",
                        "Only another asset in use can replace one, and only when it is retired."
                    ),
                    context: asset.id
                )
            }
        }
        let from = asset.state.title
        asset.state = state
        asset.replacedBy = successor?.id
        asset.version += 1
        asset.updatedAt = tx.now
        try Assets.save(asset, in: tx)
        let title =
            successor.map {
                Bilingual("불용, 대신하는 자산 \($0.number)", "Retired, replaced by \($0.number)")
            }
            ?? Bilingual(
                "\(from.korean) → \(state.title.korean)",
                "\(from.english) → \(state.title.english)"
            )
        try write(
            successor == nil ? .stateChanged : .replaced,
            title,
            note: note,
            of: asset,
            .update,
            in: tx
        )
    }

    /// Adds a photo or a document whose bytes are already a blob.
    ///
    /// - Throws: `AssetError` where the asset has as many files as it may have.
    public func add(_ file: AssetFile, to asset: Asset, in tx: WriteTransaction) throws {
        let known = try Assets.files(of: asset.id, in: tx)
        guard known.count < AssetFile.maximumCount else {
            throw AssetError(
                .tooManyFiles,
                Bilingual(
                    "자산 하나에 파일을 \(AssetFile.maximumCount)개까지 둘 수 있습니다.",
                    "An asset has at most \(AssetFile.maximumCount) files."
                ),
                context: asset.id
            )
        }
        try Assets.save(file, in: tx)
        try write(
            .fileAdded,
            Bilingual("파일 추가: \(file.fileName)", "File added: \(file.fileName)"),
            of: asset,
            .update,
            in: tx
        )
    }

    /// Writes a line of a service's own into the history, such as the wiping of a disk.
    public func note(
        _ kind: AssetEvent.Kind,
        _ title: Bilingual,
        note: String = "",
        of asset: Asset,
        in tx: WriteTransaction
    ) throws {
        try write(kind, title, note: note, of: asset, .update, in: tx)
    }

    /// The asset as it is now, where nobody changed it since it was read.
    private func current(_ asset: Asset, in tx: WriteTransaction) throws -> Asset {
        guard let old = try Assets.find(asset.id, in: tx), old.version == asset.version else {
            throw AssetError(
                .outdated,
                Bilingual(
                    "그 사이 다른 사람이 이 자산을 고쳤습니다. 새로 열어 확인해 주세요.",
                    "Somebody else changed this asset meanwhile. Open it again."
                ),
                context: asset.id
            )
        }
        return old
    }

    private func refuseTwin(of asset: Asset, in tx: WriteTransaction) throws {
        if let twin = try Assets.find(number: asset.number, of: asset.organizationID, in: tx),
            twin.id != asset.id
        {
            throw AssetError(
                .numberTaken,
                Bilingual(
                    "이미 쓰고 있는 관리번호입니다: \(asset.number)",
                    "The number \(asset.number) is taken."
                ),
                context: twin.id
            )
        }
        if let twin = try Assets.find(serial: asset.serial, kind: asset.kind, in: tx),
            twin.id != asset.id
        {
            throw AssetError(
                .serialTaken,
                Bilingual(
                    "일련번호 \(asset.serial)인 자산이 이미 있습니다(\(twin.number)).",
                    "The serial number \(asset.serial) is that of \(twin.number)."
                ),
                context: twin.id
            )
        }
    }

    private func write(
        _ kind: AssetEvent.Kind,
        _ title: Bilingual,
        note: String = "",
        of asset: Asset,
        _ action: AuditAction,
        in tx: WriteTransaction
    ) throws {
        try Assets.save(
            AssetEvent(
                assetID: asset.id,
                number: 0,
                kind: kind,
                title: JSONColumn(title),
                note: note,
                actorID: actor.id ?? "",
                actorName: actor.account?.displayName ?? "",
                at: tx.now
            ),
            in: tx
        )
        try tx.record(
            action,
            on: AuditSubject(kind: "asset", id: asset.id),
            by: actor.auditActor,
            purpose: purpose,
            details: ["event": kind.rawValue, "organization": asset.organizationID]
        )
    }
}

/// A change of an asset that cannot be made.
public struct AssetError: ExplainedError, Hashable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, Hashable {
        /// Another asset of the organization has the number.
        case numberTaken
        /// Another asset of the kind has the serial number.
        case serialTaken
        /// The state cannot follow the one it is in.
        case impossibleState
        /// The asset that should replace it cannot.
        case impossibleSuccessor
        /// Somebody else changed it since it was read.
        case outdated
        /// It has as many files as it may have.
        case tooManyFiles
    }

    /// The kind of refusal.
    public let code: Code
    /// What is wrong and what to do.
    public let message: Bilingual
    /// Which asset, for the log.
    public let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }
}

extension String {
    /// The text, or a dash where there is none.
    public var orDash: String { isEmpty ? "–" : self }
}
