import Basics
import Connections
import Requests
import Synchronization
import Tokens

@testable import Store

/// Asks a keeper, as a command does.
struct Asking: Sendable {
  let clock: TestClock

  /// The access token, or the error.
  func ask(
    _ fetcher: ScriptedFetcher, _ home: TokenHome, least: Int64? = nil, isFresh: Bool = false,
    newerThan refused: Int64? = nil, notices: Notices = Notices()
  ) -> Result<String, TokenError> {
    ask(
      fetcher, in: home.session(), least: least, isFresh: isFresh, newerThan: refused,
      notices: notices)
  }

  func ask<Store: ConnectionStore & TokenStore & ~Copyable>(
    _ fetcher: ScriptedFetcher, in store: borrowing Store, least: Int64? = nil,
    isFresh: Bool = false, newerThan refused: Int64? = nil, notices: Notices = Notices()
  ) -> Result<String, TokenError> {
    let clock = clock
    let keeper = TokenKeeper(
      fetcher: fetcher,
      maker: { _ in
        .token(TokenHome.tokens("made", obtained: clock.seconds, expires: clock.seconds + 300))
      }, notice: { notices.add($0) }, clock: { clock.now })
    do throws(TokenError) {
      let tokens = try keeper.token(
        of: TokenHome.acme, in: store, least: least, isFresh: isFresh,
        newerThan: refused.map { Timestamp(secondsSinceEpoch: $0) })
      return .success(tokens.withAccessToken { $0.shownText })
    } catch {
      return .failure(error)
    }
  }
}

/// What a keeper has told.
final class Notices: Sendable {
  private let told = Mutex<[TokenNotice]>([])

  var all: [TokenNotice] { told.withLock { $0 } }

  func add(_ notice: TokenNotice) { told.withLock { $0.append(notice) } }
}
