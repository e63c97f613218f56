internal import Basics

/// One thing that is found out about an account once it is linked: settings that its requests need, and whose it is. Some
/// answers tell several sites or companies; which of them is meant is for a person to say where they leave it open.
package struct LinkLookup: Sendable, Equatable {
  /// A setting, and where its value stands.
  package struct Finding: Sendable, Equatable {
    package let setting: String
    /// In the element of the list that was chosen, or in the whole answer; a claim of the token; or a setting.
    package let path: String
  }

  /// What an element of the list has to agree with.
  package struct Match: Sendable, Equatable {
    /// In the element. An address agrees with the first part of its host too.
    package let path: String
    /// A setting as `params.x`, or a claim of the token as `claims.x`. One without a value says nothing.
    package let source: String

    package init(path: String, source: String) {
      self.path = path
      self.source = source
    }
  }

  /// A setting that is what stands in another one, or in an answer, behind some words, up to a slash.
  package struct Rest: Sendable, Equatable {
    package let setting: String
    package let source: String
    package let words: String
  }

  /// What is asked, in the grammar of `usher.check`; nil where all that is needed is known.
  package var request: UsherExtension.CheckStep?
  /// The path of a list of which one element is meant; empty for the whole answer, nil where there is no list.
  package var list: String?
  /// What has to be true of the element that is meant.
  package var conditions: [UsherExtension.Condition] = []
  package var matches: [Match] = []
  /// Whether the first is taken where several are possible; else none is.
  package var takesFirst = false
  /// What an element is called, by a path in it.
  package var name: String?
  /// Settings that the answer tells.
  package var settings: [Finding] = []
  /// Settings that stand in the access token, which is a JSON Web Token.
  package var claims: [Finding] = []
  /// Settings that are a part of others.
  package var rests: [Rest] = []
  /// Settings that are a part of what the answer tells, whose sources are paths as those of `settings`.
  package var parts: [Rest] = []
  /// Members of the answer to the token request that are settings.
  package var members: [String] = []
  /// What the whole answer tells of the account.
  package var facts: [UsherExtension.FactPath] = []

  init() {}
}

extension LinkLookup {
  /// What is found out about accounts of a provider, in order; empty where nothing is known. An entry that names what was
  /// to be done after a link (`post_connection_script`) says by it which service it is: its own addresses may be asked.
  /// Of another entry of the same name only what lies below its base address is.
  package static func of(_ provider: Provider) -> [LinkLookup] {
    let script = provider.entry["post_connection_script"]?.text
    let known = all[key(provider.slug)] ?? script.flatMap { all[key($0)] } ?? []
    return script == nil ? known.filter { $0.request?.url.contains("://") != true } : known
  }

  /// As the resource writes it.
  static let entries: Value.Map = {
    let bytes = PackageResources.link_lookups_yaml
    return (try? YAMLReader.read(bytes, file: "link-lookups.yaml"))?.value.map ?? .init()
  }()

  private static let all: [String: [LinkLookup]] = {
    let pairs = entries.members.map { member in
      (key(member.key), (member.value.list ?? []).compactMap(LinkLookup.init))
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }()

  /// `jira` and `jiraPostConnection` are one name.
  private static func key(_ name: String) -> String {
    let suffix = "postconnection"
    let name = name.lowercased().filter { $0 != "-" }
    return name.hasSuffix(suffix) ? String(name.dropLast(suffix.utf8.count)) : name
  }
}
