import Basics
import Web

/// The forms with which an event is taken on.
enum EventActions {
    /// What can be done from the wall: acknowledge, dispatch, false alarm with its reason.
    static func quick(_ event: CameraEvent, _ context: PageContext) -> HTML {
        """
        <div class="tileacts">\(form(event, .acknowledged, key: "a", .primary, context))\
        \(form(event, .dispatched, key: "d", .secondary, context))\
        <details><summary data-key="f">\(CameraEvent.State.falseAlarm.title[context.language])\
        </summary>\(falseAlarm(event, id: "wall-\(event.id)", back: "wall", context))</details></div>
        """
    }

    /// A button that takes an event on.
    static func form(
        _ event: CameraEvent,
        _ state: CameraEvent.State,
        key: String? = nil,
        _ style: ButtonStyle,
        back: String = "wall",
        _ context: PageContext
    ) -> HTML {
        Web.form(
            action: .path("cameras", "events", String(event.id), "state"),
            context: context,
            more: ["data-event-act": ""]
        ) {
            """
            \(hiddenField("state", state.rawValue))\(hiddenField("back", back))\
            \(button(label(state)[context.language], style: style, more: ["data-key": key]))
            """
        }
    }

    /// The form of a false alarm.
    static func falseAlarm(
        _ event: CameraEvent,
        id: String,
        back: String,
        _ context: PageContext
    ) -> HTML {
        let options = HTML(each: FalseAlarmReason.allCases) {
            "<option value=\"\($0.rawValue)\">\($0.title[context.language])</option>"
        }
        return Web.form(
            action: .path("cameras", "events", String(event.id), "state"),
            context: context,
            more: ["data-event-act": ""]
        ) {
            """
            \(hiddenField("state", CameraEvent.State.falseAlarm.rawValue))\
            \(hiddenField("back", back))<div class="field"><label for="reason-\(id)">\
            \(context.text("오탐인 까닭", "Why it was none"))</label>\
            <select id="reason-\(id)" name="reason"><option value="">–</option>\(options)</select>\
            </div>\(button(context.text("오탐 처리", "Mark as false alarm"), style: .secondary))
            """
        }
    }

    static func label(_ state: CameraEvent.State) -> Bilingual {
        switch state {
        case .acknowledged: Bilingual("확인", "Acknowledge")
        case .dispatched: Bilingual("출동 요청", "Dispatch")
        case .closed: Bilingual("종결", "Close")
        case .open, .falseAlarm, .missed: state.title
        }
    }
}
