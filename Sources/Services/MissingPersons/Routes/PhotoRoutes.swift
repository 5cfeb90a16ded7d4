import Basics
import Footage
import HTTPTypes
import Identity
import Store
import Vision
import Web

/// The photos of a case: brought, cut to the person, taken away.
struct PhotoRoutes: Sendable {
    let desk: MissingDesk

    private var store: Store { desk.store }

    func add(to table: inout RouteTable) {
        table.upload(
            "/missing-persons/{id}/photos",
            access: MissingDesk.searchers,
            maximumFileByteCount: CasePhoto.maximumByteCount
        ) { incoming, form in try await bring(incoming, form) }
        table.page("/missing-persons/{id}/photos/{number}", access: MissingDesk.access) {
            incoming in try await page(incoming).page(in: incoming.page)
        }
        table.file("/missing-persons/{id}/photos/{number}/picture", access: MissingDesk.access) {
            incoming in
            let keeping = desk.keeping(incoming.actor)
            let (id, number) = try Self.names(incoming)
            let jpeg = try await store.write { tx in
                _ = try SearchCases.record(id, for: keeping.actor, in: tx)
                guard let photo = try CasePhotos.find(number, of: id, in: tx) else {
                    throw Problem.notFound
                }
                return try keeping.jpeg(of: photo)
            }
            return Outgoing(contentType: "image/jpeg", body: .bytes(jpeg), cache: .never)
        }
        table.submission("/missing-persons/{id}/photos/{number}", access: MissingDesk.searchers) {
            incoming,
            form in try await choose(incoming, form)
        }
        table.submission(
            "/missing-persons/{id}/photos/{number}/remove",
            access: MissingDesk.searchers
        ) { incoming, _ in
            let keeping = desk.keeping(incoming.actor)
            let (id, number) = try Self.names(incoming)
            try await store.write { try keeping.removePhoto(number, of: id, in: $0) }
            return .other(.seeOther(Ways.search(id)))
        }
    }

    private static func names(_ incoming: Incoming) throws -> (String, Int) {
        guard let number = Int(try incoming.pathParameter("number")) else {
            throw Problem.notFound
        }
        return (try incoming.pathParameter("id"), number)
    }

    private func bring(_ incoming: Incoming, _ form: FormFields) async throws -> Answer {
        let id = try incoming.pathParameter("id")
        let keeping = desk.keeping(incoming.actor)
        var number = 0
        let refusal = try await desk.attempt {
            let bytes = form.file("file")?.bytes ?? []
            // On the store's threads: a large photo takes its time.
            let picture = try await store.read { _ in try SearchKeeping.readPhoto(bytes) }
            number = try await store.write { try keeping.addPhoto(picture, to: id, in: $0) }
        }
        guard let refusal else { return .other(.seeOther(Ways.photo(id, number))) }
        var shown = try await CaseRoutes(desk: desk).page(incoming)
        shown.refusal = refusal
        return .page(shown.page(in: incoming.page), .unprocessableContent)
    }

    private func page(_ incoming: Incoming) async throws -> PhotoPage {
        let keeping = desk.keeping(incoming.actor)
        let (id, number) = try Self.names(incoming)
        var page = try await store.write { tx in
            let search = try SearchCases.record(id, for: keeping.actor, in: tx)
            guard let photo = try CasePhotos.find(number, of: id, in: tx) else {
                throw Problem.notFound
            }
            return PhotoPage(search: search, photo: photo, look: try keeping.look(of: photo))
        }
        let (photo, finder) = (page.photo, desk.finder)
        // On the store's threads: a model takes its time.
        page.people = try await store.read { _ in finder.people(in: try keeping.picture(of: photo))
        }
        return page
    }

    private func choose(_ incoming: Incoming, _ form: FormFields) async throws -> Answer {
        let keeping = desk.keeping(incoming.actor)
        let (id, number) = try Self.names(incoming)
        var shown = try await page(incoming)
        let (width, height) = (shown.photo.width, shown.photo.height)
        let refusal = try await desk.attempt {
            let box = try PhotoPage.box(form, width: width, height: height)
            try await store.write { try keeping.choose(box, in: number, of: id, in: $0) }
        }
        guard let refusal else { return .other(.seeOther(Ways.part(id, "search"))) }
        shown.refusal = refusal
        shown.form = form
        return .page(shown.page(in: incoming.page), .unprocessableContent)
    }
}
