extension UsherExtension.CheckStep {
  init?(_ value: Value) {
    guard let url = value["url"]?.text else { return nil }
    self.init(url: url)
    if let method = value["method"]?.text { self.method = method.uppercased() }
    query = value["query"]?.templates ?? []
    headers = value["headers"]?.templates ?? []
    body = UsherExtension.Body(ofStep: value)
    skip = value["skip_when"].flatMap(Field.Visibility.init)
    isFallback = value["fallback"]?.isTrue ?? false
    answers = (value["answers"]?.list ?? []).compactMap(UsherExtension.Answer.init)
  }
}

extension UsherExtension.Body {
  /// Under one of the keys `body`, `form` and `xml`.
  init?(ofStep value: Value) {
    if let json = value["body"] {
      self = .json(json)
    } else if let form = value["form"]?.map {
      self = .form(form)
    } else if let xml = value["xml"]?.text {
      self = .xml(xml)
    } else {
      return nil
    }
  }
}

extension UsherExtension.Answer {
  /// Nil when a part of it cannot be understood: an answer with one condition less would mean something else.
  init?(_ value: Value) {
    guard let means = value["means"]?.text.flatMap(UsherExtension.Meaning.init) else { return nil }
    self.init(means: means)
    if let status = value["status"] {
      guard let set = StatusSet(status) else { return nil }
      self.status = set
    }
    for member in value["where"]?.map?.members ?? [] {
      guard let test = UsherExtension.Condition.Test(member.value) else { return nil }
      conditions.append(.init(path: member.key, test: test))
    }
    contains = value["contains"]?.texts ?? []
    say = value["say"]?.text
    next = value["next"]?.text
    read = (value["read"]?.map?.members ?? []).flatMap { fact in
      fact.value.texts.map { .init(name: fact.key, template: $0) }
    }
  }
}

extension UsherExtension.Condition.Test {
  /// A text or several for "one of these"; `{is: list}`, `{is: present}`, `{is: absent}`, `{contains: …}`.
  init?(_ value: Value) {
    guard let map = value.map else {
      let texts = value.texts
      guard !texts.isEmpty, texts.count == (value.list?.count ?? 1) else { return nil }
      self = .equals(texts)
      return
    }
    guard map.members.count == 1, let member = map.members.first else { return nil }
    switch (member.key, member.value.text) {
    case ("is", "list"): self = .isList
    case ("is", "present"): self = .isPresent
    case ("is", "absent"): self = .isAbsent
    case ("contains", _) where !member.value.texts.isEmpty: self = .contains(member.value.texts)
    default: return nil
    }
  }
}
