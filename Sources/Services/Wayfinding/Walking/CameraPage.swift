import Basics
import Web

/// Camera mode: the way as arrows over the camera's picture, in large type; without a camera, a compass
/// or scripts it leads to walking mode.
struct CameraPage: Sendable {
    let walk: Walk

    init(_ walk: Walk) {
        self.walk = walk
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("카메라로 보는 길", "The way through the camera"),
            breadcrumbs: [WayLinks.homeCrumb(context)],
            lead: walk.lead(context),
            main: walk.main(context) { found in
                """
                \(stage(context))\
                <p>\(context.text(
                    "화살표는 참고로만 쓰고, 걷는 동안에는 앞과 발밑을 먼저 살피세요.",
                    "The arrows are a help only: look ahead and at your feet first."))</p>\
                <p data-ar-walk><a href="\(walk.link("/wayfinding/walk"))">\(context.text(
                    "카메라 없이 걷기 안내로", "Walking mode, without a camera"))</a></p>\
                \(walk.steps(found, context))
                """
            },
            source: PageSource(name: walk.attribution[context.language]),
            scripts: ["ar.js"],
            styles: ["walk.css"]
        )
    }

    private func stage(_ context: PageContext) -> HTML {
        let attributes: Web.Attributes = [
            "data-answer": walk.link("/api/wayfinding/walk").target,
            "data-words": WalkWords(context).json,
        ]
        let stage: HTML = """
            <div class="walk" data-ar\(attributes)><div data-ar-panel hidden>\
            <div class="camerastage" data-ar-stage hidden>\
            <video data-camera data-ar-video playsinline muted aria-hidden="true"></video>\
            <svg data-ar-overlay hidden aria-hidden="true"></svg></div>\
            <p class="walkahead" data-ar-ahead></p><p class="walknow" data-ar-now></p>\
            <p class="walknext" data-ar-barrier></p>\
            <p class="walkstate" data-ar-state role="status"></p>\
            <p class="unseen" data-ar-live aria-live="assertive"></p>\
            <p data-ar-fallback hidden>\(linkButton(
                context.text("걷기 안내로 계속", "Go on in walking mode"),
                walk.link("/wayfinding/walk"), style: .primary))</p>\
            <div class="buttons"><button class="button primary" type="button" data-ar-start>\
            \(context.text("카메라 켜기", "Turn the camera on"))</button>\
            <button class="button secondary" type="button" data-ar-room hidden>\
            \(context.text("공간 증강현실로 보기", "Room view"))</button>\
            <button class="button secondary" type="button" data-ar-end hidden>\
            \(context.text("끝내기", "Finish"))</button></div></div></div>
            """
        return stage.needing(.camera)
    }
}
