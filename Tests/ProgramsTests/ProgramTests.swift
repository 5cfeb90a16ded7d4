import Basics
import Documents
import PackagingTesting
import Testing

@testable import Programs

/// The code of the `ProgramError` that a closure throws.
private func code(_ body: () async throws -> Void) async -> ProgramError.Code? {
    do {
        try await body()
        return nil
    } catch let error as ProgramError {
        return error.code
    } catch {
        Issue.record("not a ProgramError: \(error)")
        return nil
    }
}

@Suite struct `Programs of the machine` {
    @Test func `get their input as it is, without a shell and without our environment`()
        async throws
    {
        let input = Array("a $HOME `x` 가".utf8)
        let result = try await Program("cat").run(["-"], input: input)
        #expect(result.status == 0)
        #expect(result.output == input)
        let environment = try await Program("env").run([], input: [])
        let names = String(decoding: environment.output, as: UTF8.self).split(separator: "\n").map {
            $0.prefix { $0 != "=" }
        }
        #expect(Set(names) == ["PATH", "LC_ALL", "HOME"])
    }

    @Test func `tell how they ended and what they complained of`() async throws {
        let result = try await Program("cat").run(["/no/such/file"], input: [])
        #expect(result.status == 1)
        #expect(result.complaint.contains("/no/such/file"))
    }

    @Test func `that are missing, write without end or take too long are given up`() async {
        var limits = ProgramLimits()
        limits.maximumOutputByteCount = 1_000
        #expect(
            await code { _ = try await Program("no-such-program").run([], input: []) }
                == .notInstalled
        )
        #expect(await !Program("no-such-program").isInstalled)
        #expect(
            await code { _ = try await Program("yes", limits: limits).run([], input: []) }
                == .wroteTooMuch
        )
        limits.maximumDuration = .milliseconds(300)
        #expect(
            await code { _ = try await Program("sleep", limits: limits).run(["60"], input: []) }
                == .tookTooLong
        )
    }

    @Test func `are held to their memory and their processor time`() async throws {
        var limits = ProgramLimits()
        limits.maximumMemoryByteCount = 64 << 20
        limits.maximumProcessorSeconds = 1
        // `tail` keeps a line until it ends, and this one never does.
        let tail = try await Program("tail", limits: limits).run(["/dev/zero"], input: [])
        #expect(tail.status != 0)
        let loop = Program("awk", limits: limits)
        #expect(
            await code { _ = try await loop.run(["BEGIN { while (1) x++ }"], input: []) }
                == .tookTooLong
        )
    }

    @Test func `run a few at a time, and all of them get their turn`() async throws {
        let outputs = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for number in 0..<12 {
                group.addTask {
                    try await Program("cat").run(["-"], input: [UInt8(number)]).output
                }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(outputs.count == 12)
    }
}

@Suite(.enabled("poppler-utils is not installed") { await PDFText.isAvailable })
struct `PDF files` {
    private func code(_ bytes: [UInt8]) async -> DocumentsError.Code? {
        do {
            _ = try await PDFText.outline(of: bytes)
            return nil
        } catch let error as DocumentsError {
            return error.code
        } catch {
            Issue.record("not a DocumentsError: \(error)")
            return nil
        }
    }

    @Test func `give their text by pages, and a title that the first page says`() async throws {
        let outline = try await PDFText.outline(
            of: PDFFile.bytes(
                pages: [["City rules", "", "", "Leave is split."], ["It ends."]],
                title: "City rules"
            )
        )
        #expect(outline.title == "City rules")
        #expect(outline.blocks.last == .init(.paragraph("It ends."), page: 2))
        #expect(outline.blocks.first == .init(.heading(level: 1, "City rules"), page: 1))
    }

    @Test func `without text, under a password or damaged say so`() async {
        #expect(await code(PDFFile.bytes(pages: [[], []])) == .noTextLayer)
        #expect(await code(PDFFile.encrypted()) == .encrypted)
        #expect(await code(Array("%PDF-1.7\nnonsense".utf8)) == .damaged)
        let whole = PDFFile.bytes(pages: [["Text"]])
        #expect(await code(Array(whole.prefix(whole.count / 4))) == .damaged)
    }

    @Test func `whose text is huge are given up`() async {
        let lines = Array(repeating: String(repeating: "word ", count: 15), count: 50)
        var limits = DocumentLimits()
        limits.maximumTextByteCount = 5_000
        do {
            _ = try await PDFText.outline(
                of: PDFFile.bytes(pages: Array(repeating: lines, count: 3)),
                limits: limits
            )
            Issue.record("read")
        } catch let error as ProgramError {
            #expect(error.code == .wroteTooMuch)
        } catch {
            Issue.record(error)
        }
    }
}
