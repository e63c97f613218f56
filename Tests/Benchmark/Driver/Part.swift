/// What is measured, each by its name on the command line.
enum Part: String, CaseIterable {
  case size, start, memory, key, growth, paste, next, get, list, save, bulk, check, tls, request
  case catalogue

  func run(_ bench: Bench) async {
    bench.report.begin(self)
    switch self {
    case .size: SizePart(bench: bench).run()
    case .start: StartPart(bench: bench).run()
    case .memory: MemoryPart(bench: bench).run()
    case .key: KeyPart(bench: bench).run()
    case .growth: GrowthPart(bench: bench).run()
    case .paste: PastePart(bench: bench).run()
    case .next: NextPart(bench: bench).run()
    case .get: GetPart(bench: bench).run()
    case .list: ListPart(bench: bench).run()
    case .save: SavePart(bench: bench).run()
    case .bulk: BulkPart(bench: bench).run()
    case .check: await CheckPart(bench: bench).run()
    case .tls: await TLSPart(bench: bench).run()
    case .request: await RequestPart(bench: bench).run()
    case .catalogue: CataloguePart(bench: bench).run()
    }
  }

  var title: String {
    switch self {
    case .size: "the file"
    case .start: "start to the first screen"
    case .memory: "memory while a masked field is filled in"
    case .key: "a key in a masked field"
    case .growth: "a key beside long guides and many fields"
    case .paste: "a paste as typed, without marks"
    case .next: "Next with a draft to keep"
    case .get: "usher get, the whole process"
    case .list: "usher list, the whole process"
    case .save: "one connection saved, the whole process"
    case .bulk: "10,000 connections in one go"
    case .check: "check --all, eight connections whose providers take 300 ms"
    case .tls: "one check over TLS on loopback"
    case .request: "a request through an account"
    case .catalogue: "the picker over many providers"
    }
  }
}
