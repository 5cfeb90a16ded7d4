public import ArgumentParser
public import Basics
import FoundationEssentials
public import Hummingbird
public import Identity
public import Logging
import ServiceLifecycle
import UnixSignals
import Store
public import Web

/// The rooms a city is made of.
public struct CityComposition: Sendable {
    let modules: [any CityModule.Type]
    let services: [any CityService.Type]

    /// Composes a city of shared rooms and services.
    public init(modules: [any CityModule.Type], services: [any CityService.Type]) {
        self.modules = modules
        self.services = services
    }

    /// The verbs of the rooms.
    public var commands: [any ParsableCommand.Type] { rooms.flatMap { $0.commands } }

    /// Every room, in the order their tables are made.
    var rooms: [any CityModule.Type] { modules + services }

    var migrations: [MigrationSet] {
        [IdentityServices.migrations, CityState.migrations] + rooms.map { $0.migrations }
    }

    /// Opens the city on its store: migrations, sample, rooms, routes.
    ///
    /// - Parameters:
    ///   - settings: The settings in force.
    ///   - wantsSample: Whether an empty store is filled with the sample city.
    ///   - time: Where the time comes from.
    ///   - logger: The log.
    ///   - providerFetcher: How the sign-in provider is asked, for tests; the courier where missing.
    /// - Returns: The city, ready to answer and to run.
    /// - Throws: `StoreError`, `IdentityError` or what a room refuses with.
    public func open(
        settings: Settings,
        wantsSample: Bool,
        time: TimeSource,
        logger: Logger,
        providerFetcher: (any HTTPFetcher)? = nil
    ) async throws -> City {
        let store = try await openStore(settings: settings, time: time, logger: logger)
        do {
            return try await open(
                store: store,
                settings: settings,
                wantsSample: wantsSample,
                time: time,
                logger: logger,
                providerFetcher: providerFetcher
            )
        } catch {
            try? await store.close()
            throw error
        }
    }

    /// Opens the store of the settings and brings its schema up.
    func openStore(settings: Settings, time: TimeSource, logger: Logger) async throws -> Store {
        let folder = settings["data"]
        try makeFolder(folder)
        return try await Store.open(
            location(settings),
            blobFolder: "\(folder)/blobs",
            migrations: migrations,
            time: time,
            logger: logger
        )
    }

    /// Where the store of the settings is kept.
    func location(_ settings: Settings) -> Store.Location {
        let url = settings["database"]
        return url.isEmpty
            ? .sqlite(path: "\(settings["data"])/haechi.sqlite") : .postgres(url: url)
    }

    func makeFolder(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw CommandOutcome.refused(
                Bilingual(
                    "자료 폴더를 만들 수 없습니다: \(folder)",
                    "The data folder cannot be made: \(folder)"
                )
            )
        }
    }

    private func open(
        store: Store,
        settings: Settings,
        wantsSample: Bool,
        time: TimeSource,
        logger: Logger,
        providerFetcher: (any HTTPFetcher)?
    ) async throws -> City {
        let courier = Courier(settings: CourierSettings(settings))
        let key = settings["secretKey"]
        let secrets = try SecretBox.load(
            setting: key.isEmpty ? nil : key,
            keyFile: "\(settings["data"])/secret.key"
        )
        let identity = try IdentityServices(
            store: store,
            secretBox: secrets,
            time: time,
            logger: logger
        )
        var platform = Platform(
            store: store,
            identity: identity,
            secrets: secrets,
            courier: courier,
            providerFetcher: providerFetcher ?? courier,
            synonyms: SharedSynonyms(),
            shared: SharedValues(),
            settings: settings,
            time: time,
            logger: logger,
            isSample: try await CityState.isSample(in: store)
        )
        let isUnfinished = try await CityState.isSampleUnfinished(in: store)
        let isEmpty = try await CityState.isEmpty(store)
        if isUnfinished || wantsSample && isEmpty {
            logger.notice("making the sample city")
            try await CityState.beginSample(in: store)
            for room in rooms { try await room.makeSample(on: platform) }
            for person in rooms.flatMap({ $0.samplePeople }) {
                _ = try await platform.sampleActor(person.account)
            }
            try await CityState.finishSample(in: store)
            platform.isSample = true
        }
        let actions =
            AuditAction.common + AuditAction.identity + AuditAction.hosting
            + rooms.flatMap { $0.auditActions }
        platform.auditTitles = Dictionary(
            actions.map { ($0.rawValue, $0.title) },
            uniquingKeysWith: { $1 }
        )
        if platform.isSample { platform.samplePeople = rooms.flatMap { $0.samplePeople } }
        try await platform.synonyms.refresh(from: store)
        try await Housekeeping.schedule(in: store)
        var opened: [any CityModule] = []
        for room in rooms { opened.append(try await room.init(on: platform)) }
        return City(platform: platform, rooms: opened)
    }
}

