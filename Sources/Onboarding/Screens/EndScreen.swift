internal import Basics
internal import Connections
internal import ProviderFormat

/// When the values end, where the provider does not say it: whoever made them has chosen it.
struct EndScreen: EntryScreen {
  var line: PlainLine

  init(_ visit: borrowing LinkSession) {
    line = PlainLine(
      TextEntry(visit.end.map { $0.moment?.day ?? "never" } ?? "", limit: 40),
      secret: "That looks like a secret. Here a date or a number of days is asked for.",
      tooLong: "That is too long for a date.")
  }

  var screen: Screen { .end(self) }

  func page(_ visit: borrowing LinkSession) -> Page {
    let name = visit.provider.displayName
    var page = Page(
      header: visit.header(position: "End", station: visit.lastStation),
      title: "When does it end?")
    page.items = [
      .paragraph(
        "How many days did you choose at \(name)? It does not say so itself. “usher status” warns before the end."
      )
    ]
    page.fields = [line.field("Ends", placeholder: "90d, 2027-03-01 or never")]
    page.keys = keys("use it")
    return page
  }

  /// Nothing at all takes back what was said.
  mutating func accept(_ visit: inout LinkSession) -> Request {
    guard !line.entry.text.isEmpty else {
      visit.end = nil
      return .next
    }
    do throws(ChosenEndError) {
      visit.end = try ChosenEnd(line.entry.text, now: visit.moment)
      return .next
    } catch {
      line.notice = Notice(failed: error.explanation)
      return .stay
    }
  }
}
