internal import Connections

/// Another name for the connection: when the first one is taken, or because the user wants one.
struct RenameScreen: EntryScreen {
  var line: PlainLine

  /// Begins with a name that is free: a taken one would only have to be erased.
  init(_ visit: borrowing LinkSession) {
    line = PlainLine(
      TextEntry(visit.freeName.name),
      secret:
        "That looks like a secret. A name is shown in lists and kept in clear; choose another.",
      tooLong: "That is too long for a name.")
  }

  var screen: Screen { .rename(self) }

  func page(_ visit: borrowing LinkSession) -> Page {
    var page = Page(
      header: visit.header(position: "Name", station: 0), title: "What shall it be called?")
    let use = "one for each account, machine or environment"
    page.items = [
      .paragraph(
        visit.isNameTaken
          ? "\(visit.name) is taken. A second name keeps both: \(use)."
          : "Commands call the connection by this name. Several names keep several accounts apart: \(use)."
      )
    ]
    var field = line.field("Name", placeholder: "e.g. work")
    field.prefix = "\(visit.name.provider)/"
    page.fields = [field]
    page.keys = keys("use this name")
    return page
  }

  mutating func accept(_ visit: inout LinkSession) -> Request {
    guard line.entry.secret == nil else {
      line.notice = line.secretNotice
      return .stay
    }
    guard let name = ConnectionName(provider: visit.name.provider, name: line.entry.text) else {
      line.notice = Notice(
        .failed,
        "A name has 1 to 64 letters, digits, “-”, “_” or “.”, and begins with a letter, a digit or “_”."
      )
      return .stay
    }
    if visit.isTaken(name) {
      line.notice = Notice(.failed, "\(name) is linked already.")
      return .stay
    }
    return .named(name)
  }
}
