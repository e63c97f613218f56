internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests

/// Asking the provider, one process at a time.
extension TokenKeeper {
  /// Waits for its turn and looks again, for whoever had it before may have asked; who waits looks whenever something is
  /// kept, so that a token that will do is had by all of them at once.
  /// - Parameters:
  ///   - record: nil where it has not been opened yet.
  ///   - row: what was kept at the first look.
  func fetch<Store: ConnectionStore & TokenStore & ~Copyable>(
    _ demand: TokenDemand, _ record: consuming ConnectionRecord?, after row: consuming StoredToken,
    in store: borrowing Store
  ) throws(TokenError) -> Attempt {
    let seen = row.version
    while true {
      switch try wait(demand.name, since: row.version, in: store) {
      case .taken(let lock):
        return try fetch(demand, record, seen: seen, holding: lock, in: store)
      case .unkeepable(let reason):
        let record = if let record { record } else { try read(demand.name, in: store) }
        return .token(try fetchUnkept(demand, record, row, because: reason))
      case .passed:
        switch try settle(try kept(demand.name, in: store), demand, seen: seen) {
        case .token(let tokens): return .token(tokens)
        case .row(let other): row = other
        }
      }
    }
  }

  private func wait<Store: TokenStore & ~Copyable>(
    _ name: ConnectionName, since version: Int, in store: borrowing Store
  ) throws(TokenError) -> TokenTurn {
    do {
      return try store.lockToken(of: name, since: version)
    } catch {
      throw .store(error)
    }
  }

  /// - Parameter lock: lent for as long as the provider is asked and what it gives is written.
  private func fetch<Store: ConnectionStore & TokenStore & ~Copyable>(
    _ demand: TokenDemand, _ record: consuming ConnectionRecord?, seen: Int,
    holding lock: borrowing TokenLock, in store: borrowing Store
  ) throws(TokenError) -> Attempt {
    switch try settle(try kept(demand.name, in: store), demand, seen: seen) {
    case .token(let tokens): return .token(tokens)
    case .row(let row):
      // Not before: of all that wait for their turn one needs it. Where a person may have to agree, perhaps none.
      if !row.isOfConsent { fetcher.prepare() }
      let record = if let record { record } else { try readOrDismiss(demand.name, in: store) }
      if let objection = objection(to: row, of: record) {
        fetcher.dismiss()
        let error = TokenError(demand.name, objection, isOfConsent: true)
        return .token(try handOut(row, demand, despite: objection, else: error))
      }
      return try ask(demand, record, row, holding: lock, in: store)
    }
  }

  private func ask<Store: ConnectionStore & TokenStore & ~Copyable>(
    _ demand: TokenDemand, _ record: borrowing ConnectionRecord, _ row: consuming StoredToken,
    holding lock: borrowing TokenLock, in store: borrowing Store
  ) throws(TokenError) -> Attempt {
    try requireTurn(lock, demand.name)
    switch fetcher.fetch(record.submission(), known: row.duplicateTokens()) {
    case .token(let tokens): return try keep(tokens, demand, record, after: row, store)
    case .refused(let diagnosis):
      guard record.provider.authMode.needsConsent, TokenError.isRefusal(diagnosis) else {
        return try note(diagnosis, demand, record, row, store)
      }
      // Whoever has the store too, on another machine, may have used the refresh token up and kept the next one.
      let other = try kept(demand.name, in: store)
      guard other.version != row.version else {
        return try note(diagnosis, demand, record, row, store)
      }
      switch try settle(other, demand, seen: row.version) {
      case .token(let tokens): return .token(tokens)
      case .row(let newer):
        try requireTurn(lock, demand.name)
        switch fetcher.fetch(record.submission(), known: newer.duplicateTokens()) {
        case .token(let tokens): return try keep(tokens, demand, record, after: newer, store)
        case .refused(let diagnosis): return try note(diagnosis, demand, record, newer, store)
        }
      }
    }
  }

  /// Nothing is spent that somebody else may be spending.
  private func requireTurn(
    _ lock: borrowing TokenLock, _ name: ConnectionName
  ) throws(TokenError) {
    guard !lock.isHeld() else { return }
    fetcher.dismiss()
    throw .store(
      .failed(
        Explanation(
          what: "no token for \(name)",
          why: "its turn to get one was over before the provider was asked: the store has not "
            + "heard of this machine in time",
          advice: "run the command again")))
  }

  private func readOrDismiss<Store: ConnectionStore & ~Copyable>(
    _ name: ConnectionName, in store: borrowing Store
  ) throws(TokenError) -> ConnectionRecord {
    do {
      return try read(name, in: store)
    } catch {
      fetcher.dismiss()
      throw error
    }
  }

