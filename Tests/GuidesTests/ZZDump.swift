import FoundationEssentials
import Testing

@testable import Guides

@Test func dumpExport() throws {
  let env = ProcessInfo.processInfo.environment
  guard let from = env["DUMP_FROM"], let to = env["DUMP_TO"] else { return }
  let catalogue = Catalogue(sources: [.namedFolder(from)])
  let clock = ContinuousClock()
  var text = ""
  let t = clock.measure { text = catalogue.exported().prettyJSON }
  print("export took", t)
  for f in catalogue.findings { print(f) }
  for f in catalogue.guideFiles() { for x in f.guide.findings { print(x) } }
  try Data(text.utf8).write(to: URL(filePath: to))
}
@Test func dumpLint() throws {
  let env = ProcessInfo.processInfo.environment
  guard let from = env["DUMP_FROM"] else { return }
  let clock = ContinuousClock()
  var f: [GuideFinding] = []
  let t = clock.measure { f = GuideLint.findings(inFolder: from) }
  print("lint took", t)
  for f in f {
    print(f.severity, f.file.split(separator: "/").last!, f.line, f.message, "|", f.advice ?? "")
  }
}
@Test func differential() throws {
  guard ProcessInfo.processInfo.environment["DIFF_PATTERNS"] != nil else { return }
  let bytes = try GuideFile.read("/tmp/patterns.json", limit: 100_000_000)
  let v = unsafe try Value(
    json: bytes.span.bytes, limits: JSONLimits(bytes: 100_000_000, depth: 10))
  var bad = 0
  var n = 0
  for c in v.list! {
    let p = c["p"]!.text!
    let valid = c["valid"]!.bool!
    let pattern = try? Pattern(p)
    if (pattern != nil) != valid {
      bad += 1
      if bad < 40 { print("VALID", p, valid) }
      continue
    }
    guard let pattern else { continue }
    for x in c["vals"]!.list! {
      n += 1
      let s = x.list![0].text!
      let m = pattern.matches(s)
      let cap = pattern.firstCapture(in: s)
      if m != x.list![1].bool! || cap != x.list![2].text {
        bad += 1
        if bad < 40 { print("DIFF", p, s.debugDescription, m, cap ?? "nil", x.json) }
      }
    }
  }
  print("checked", n, "bad", bad)
}
@Test func zzOne() {
  guard let p = ProcessInfo.processInfo.environment["ZZ"] else { return }
  let c = ContinuousClock()
  var g: Guide?
  let t = c.measure { g = readGuide(String(repeating: p, count: 20_000) + "word") }
  print("ZZTIME", p.debugDescription, t, GuideWords.of(g!).contains("word"))
}
@Test func zzPerf() throws {
  guard let from = ProcessInfo.processInfo.environment["PERF"] else { return }
  let c = ContinuousClock()
  let y = try GuideFile.read("/tmp/big.yaml", limit: 1 << 24)
  for _ in 0..<3 {
    let t = c.measure { _ = try? YAMLReader.read(y, file: "x") }
    print("ZZ yaml", y.count, t)
  }
  for _ in 0..<2 {
    let t = c.measure {
      let f = ProviderFile(y, file: "x")
      _ = f.entries.map { Provider(slug: $0.slug, entry: $0.entry, origin: .builtIn, line: 1) }
    }
    print("ZZ providers", t)
  }
  let f = Catalogue(sources: [.namedFolder(from)])
  for n in ["stripe-api-key", "tally", "workday-adaptive-planning"] {
    let p = f.guidePath(for: f.provider(n)!)!
    let b = try GuideFile.read(p.path, limit: 1 << 20)
    for _ in 0..<3 {
      let t = c.measure { _ = Guide(slug: n, markdown: b, file: "x") }
      print("ZZ guide", n, b.count, t)
    }
  }
  let t = c.measure { _ = Catalogue(sources: [.builtIn]).form("tailscale-api-key") }
  print("ZZ builtin form", t)
  let t2 = c.measure { _ = Catalogue(sources: [.namedFolder(from)]).exported().json }
  print("ZZ export", t2)
}
