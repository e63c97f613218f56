internal import Basics

/// What somebody typed, ready to be compared with many names.
struct SearchQuery {
  /// Longer searches are cut off, in bytes.
  private static let limit = 128
  /// Initials are looked for from so many letters on: every two letters are some name's.
  private static let shortestInitials = 3

  let words: [SearchWord]
  /// The words without the spaces between them, so that `git hub` finds GitHub and `googledrive` Google Drive.
  let joined: [UInt8]
  let letters: LetterMask
  /// What was typed as an address, where it may be one.
  let host: HostQuery?

  init(_ text: String) {
    host = HostQuery(text)
    let folded = Array(SearchText.folded(text).prefix(SearchQuery.limit))
    words = folded.split(separator: SearchText.space).map {
      SearchWord(Array($0))
    }
    joined = folded.filter { $0 != SearchText.space }
    letters = LetterMask(of: joined)
  }

  /// One word of another query, alone.
  init(_ word: SearchWord) {
    host = nil
    words = [word]
    joined = word.bytes
    letters = LetterMask(of: word.bytes)
  }

  var isEmpty: Bool { joined.isEmpty }

  /// Whether any of the words is long enough to have a mistake in it.
  var canHaveMistakes: Bool { words.contains { $0.mistakes > 0 } }

  /// Whether a text of these letters can fit when mistakes are forgiven: a letter that it lacks is a mistake each time
  /// that it was typed.
  func canFit(_ letters: LetterMask) -> Bool {
    words.allSatisfy { $0.mistakes(lacking: letters) <= $0.mistakes }
  }

  /// How a provider fits as it was typed.
  ///
  /// - Parameters:
  ///   - text: a provider's searched text (`SearchText.of(name:slug:)`).
  ///   - isInCategory: whether a word is the beginning of one of its categories' words.
  func rank(of text: borrowing RawSpan, isInCategory: (Int) -> Bool) -> SearchRank? {
    if let rank = phrase(in: text) { return rank }
    if let rank = allWords(in: text, isInCategory) { return rank }
    return isInitials(of: text) ? .initials : nil
  }

  /// The whole query at the beginning of a word, spaces on either side left aside.
  private func phrase(in text: borrowing RawSpan) -> SearchRank? {
    var best: SearchRank?
    for start in 0..<text.byteCount where text.beginsWord(at: start) {
      guard let end = end(of: joined, from: start, in: text) else { continue }
      guard text.beginsField(at: start) else {
        best = best ?? .phrase
        continue
      }
      if text.endsField(at: end) { return .exact }
      best = .prefix
    }
    return best
  }

  private func end(of bytes: [UInt8], from start: Int, in text: borrowing RawSpan) -> Int? {
    var offset = start
    for byte in bytes {
      while offset < text.byteCount, text[offset] == SearchText.space { offset += 1 }
      guard offset < text.byteCount, text[offset] == byte else { return nil }
      offset += 1
    }
    return offset
  }

  /// Every word somewhere, ranked by the one that fits worst.
  private func allWords(
    in text: borrowing RawSpan, _ isInCategory: (Int) -> Bool
  ) -> SearchRank? {
    var worst = SearchRank.words
    for (index, word) in words.enumerated() {
      guard let rank = rank(of: word.bytes, in: text) ?? (isInCategory(index) ? .category : nil)
      else { return nil }
      worst = max(worst, rank)
    }
    return worst
  }

  private func rank(of word: [UInt8], in text: borrowing RawSpan) -> SearchRank? {
    guard word.count <= text.byteCount else { return nil }
    var isPart = false
    for start in 0...text.byteCount - word.count where text.holds(word, at: start) {
      if text.beginsWord(at: start) { return .words }
      isPart = true
    }
    return isPart ? .substring : nil
  }

  private func isInitials(of text: borrowing RawSpan) -> Bool {
    guard words.count == 1, joined.count >= SearchQuery.shortestInitials else { return false }
    var matched = 0
    for start in 0..<text.byteCount {
      if text[start] == SearchText.separator { return false }
      guard text.beginsWord(at: start) else { continue }
      guard text[start] == joined[matched] else { return false }
      matched += 1
      if matched == joined.count { return true }
    }
    return false
  }

  /// How a provider fits when mistakes are forgiven: each word at the beginning of a word of the name.
  func mistakenRank(of text: borrowing RawSpan, inCategory: (Int) -> SearchRank?) -> SearchRank? {
    var worst = SearchRank.mistake
    for (index, word) in words.enumerated() {
      guard let rank = mistakenRank(of: word, in: text) ?? inCategory(index) else { return nil }
      worst = max(worst, rank)
    }
    return worst
  }

  private func mistakenRank(of word: SearchWord, in text: borrowing RawSpan) -> SearchRank? {
    if word.mistakes == 0 {
      return rank(of: word.bytes, in: text) == .words ? .mistake : nil
    }
    var best: SearchRank?
    for start in 0..<text.byteCount where text.beginsWord(at: start) {
      if let rank = mistakenRank(of: word, from: start, in: text) { best = min(best ?? rank, rank) }
    }
    return best
  }

  /// Goes on over spaces, so that `googel drive` and `googeldrive` find the same.
  private func mistakenRank(
    of word: SearchWord, from start: Int, in text: borrowing RawSpan
  ) -> SearchRank? {
    var column = word.distance.start()
    var best: SearchRank?
    var rest = word.bytes.count + word.mistakes
    for offset in start..<text.byteCount {
      let byte = text[offset]
      if byte == SearchText.separator { break }
      if byte == SearchText.space { continue }
      word.distance.advance(&column, by: byte)
      rest -= 1
      if column.distance <= word.mistakes {
        let rank = SearchRank(
          mistakes: column.distance, isWhole: text.endsWord(at: offset + 1))
        best = min(best ?? rank, rank)
      }
      // A letter takes away one mistake at most.
      if column.distance - rest > word.mistakes || rest == 0 { break }
    }
    return best
  }
}

/// Words and fields of a searched text.
extension RawSpan {
  fileprivate func beginsField(at offset: Int) -> Bool {
    offset == 0 || self[offset - 1] == SearchText.separator
  }

  fileprivate func endsField(at offset: Int) -> Bool {
    offset == byteCount || self[offset] == SearchText.separator
  }

  fileprivate func beginsWord(at offset: Int) -> Bool {
    guard self[offset] > SearchText.space else { return false }
    return offset == 0 || self[offset - 1] <= SearchText.space
  }

  fileprivate func endsWord(at offset: Int) -> Bool {
    offset == byteCount || self[offset] <= SearchText.space
  }

  @inline(__always)
  fileprivate func holds(_ word: [UInt8], at offset: Int) -> Bool {
    for index in word.indices where self[offset + index] != word[index] { return false }
    return true
  }
}
