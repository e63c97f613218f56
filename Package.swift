// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is built with. Warnings are errors in our code only, not in dependencies.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Every function is looked up at start: looking one up at its first call saves registers, and with them the end of a
/// secret that was just copied, on a stack that is not wiped.
let boundAtStart: [LinkerSetting] = [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "now"])]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
/// Arrays of values that cannot be copied.
let containers = Target.Dependency.product(name: "BasicContainers", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpCompression = Target.Dependency.product(
  name: "NIOHTTPCompression", package: "swift-nio-extras")
/// What the check's client and the tests' own server are built on.
let nio: [Target.Dependency] =
  ["NIOCore", "NIOPosix", "NIOHTTP1", "NIOTLS"].map { .product(name: $0, package: "swift-nio") }
  + [.product(name: "NIOSSL", package: "swift-nio-ssl")]

func library(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// Providers and their guides; values, and the requests that are made with them.
let guides: [Target.Dependency] = ["Catalogues", "GuideText", "GuideTools", "ProviderFormat"]
let credentials: [Target.Dependency] = ["Connections", "Drafts", "Requests", "Secrets", "Signing"]

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["Basics", "TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

/// A program or library that only tests use.
func fixture(
  _ name: String, _ dependencies: [Target.Dependency], isProgram: Bool = true
) -> Target {
  let path = "Tests/Fixtures/\(name)"
  return isProgram
    ? .executableTarget(
      name: name, dependencies: dependencies + ["Basics"], path: path, swiftSettings: strict,
      linkerSettings: boundAtStart)
    : .target(
      name: name, dependencies: dependencies + ["Basics"], path: path, swiftSettings: strict)
}

let package = Package(
  name: "usher",
  products: [.executable(name: "usher", targets: ["usher"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
  ],
  targets: [
    .systemLibrary(
      name: "CNcurses", path: "Modules/CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(
      name: "CSQLite", path: "Modules/CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CMark", path: "Modules/CMark",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CYAML", path: "Modules/CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CLinux", path: "Modules/CLinux"),

    library("Basics", ["CLinux"]),
    library("Secrets", ["Basics", "CLinux", containers]),
    library("TerminalUI", ["Basics", "Secrets"]),
    library("GuideText", ["Basics", "CMark"]),
    library(
      "ProviderFormat", ["Basics", "CYAML", "GuideText"],
      resources: [
        .embedInCode("Resources"), .embedInCode("ProviderFormat.docc/ProviderFiles.md"),
      ]),
    library(
      "Catalogues", ["Basics", "GuideText", "ProviderFormat"],
      resources: [.embedInCode("Resources")]),
    library("GuideTools", ["Basics", "Catalogues", "GuideText", "ProviderFormat"]),
    library("Drafts", ["Basics", "ProviderFormat", "Secrets", "Signing", crypto]),
    library("Signing", ["Basics", "Secrets", crypto, cryptoExtras]),
    library("Requests", ["Basics", "Drafts", "ProviderFormat", "Secrets", "Signing"]),
    library("Connections", ["Basics", "Drafts", "ProviderFormat", "Requests", "Secrets"]),
    library(
      "Tokens",
      ["Basics", "Connections", "Drafts", "ProviderFormat", "Requests", "Secrets"]),
    library("FileTemplates", ["Basics", "CYAML", "Secrets"]),
    library("Projects", ["Basics", "Connections", "GuideText", "ProviderFormat"]),
    library(
      "Onboarding",
      [
        "Basics", "CLinux", "Catalogues", "Connections", "Drafts", "GuideText", "Projects",
        "ProviderFormat", "Requests", "Secrets", "TerminalUI",
      ]),
    library(
      "Checking",
      nio + [
        "Basics", "CLinux", "Catalogues", "Drafts", "ProviderFormat", "Requests", "Secrets",
        "Signing", httpCompression,
      ]),
    library(
      "GuideFetching",
      ["Basics", "CLinux", "Checking", "GuideText", "ProviderFormat", crypto]),
    library(
      "Store",
      [
        "Basics", "CLinux", "CSQLite", "Connections", "Drafts", "ProviderFormat", "Requests",
        "Secrets", "Signing", crypto, cryptoExtras,
      ]),
    library(
      "CursesTerminal",
      ["Basics", "CLinux", "CNcurses", "Secrets", "TerminalUI"]),
    .executableTarget(
      name: "usher",
      dependencies: [
        "Basics", "CLinux", "Catalogues", "Checking", "Connections", "CursesTerminal", "Drafts",
        "FileTemplates", "GuideFetching", "GuideText", "GuideTools", "Onboarding", "Projects",
        "ProviderFormat", "Requests", "Secrets", "Store", "TerminalUI", "Tokens", argumentParser,
      ],
      // What `usher help` explains besides commands.
      resources: ["Configuration", "Environment", "ExitCodes", "ProjectFiles", "TeamStore"].map {
        .embedInCode("Usher.docc/\($0).md")
      },
      swiftSettings: strict, linkerSettings: boundAtStart),

    .target(
      name: "TestSupport", dependencies: ["CLinux"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "LoopbackSupport", dependencies: nio + ["CLinux", "TestSupport"],
      path: "Tests/LoopbackSupport", swiftSettings: strict),
    fixture(
      "CheckHelperFixture", guides + credentials + ["CLinux", "Checking", "TestSupport"]),
    fixture(
      "TerminalFixture", ["CLinux", "CursesTerminal", "Onboarding", "Secrets", "TerminalUI"]),
    .target(name: "BenchmarkProbe", path: "Tests/Benchmark/Probe"),
    .executableTarget(
      name: "UsherBenchmark",
      dependencies: ["BenchmarkProbe", "CLinux", "LoopbackSupport", "TestSupport"],
      path: "Tests/Benchmark/Driver", swiftSettings: strict),
    fixture("StoreFaults", ["CSQLite"], isProgram: false),
    fixture("StoreCrashFixture", guides + credentials + ["Store", "StoreFaults"]),
    fixture(
      "TokenFixture", credentials + ["CLinux", "ProviderFormat", "Store", "StoreFaults", "Tokens"]),

    tests("Basics", ["CLinux"]),
    tests("Secrets", ["CLinux", "Secrets"]),
    tests("TerminalUI", ["TerminalUI"]),
    tests("Guides", guides),
    tests("Credentials", guides + credentials + [crypto, cryptoExtras]),
    tests("Projects", ["Connections", "GuideText", "Projects", "ProviderFormat", "Requests"]),
    tests(
      "Onboarding", guides + credentials + ["CLinux", "Onboarding", "Projects", "TerminalUI"],
      exclude: ["Snapshots", "Fixtures"]),
    tests(
      "Checking",
      guides + credentials + ["CLinux", "CheckHelperFixture", "Checking", "LoopbackSupport"],
      exclude: ["Flows/Data"]),
    tests(
      "GuideFetching",
      guides + ["Checking", "GuideFetching", "LoopbackSupport"]),
    tests(
      "Store",
      guides + credentials + [
        "CLinux", "CSQLite", "CheckHelperFixture", "Checking", "LoopbackSupport", "Store",
        "StoreCrashFixture", "StoreFaults", crypto,
      ],
      exclude: ["Fixtures"]),
    tests(
      "Tokens",
      credentials + [
        "CLinux", "ProviderFormat", "Store", "StoreFaults", "TokenFixture", "Tokens",
      ]),
    tests(
      "CursesTerminal",
      ["CLinux", "CursesTerminal", "Onboarding", "Secrets", "TerminalFixture", "TerminalUI"]),
    tests("FileTemplates", ["FileTemplates", "Secrets"]),
    tests(
      "Usher",
      guides + credentials + ["LoopbackSupport", "Store", "TerminalUI", "usher", argumentParser]),
  ]
)

/// Targets for libFuzzer, which brings the `main` that they lack: `.ci/fuzz` builds and runs them, and no other build
/// sees them.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies + ["Basics"], path: "Tests/Fuzz/\(name)",
    swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
}

if Context.environment["USHER_FUZZ"] != nil {
  package.targets += [
    .target(
      name: "FuzzSupport", dependencies: credentials + ["Basics"], path: "Tests/Fuzz/FuzzSupport",
      swiftSettings: strict),
    fuzzer("GuideReaderFuzz", guides),
    fuzzer("ProviderReaderFuzz", guides),
    fuzzer("IndexReaderFuzz", guides + ["FuzzSupport"]),
    fuzzer("PageIndexFuzz", ["GuideFetching"]),
    fuzzer("TemplateFuzz", guides + credentials + ["FuzzSupport"]),
    fuzzer("FileTemplateFuzz", guides + credentials + ["FileTemplates", "FuzzSupport"]),
    fuzzer("RequestFuzz", guides + credentials + ["FuzzSupport"]),
    fuzzer("AnswerFuzz", guides + credentials + ["FuzzSupport"]),
    fuzzer("KeyFuzz", guides + credentials + ["FuzzSupport"]),
    fuzzer("XMLFuzz", guides + credentials + ["FuzzSupport"]),
    fuzzer("SubmissionFuzz", guides + credentials + ["FuzzSupport"]),
    fuzzer("AgeFuzz", ["FuzzSupport", "Secrets", "Store"]),
    fuzzer("ArmorFuzz", ["FuzzSupport", "Store"]),
    fuzzer("IdentityFuzz", ["FuzzSupport", "Secrets", "Signing", "Store"]),
  ]
}
