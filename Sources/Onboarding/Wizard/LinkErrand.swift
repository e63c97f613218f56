package import Connections
package import Drafts
package import Requests
package import Secrets

/// What has been typed so far, and the connection that it is kept for. Wiped with its owner.
package struct KeptDraft: ~Copyable {
  package let values: Submission
  package let name: ConnectionName

  init(_ values: consuming Submission, for name: ConnectionName) {
    self.values = values
    self.name = name
  }

  /// The values, with an owner of their own.
  consuming func takeValues() -> Submission { values }
}

/// What a provider is to be asked about values. Wiped with its owner.
package struct CheckOrder: ~Copyable {
  package let submission: Submission
  /// The connection whose values are to be sealed before, in case the session is cut; nil where nothing is new.
  package let keptAs: ConnectionName?

  init(_ submission: consuming Submission, keptAs name: ConnectionName?) {
    self.submission = submission
    keptAs = name
  }

  /// The values, with an owner of their own.
  consuming func takeSubmission() -> Submission { submission }
}

/// What linking with a person's consent wants done outside. Wiped with its owner.
package struct LinkErrand: ~Copyable {
  /// The one or the other: a question is asked of a provider, or its answer is waited for.
  package enum Deed: ~Copyable {
    /// Wait for the browser; answer with `.listening` or `.notListening`, and later with `.link(.redirected)`.
    case listen(RedirectMatcher)
    /// Ask; tell of it with `.link(.asking)` and `.link(.code)`, and answer with `.link(.answered)`. Nobody listens any
    /// longer.
    case perform(LinkJob)
  }

  package let deed: Deed
  /// To be sealed before, in case the session is cut; nil where nothing is new.
  package var draft: KeptDraft?

  init(_ deed: consuming Deed, keeping draft: consuming KeptDraft? = nil) {
    self.deed = deed
    self.draft = draft
  }

  /// What is to be done, with an owner of its own.
  consuming func takeDeed() -> Deed { deed }
}

/// What is to be sealed and written together. Wiped with its owner.
package struct SaveOrder: ~Copyable, Sendable {
  package var record: ConnectionRecord
  /// What the account was linked with; nil where there is none.
  package internal(set) var token: TokenSet?
  /// An application to be kept beside the connection. Under another name where its own is taken by another one.
  package var application: Application?
  /// Whether what is stored under the connection's name may be replaced.
  package let isReplacing: Bool
  /// Whether nothing is new but facts, so that tokens that are kept are as good as they were.
  package let keepsToken: Bool

  init(
    _ record: consuming ConnectionRecord, token: consuming TokenSet? = nil,
    application: consuming Application? = nil, isReplacing: Bool, keepsToken: Bool = false
  ) {
    self.keepsToken = keepsToken
    self.record = record
    self.token = token
    self.application = application
    self.isReplacing = isReplacing
  }

  /// The record, with an owner of its own.
  consuming func takeRecord() -> ConnectionRecord { record }
}

/// News of a link that is under way.
package enum LinkNews: ~Copyable, Sendable {
  /// What is about to be asked of whom.
  case asking(CheckProgress)
  /// To be typed on another device.
  case code(DeviceCode)
  /// The address that a browser came back to.
  case redirected(SecretBuffer)
  case answered(LinkResult)
}
