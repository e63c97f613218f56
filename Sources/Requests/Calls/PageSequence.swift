internal import ProviderFormat

/// The pages that have been asked for so far.
struct PageSequence {
  let turn: PageTurn
  var document: PageDocument
  /// The most pages that are asked for.
  let most: Int
  /// How many have come.
  var count = 0
  /// What has been asked: a page that leads to one of these leads in a circle.
  private var asked: Set<APICall> = []

  init(_ pagination: Pagination, _ paging: CallPaging) {
    turn = PageTurn(pagination: pagination, pageSize: paging.pageSize)
    document = PageDocument(paging.form, listPath: pagination.listPath)
    most = paging.mostPages
  }

  /// Notes that a page is about to be asked for; false when it was before.
  mutating func begin(_ call: APICall) -> Bool {
    asked.insert(call).inserted
  }
}