/// A city that is open: its rooms, its addresses and its work in the background.
public struct City: Sendable {
    /// What the rooms stand on.
    public let platform: Platform
    /// The addresses of the city.
    public let routes: RouteTable
    let rooms: [any CityModule]
    let dispatcher: Dispatcher
    /// The work done in the background: that of the rooms, backups and housekeeping.
    let jobHandlers: [JobHandler]

    init(platform: Platform, rooms: [any CityModule]) {
        self.platform = platform
        self.rooms = rooms
        let metrics = Metrics()
        let backups = Backups(platform)
        jobHandlers =
            rooms.flatMap(\.jobHandlers) + backups.handlers + [
                Housekeeping.handler(platform, eventHandlers: rooms.flatMap(\.eventHandlers))
            ]
        let services = rooms.compactMap { $0 as? any CityService }
        let assets = AssetCollection(rooms: rooms.flatMap { type(of: $0).assets })
        var table = RouteTable()
        PlatformRoutes(
            platform: platform,
            services: services,
            rooms: rooms,
            assets: assets,
            metrics: metrics,
            backups: backups
        ).add(to: &table)
        for room in rooms { table.add(room.routes) }
        table.addAPIReference()
        routes = table
        dispatcher = Dispatcher(
            table: table,
            settings: WebSettings(
                platform,
                services: services,
                assets: assets,
                isSearchable: !rooms.allSatisfy(\.searches.isEmpty)
            ),
            hooks: DispatcherHooks(platform, rooms: rooms),
            time: platform.time,
            metrics: metrics,
            logger: platform.logger
        )
    }

    /// Seconds after which a connection on which nothing moves is closed.
    static let idleSeconds: Int64 = 30

    /// What answers requests; tests call it without a socket.
    public func responder() -> some HTTPResponder<CityRequestContext> {
        dispatcher.responder()
    }

    /// Runs until the process is asked to stop, then finishes what is under way.
    ///
    /// - Parameter onReady: Called with the port once the city listens.
    /// - Throws: What kept the server from listening.
    public func run(onReady: @escaping @Sendable (Int) async -> Void) async throws {
        let settings = platform.settings
        let server = Application(
            responder: responder(),
            server: .http1(configuration: .init(idleTimeout: .seconds(City.idleSeconds))),
            configuration: ApplicationConfiguration(
                address: .hostname(settings["host"], port: settings.number("port")),
                serverName: nil,
                backlog: 4096
            ),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) },
            logger: platform.logger
        )
        var services: [any Service] = [
            StoreKeeper(store: platform.store),
            EventPump(
                store: platform.store,
                handlers: rooms.flatMap(\.eventHandlers),
                logger: platform.logger
            ),
            MemoryRefresh(platform: platform, rooms: rooms),
            JobRunner(
                store: platform.store,
                handlers: jobHandlers,
                logger: platform.logger
            ),
            AdminSocket(
                store: platform.store,
                path: AdminSocket.path(in: settings["data"]),
                logger: platform.logger
            ),
            server,
        ]
        // Last in, first out: the rooms' own work stops before the server it shows itself through.
        services += rooms.flatMap(\.backgroundServices)
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: platform.logger
            )
        ).run()
    }
}

/// Closes the store after everything that uses it has stopped.
private struct StoreKeeper: Service {
    let store: Store

    func run() async throws {
        try? await gracefulShutdown()
        try await store.close()
    }
}
