import Basics
import HTTPTypes
import Store
import Web

/// The assets for programs of the staff.
struct AssetEndpoints {
    let store: Store

    func add(to table: inout RouteTable) {
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/assets",
                operationID: "searchAssets",
                summary: "Search the city's assets by words, kind, state and organization.",
                tag: "city",
                access: AssetRoutes.readers,
                parameters: [
                    .query("q", .string(maximumLength: AssetQuery.maximumWordsCharacterCount)),
                    .query("kind", .array(of: .string(maximumLength: 64), maximumCount: 20)),
                    .query(
                        "state",
                        .array(of: .oneOf(AssetState.allCases.map(\.rawValue)), maximumCount: 5)
                    ),
                    .query(
                        "organization",
                        .array(of: .string(maximumLength: 64), maximumCount: 60)
                    ),
                    .query("page", .integer(1...QueryItems.maximumPageNumber)),
                ],
                response: .object([
                    "page": .integer(), "pageSize": .integer(), "total": .integer(),
                    "assets": .array(of: Self.schema),
                ])
            )
        ) { (_: NoInput, incoming) in
            let query = AssetQuery(incoming.query)
            let number = incoming.query.pageNumber()
            let found = try await store.read { try Assets.page(number, of: query, in: $0) }
            return AssetList(
                page: found.number,
                pageSize: Assets.pageSize,
                total: found.total,
                assets: found.assets.map(Item.init)
            )
        }
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/assets/{id}",
                operationID: "readAsset",
                summary: "One asset of the city.",
                tag: "city",
                access: AssetRoutes.readers,
                parameters: [.path("id", .string(maximumLength: 100))],
                response: Self.schema
            )
        ) { (_: NoInput, incoming) in
            let id = try incoming.pathParameter("id")
            guard let asset = try await store.read({ try Assets.find(id, in: $0) }) else {
                throw Problem.notFound
            }
            return Item(asset)
        }
    }

    private static let schema: Schema = .object([
        "id": .string(), "kind": .string(), "number": .string(), "name": .string(),
        "maker": .string(), "model": .string(), "serial": .string(),
        "organizationID": .string(), "spot": .string(),
        "state": .oneOf(AssetState.allCases.map(\.rawValue)),
        "updatedAt": .string().described("RFC 3339."),
    ])

    private struct NoInput: Decodable, Sendable {}

    private struct AssetList: Encodable, Sendable {
        var page: Int
        var pageSize: Int
        var total: Int
        var assets: [Item]
    }

    private struct Item: Encodable, Sendable {
        var id: String
        var kind: String
        var number: String
        var name: String
        var maker: String
        var model: String
        var serial: String
        var organizationID: String
        var spot: String
        var state: AssetState
        var updatedAt: String

        init(_ asset: Asset) {
            id = asset.id
            kind = asset.kind.rawValue
            number = asset.number
            name = asset.name
            maker = asset.maker
            model = asset.model
            serial = asset.serial
            organizationID = asset.organizationID
            spot = asset.spot
            state = asset.state
            updatedAt = asset.updatedAt.rfc3339
        }
    }
}