  /// Where nothing can be kept.
  private func fetchUnkept(
    _ demand: TokenDemand, _ record: borrowing ConnectionRecord, _ row: consuming StoredToken,
    because reason: StoreError
  ) throws(TokenError) -> TokenSet {
    if let objection = objection(to: row, of: record) {
      let error = TokenError(demand.name, objection, isOfConsent: true)
      return try handOut(row, demand, despite: objection, else: error)
    }
    // What only a refresh token renews is not: the next one would be lost.
    if objection(to: StoredToken(tokens: nil), of: record) != nil {
      let diagnosis = Diagnosis(
        kind: .unclear, sentence: "What takes the place of its refresh token could not be kept.")
      return try handOut(
        row, demand, despite: diagnosis, else: .unkeepable(demand.name, reason))
    }
    switch fetcher.fetch(record.submission(), known: nil) {
    case .token(let tokens):
      notice(.notKept(demand.name, reason))
      return tokens
    case .refused(let diagnosis):
      let error = TokenError(demand.name, diagnosis, isOfConsent: row.isOfConsent)
      return try handOut(row, demand, despite: diagnosis, else: error)
    }
  }

  /// Keeps what was got, and hands it out. What cannot be kept is good all the same.
  /// - Parameter row: what it takes the place of.
  private func keep<Store: ConnectionStore & TokenStore & ~Copyable>(
    _ tokens: consuming TokenSet, _ demand: TokenDemand, _ record: borrowing ConnectionRecord,
    after row: consuming StoredToken, _ store: borrowing Store
  ) throws(TokenError) -> Attempt {
    let saving = change(row, record, store) { row in
      row.tokens = tokens.duplicate()
      row.failure = nil
    }
    switch saving {
    case .saved: break
    case .failed(let reason):
      notice(tokens.isOfConsent ? .lost(demand.name, reason) : .notKept(demand.name, reason))
    case .overtaken(let conflict): return .overtaken(conflict)
    }
    let now = clock()
    if let least = demand.least, let expires = tokens.expires,
      !tokens.isGood(at: now, forAtLeast: least)
    {
      notice(.shortLived(demand.name, lifetime: expires.secondsSinceEpoch - now.secondsSinceEpoch))
    }
    return .token(tokens)
  }

  /// Writes down that a fetch has failed, beside what is kept. Where that cannot be done nobody else is spared the next.
  private func note<Store: ConnectionStore & TokenStore & ~Copyable>(
    _ diagnosis: Diagnosis, _ demand: TokenDemand, _ record: borrowing ConnectionRecord,
    _ row: consuming StoredToken, _ store: borrowing Store
  ) throws(TokenError) -> Attempt {
    if TokenDemand.isKept(diagnosis) {
      let failure = StoredToken.Failure(time: clock(), diagnosis: diagnosis)
      let saving = change(row.duplicate(), record, store) { $0.failure = failure }
      if case .overtaken(let conflict) = saving { return .overtaken(conflict) }
    }
    let isOfConsent = row.isOfConsent || record.provider.authMode.needsConsent
    let error = TokenError(demand.name, diagnosis, isOfConsent: isOfConsent)
    return .token(try handOut(row, demand, despite: diagnosis, else: error))
  }
}

extension TokenKeeper {
  private enum Saving {
    case saved
    case failed(StoreError)
    /// The connection has other values by now, or is gone.
    case overtaken(StoreError)
  }

  /// Saves what is kept with a change. Where the connection has been changed meanwhile, its values may be the same: a check
  /// that is noted leaves them as they are, and what was got with them is as good as it was. Where somebody has thrown
  /// away what was kept, nothing of it comes back; and what a person has agreed to meanwhile counts.
  private func change<Store: ConnectionStore & TokenStore & ~Copyable>(
    _ row: consuming StoredToken, _ record: borrowing ConnectionRecord, _ store: borrowing Store,
    _ change: (inout StoredToken) -> Void
  ) -> Saving {
    let version = row.version
    do throws(StoreError) {
      do {
        change(&row)
        try store.saveToken(row, of: record.facts)
      } catch .conflict(let name, let why) {
        let current = try store.read(name)
        var other = try store.token(of: name) ?? StoredToken(tokens: nil)
        let isLinkedAnew =
          record.provider.authMode.needsConsent && other.version != version
          && current.facts.version != record.facts.version
        guard !isLinkedAnew, current.hasSameCredentials(as: record) else {
          return .overtaken(.conflict(name, why: why))
        }
        change(&other)
        try store.saveToken(other, of: current.facts)
      }
      return .saved
    } catch {
      if case .notFound = error { return .overtaken(error) }
      return .failed(error)
    }
  }
}
