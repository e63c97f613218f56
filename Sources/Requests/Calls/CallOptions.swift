/// How a call is made, and what becomes of its answer.
package struct CallOptions: Sendable, Equatable {
  /// How often it is tried again; nil for the usual number, which is 2 for GET and HEAD, and 0 for what may change
  /// something. A second try with another token is not counted.
  package var retries: Int?
  /// Statuses that are tried again besides those that usually are, as `StatusSet` reads them: `404`, `4xx`, `500-502`.
  package var retryOn: [String] = []
  /// In seconds: the longest wait before a further try. Where a provider asks for more the call ends, and says so.
  package var maxWait: Int64 = 60
  /// In seconds: how long the provider may take to begin its answer, and between two pieces of it. Not for all of it.
  package var timeout: Int64 = 60
  /// How all pages of a list are put together; nil for the one answer as it is.
  package var paging: CallPaging?
  /// Whether the session tells the head of each request, without its secrets (`CallSession.sentHead`). It takes building
  /// each request a second time.
  package var tellsHeads = false

  /// The usual number of tries, and one answer as it is.
  package init() {}
}

/// How the pages of a list become one document.
package struct CallPaging: Sendable, Equatable {
  /// What is written.
  package enum Form: String, Sendable, CaseIterable {
    /// One JSON array of all items.
    case items
    /// One item a line.
    case lines
    /// One JSON array of all pages, each as the answer that it was.
    case pages
  }

  /// What is written.
  package var form: Form
  /// How many items a page shall have; nil to leave that to the provider.
  package var pageSize: Int?
  /// The most pages that are asked for.
  package var mostPages: Int

  /// As many pages as are asked for where nobody says otherwise.
  package static let usualMostPages = 100

  package init(
    form: Form = .items, pageSize: Int? = nil, mostPages: Int = CallPaging.usualMostPages
  ) {
    self.form = form
    self.pageSize = pageSize
    self.mostPages = mostPages
  }
}
