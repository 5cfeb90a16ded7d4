import Glibc
import Subprocess
import SystemPackage

/// What a program may take of the machine.
public struct ProgramLimits: Sendable, Hashable {
    /// The longest it may take, by the clock.
    public var maximumDuration = Duration.seconds(60)
    /// The most seconds of a processor.
    public var maximumProcessorSeconds = 30
    /// The most memory it may address, in bytes.
    public var maximumMemoryByteCount = 1 << 30
    /// The largest file it may write, in bytes.
    public var maximumFileByteCount = 256 << 20
    /// The most it may write to its standard output, in bytes.
    public var maximumOutputByteCount = 16 << 20

    /// Creates the limits with their default values.
    public init() {}
}

/// How a program ended that came to its end by itself.
public struct ProgramResult: Sendable, Hashable {
    /// Its exit status; 0 where all went well.
    public let status: Int32
    /// What it wrote to its standard output.
    public let output: [UInt8]
    /// What it complained of.
    public let complaint: String
}

/// A program of the machine, run for one piece of work that may be hostile.
///
/// It runs in a process of its own without a shell, without the environment of the server, under
/// limits that the kernel holds (`prlimit` of util-linux sets them before the program begins) and
/// under a clock; whatever it does, the server goes on.
public struct Program: Sendable {
    /// The name of the program, as the machine's `PATH` finds it.
    public let name: String
    /// What it may take.
    public let limits: ProgramLimits

    /// Creates a program by its name.
    public init(_ name: String, limits: ProgramLimits = ProgramLimits()) {
        self.name = name
        self.limits = limits
    }

    /// The most programs that run at the same time; others wait for their turn.
    public static let maximumRunningCount = 2
    /// The most that a program may complain of, in bytes.
    private static let maximumComplaintByteCount = 4 << 20
    /// How much of a complaint the log needs, in characters.
    private static let maximumContextLength = 200

    private static let turns = Turns(count: maximumRunningCount)

    private var environment: Environment {
        .custom([
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent",
        ])
    }

    /// Whether the machine has the program.
    public var isInstalled: Bool {
        get async { (try? await path(of: name)) != nil }
    }

    /// Runs the program.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments, handed over as they are.
    ///   - input: Its standard input, a file that has no name and is gone afterwards.
    /// - Returns: How it ended, whatever its exit status.
    /// - Throws: `ProgramError` where it is not installed, passes a limit or is ended by a signal.
    public func run(_ arguments: [String], input: [UInt8]) async throws -> ProgramResult {
        let path = try await path(of: name).string
        let prlimit = try await self.path(of: "prlimit")
        let words =
            [
                // The kernel warns (SIGXCPU) at the first number and kills at the second.
                "--cpu=\(limits.maximumProcessorSeconds):\(limits.maximumProcessorSeconds + 1)",
                "--as=\(limits.maximumMemoryByteCount)",
                "--fsize=\(limits.maximumFileByteCount)", "--core=0", "--", path,
            ] + arguments
        let file = try Self.file(holding: input)
        return try await Self.turns.take {
            try await self.run(prlimit, words, input: file)
        }
    }

    /// Runs under the clock: whichever of the program and the clock ends first ends the other.
    private func run(
        _ executable: FilePath,
        _ arguments: [String],
        input: FileDescriptor
    ) async throws -> ProgramResult {
        defer { try? input.close() }
        return try await withThrowingTaskGroup(of: ProgramResult?.self) { group in
            group.addTask { try await self.result(executable, arguments, input: input) }
            group.addTask { [limits] in
                try await Task.sleep(for: limits.maximumDuration)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else {
                throw ProgramError.tookTooLong("\(name): \(limits.maximumDuration)")
            }
            return result
        }
    }

    private func result(
        _ executable: FilePath,
        _ arguments: [String],
        input: FileDescriptor
    ) async throws -> ProgramResult {
        var options = PlatformOptions()
        // A group of its own, so that what the program starts itself ends with it.
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)
        ]
        do {
            let ended = try await Subprocess.run(
                .path(executable),
                arguments: Arguments(arguments),
                environment: environment,
                workingDirectory: "/",
                platformOptions: options,
                input: .fileDescriptor(input, closeAfterSpawningProcess: false),
                output: .bytes(limit: limits.maximumOutputByteCount),
                error: .bytes(limit: Self.maximumComplaintByteCount)
            )
            let complaint = String(decoding: ended.standardError, as: UTF8.self)
            switch ended.terminationStatus {
            case .exited(let status):
                return ProgramResult(
                    status: status,
                    output: ended.standardOutput,
                    complaint: complaint
                )
            case .signaled(SIGXCPU): throw ProgramError.tookTooLong("\(name): SIGXCPU")
            case .signaled(let signal):
                throw ProgramError.failed(
                    "\(name): signal \(signal) \(complaint.prefix(Self.maximumContextLength))"
                )
            }
        } catch let error as SubprocessError {
            if error.code == .outputLimitExceeded {
                throw ProgramError.wroteTooMuch("\(name): \(limits.maximumOutputByteCount) bytes")
            }
            throw ProgramError.failed("\(name): \(error)")
        }
    }

    private func path(of program: String) async throws -> FilePath {
        do {
            return try await Executable.name(program).resolveExecutablePath(in: environment)
        } catch {
            throw ProgramError.notInstalled(program)
        }
    }

    /// A file without a name that holds bytes, open for reading from its beginning.
    ///
    /// A pipe would have to be written while the program reads it, and breaks where it does not.
    private static func file(holding bytes: [UInt8]) throws -> FileDescriptor {
        let name = "/tmp/haechi-\(UInt64.random(in: 0...UInt64.max))"
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                FilePath(name),
                .readWrite,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite
            )
        } catch {
            throw ProgramError.failed("temporary file: \(error)")
        }
        unlink(name)
        do {
            try file.writeAll(bytes)
            try file.seek(offset: 0, from: .start)
            return file
        } catch {
            try? file.close()
            throw ProgramError.failed("temporary file: \(error)")
        }
    }
}
