import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The staff directory: everybody reads it, officers keep the entries of their organization.
struct PeopleRoutes {
    let platform: Platform
    let search: CitySearches

    private var store: Store { platform.store }
    private static let keepers = RouteAccess.anyRole([.directoryOfficer])

    func add(to table: inout RouteTable) {
        addReading(to: &table)
        addForms(to: &table)
        addKeeping(to: &table)
    }

    private func addReading(to table: inout RouteTable) {
        table.page("/people") { incoming in
            var query = PeopleQuery(incoming.query)
            let searched = try await search.find(query.words, of: search.people)
            if let searched, searched.records.count <= CitySearches.maximumNarrowedCount {
                query.found = searched.records.map(\.person.id)
            }
            let number = incoming.query.pageNumber()
            let (found, organizations) = try await store.read { [query] db in
                (try People.page(number, of: query, in: db), try Organizations.all(in: db))
            }
            return PeopleListPage(
                query: query,
                found: found,
                organizations: organizations,
                search: searched?.search,
                isKeeper: Self.keepers.allows(incoming.actor) == .allowed
            ).page(in: incoming.page)
        }
        table.page("/people/{id}") { incoming in
            let person = try await person(incoming)
            let organization = try await store.read {
                try Organizations.find(person.organizationID, in: $0)
            }
            return PersonPage(
                person: person,
                organization: organization,
                isKeeper: incoming.actor.keepsDirectory(of: person.organizationID)
            ).page(in: incoming.page)
        }
    }

    private func addForms(to table: inout RouteTable) {
        table.page("/people/new", access: Self.keepers) { incoming in
            PersonFormPage(
                form: try await form(incoming),
                person: nil,
                idempotencyKey: RandomName.make(byteCount: 12)
            ).page(in: incoming.page)
        }
        table.page("/people/{id}/edit", access: Self.keepers) { incoming in
            let person = try await keptPerson(incoming)
            var form = try await form(incoming)
            form.show(person)
            return PersonFormPage(
                form: form,
                person: person,
                idempotencyKey: RandomName.make(byteCount: 12)
            ).page(in: incoming.page)
        }
    }

    private func addKeeping(to table: inout RouteTable) {
        table.submission("/people", access: Self.keepers) { incoming, fields in
            try await save(nil, incoming, fields)
        }
        table.submission("/people/{id}", access: Self.keepers) { incoming, fields in
            try await save(try await keptPerson(incoming), incoming, fields)
        }
        table.submission("/people/{id}/remove", access: Self.keepers) { incoming, _ in
            let person = try await keptPerson(incoming)
            try await store.write { tx in
                try People.remove(person.id, in: tx)
                try PersonKeeping.record(.delete, person, by: incoming.actor, in: tx)
                guard let account = person.accountID else { return }
                try PersonKeeping.carryDepartment(
                    to: account,
                    by: incoming.actor,
                    platform.identity.accounts,
                    in: tx
                )
            }
            return .other(.seeOther(PeopleListPage.link))
        }
    }

    /// Saves what a form holds: as a new entry, or over one that is there.
    private func save(
        _ old: Person?,
        _ incoming: Incoming,
        _ fields: FormFields
    ) async throws -> Answer {
        let key = fields.text("_idempotency") ?? RandomName.make(byteCount: 12)
        var form = try await form(incoming)
        form.isLinked = old?.accountID != nil
        form.fill(fields)
        if form.errors.isEmpty {
            let keeping = PersonKeeping(
                actor: incoming.actor,
                accounts: platform.identity.accounts,
                form: form
            )
            let saved = try await store.write { tx in
                try keeping.save(over: old, key: key, in: tx)
            }
            if let saved { return .other(.seeOther(.path("people", saved))) }
            form.errors["login"] = Bilingual(
                "이 기관에 그런 직원 계정이 없습니다.",
                "The organization has no such staff account."
            )
        }
        let page = PersonFormPage(form: form, person: old, idempotencyKey: key)
        return .page(page.page(in: incoming.page), .unprocessableContent)
    }

    private func form(_ incoming: Incoming) async throws -> PersonForm {
        let all = try await store.read { try Organizations.all(in: $0) }
        return PersonForm(actor: incoming.actor, all: all)
    }

    private func person(_ incoming: Incoming) async throws -> Person {
        let id = try incoming.pathParameter("id")
        guard let person = try await store.read({ try People.find(id, in: $0) }) else {
            throw Problem.notFound
        }
        return person
    }

    /// The entry of the address, where the person who asks keeps it.
    private func keptPerson(_ incoming: Incoming) async throws -> Person {
        let person = try await person(incoming)
        guard incoming.actor.keepsDirectory(of: person.organizationID) else {
            throw Problem.refused
        }
        return person
    }
}
