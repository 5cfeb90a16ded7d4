import Basics
import Web

/// Labels to print and stick on: a QR code that leads to the asset, its number and its name.
struct AssetLabelPage: Sendable {
    /// The most labels of one sheet.
    static let maximumLabelCount = 120

    let assets: [Asset]
    /// How many assets the query finds in all.
    let total: Int
    /// The public address of the city.
    let publicURL: String

    func page(in context: PageContext) -> Page {
        let labels = HTML(each: assets) { asset in
            """
            <figure class="label">\(qrCode(
                publicURL + asset.link.target, title: context.text(
                    "\(asset.number)의 QR 코드", "QR code of \(asset.number)")))\
            <figcaption><strong>\(asset.number)</strong> \(asset.name)</figcaption></figure>
            """
        }
        let rest =
            total > assets.count
            ? context.text(
                "조건에 맞는 \(total.grouped)점 가운데 앞의 \(assets.count)점입니다.",
                "The first \(assets.count) of \(total.grouped)."
            ) : context.text("\(assets.count)점", "\(assets.count) labels")
        return Page(
            title: context.text("자산 라벨", "Asset labels"),
            breadcrumbs: [AssetListPage.crumb(context)],
            lead: "\(rest)",
            main: assets.isEmpty
                ? emptyState(
                    title: context.text("라벨을 만들 자산이 없습니다", "No asset to label"),
                    text: "",
                    actions: [
                        linkButton(context.text("모든 자산 보기", "All assets"), AssetListPage.link)
                    ]
                ) : "<div class=\"labels\">\(labels)</div>",
            width: .wide
        )
    }
}
