import Basics
import Connections
import Store
import Testing

@Suite("what a store notes of a connection")
struct HistoryContractTests {
  private let tally = TestRecord.tally
  private let anna = EventAuthor(user: "anna", host: "lab")

  private func kinds(_ store: borrowing StoreSession) throws -> [ConnectionEvent.Kind] {
    try store.read(tally).facts.history.map(\.kind)
  }

  @Test(arguments: StoreKind.available)
  func `a first save, and each change of values, with who it was`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    let first = try store.read(tally).facts
    let event = try #require(first.history.first)
    #expect(first.history.count == 1)
    #expect(event.kind == .linked && event.author == .current && event.detail == nil)
    // Built anew, and opened before it was changed.
    try store.save("second-EXAMPLE", replacing: true)
    try store.save(
      TestRecord.make("third-EXAMPLE"), replacing: true, keepingToken: false)
    #expect(try kinds(store) == [.linked, .replaced, .replaced])
    // The values that are there already.
    try store.save(try store.read(tally), replacing: true, keepingToken: false)
    #expect(try kinds(store) == [.linked, .replaced, .replaced])
    #expect(try store.read(tally).facts.history.first == event)
  }

  @Test(arguments: StoreKind.available)
  func `a change of facts is not worth a note`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    var record = try store.read(tally)
    record.facts.checked = .now()
    try store.save(record, replacing: true, keepingToken: true)
    #expect(try kinds(store) == [.linked])
  }

  @Test(arguments: StoreKind.available)
  func `two changes at one moment are two events and no third`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    let now = Timestamp.now()
    for secret in ["y-EXAMPLE", "z-EXAMPLE"] {
      var record = try store.read(tally)
      record.values = TestRecord.values(secret)
      record.facts.history.append(
        ConnectionEvent(.edited, time: now, author: anna, detail: "credentials.apiKey"))
      try store.save(record, replacing: true, keepingToken: false)
    }
    #expect(try kinds(store) == [.linked, .edited, .edited])
  }

  @Test(arguments: StoreKind.available)
  func `who says better what was done is believed`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    var opened = try store.read(tally)
    opened.facts.history.append(
      ConnectionEvent(.edited, author: anna, detail: "credentials.apiKey"))
    try store.save(opened, replacing: true, keepingToken: false)
    var anew = TestRecord.make("y-EXAMPLE")
    anew.facts.history = [ConnectionEvent(.edited, author: anna, detail: "params.region")]
    try store.save(anew, replacing: true, keepingToken: false)
    let history = try store.read(tally).facts.history
    #expect(history.map(\.kind) == [.linked, .edited, .edited])
    #expect(history.map(\.detail) == [nil, "credentials.apiKey", "params.region"])
    #expect(history.dropFirst().allSatisfy { $0.author == anna })
  }

  @Test(arguments: StoreKind.available)
  func `what comes back goes on with the history, and says so`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    try store.save("second-EXAMPLE", replacing: true)
    try store.bringBack(tally)
    #expect(try kinds(store) == [.linked, .replaced, .broughtBack])
    try store.bringBack(tally)
    #expect(try kinds(store) == [.linked, .replaced, .broughtBack, .broughtBack])
  }

  @Test(arguments: StoreKind.available)
  func `a connection that is linked again after its removal begins anew`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    try store.save("second-EXAMPLE", replacing: true)
    try store.remove(tally)
    try store.save("third-EXAMPLE")
    #expect(try kinds(store) == [.linked])
  }
}
