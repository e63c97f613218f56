internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests

/// What is said of checks and their answers.
extension LinkSession {
  /// The facts that an answer brought.
  func answerFacts(of diagnosis: Diagnosis) -> [Page.Fact] {
    var facts: [Page.Fact] = []
    if let account = diagnosis.account { facts.append(.init("Account", account)) }
    if let organization = diagnosis.organization {
      facts.append(.init("Organization", organization))
    }
    if !diagnosis.rights.isEmpty {
      facts.append(.init("Rights", diagnosis.rights.joined(separator: ", ")))
    }
    if let expires = diagnosis.expires {
      let now = checked ?? options.now
      facts.append(.init("Expires", Sentences.expiry(expires, seenFrom: now)))
    } else if let text = diagnosis.unreadExpiry {
      facts.append(.init("Expires", "“\(text)”, which could not be read as a date"))
    }
    if let text = diagnosis.unreadTokenExpiry {
      facts.append(.init("Token ends", "“\(text)”, which could not be read"))
    }
    for (name, text) in diagnosis.metadata.sorted(by: { $0.key < $1.key }) {
      facts.append(.init(name, text))
    }
    if !diagnosis.isAccepted, let host = diagnosis.host {
      let status = diagnosis.status.map { ", answer \($0)" } ?? ""
      facts.append(.init("Asked", host + status))
    }
    return facts
  }

  /// The connection's name as briefly as commands understand it.
  var shortName: String {
    name.name == ConnectionName.defaultName ? name.provider : "\(name)"
  }

  /// The page where a key is made anew and an old one withdrawn: what the entry names, else the guide's first link on
  /// the step of the secret, else where the provider explains itself.
  var rotationPage: String? {
    if let page = provider.usher.revocation?.page { return page }
    let stage = firstSecret?.stage ?? 0
    let steps = stages[stage...stage] + stages[..<stage].reversed()
    for step in steps {
      for reference in References([.guide(step.blocks)], countingCode: false).all {
        if case .address(let url) = reference.target, url.hasPrefix("http") { return url }
      }
    }
    return provider.setupGuide ?? provider.docs
  }

  /// Where to change what the provider did not accept: the first secret, or the first field of all.
  var firstSecret: FieldPlace? {
    let fields = shownFields()
    return (fields.first { $0.isMasked } ?? fields.first).flatMap { place(of: $0.id) }
  }
}
