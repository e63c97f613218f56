import ProviderFormat
import Testing

@Suite("What a pattern says of its values")
struct PatternAnalysisTests {
  @Test(arguments: [
    ("^a$", true), ("a^", false), ("(a|b^)", true), ("(?:a$)b", false), ("a$|^", true),
    ("[]", false), ("^$", true),
    ("a{0}^b", true), ("a*^b", true), ("a+^b", false), ("(?=b)b", true), ("(?=a)b", false),
    ("(?=[])b", false),
    ("x?$", true), ("$a?", true), ("(a?)\\1^b", true),
    ("(?=a)bc", false), ("(?=ab)abc", true), ("a(?=b)(?:c|b)", true),
  ])
  func `an expression that nothing can match is told apart`(_ source: String, _ canMatch: Bool)
    throws
  {
    #expect(PatternAnalysis(try Pattern(source)).canMatch == canMatch)
  }

  @Test(arguments: [
    ("^a$", true), ("^a", false), ("a$", false), ("^(a|b)$", true), ("^a$|^b$", true),
    ("^a$|b", false), ("^(?=x)a$", true), ("(?=x)^a$", true),
  ])
  func `an expression for the whole value is told from one for a part`(
    _ source: String, _ isAnchored: Bool
  ) throws {
    #expect(PatternAnalysis(try Pattern(source)).isAnchored == isAnchored)
  }

  @Test(arguments: [
    ("^abc$", 3, 3), ("abc", 3, nil), ("^a?b{2,4}$", 2, 5), ("^a+$", 1, nil), ("^a$|^bcd$", 1, 3),
    ("^(?:ab|cde)-\\d+$", 4, nil), ("^(?<x>ab)(?!c)\\w{3}$", 5, 5), ("^\\t\\u0041$", 2, 2),
    ("^(a)\\1$", 1, nil), ("^(?:){99999999}$", 0, 0), ("^a{0,0}$", 0, 0),
    ("^a{9999999}$", 1_048_576, nil),
    ("^x$y", 0, nil),
  ])
  func `the length of a value is known as far as the pattern tells it`(
    _ source: String, _ shortest: Int, _ longest: Int?
  ) throws {
    let analysis = PatternAnalysis(try Pattern(source))
    #expect(analysis.shortest == shortest)
    #expect(analysis.longest == longest)
  }

  @Test(arguments: [
    ("^acme-[a-z]+$", "acme-"), ("acme-[a-z]+", ""), ("^ab?c", "a"), ("^ab+c", "ab"),
    ("^a{3}b", "aaab"),
    ("^(?:sk_(?:live|test)_)[a-z]+$", "sk_"), ("^(ab|ac)d", "a"), ("^(?:ab)c", "abc"),
    ("^ab|^acd", "a"), ("^ab|cd", ""), ("^(?!abc)ab\\.", "ab."), ("^\\x61\\b-", "a-"),
    ("^[ab]c", ""),
    ("^a$b", ""),
  ])
  func `the constant beginning of a value is known as far as the pattern tells it`(
    _ source: String, _ prefix: String
  ) throws {
    #expect(PatternAnalysis(try Pattern(source)).literalPrefix == prefix)
  }

  @Test(arguments: [
    ("^a-[b]+$", "-a"), ("ab|bc", "b"), ("(?:x@)?y", "y"), ("(?:x@)+y", "@xy"), ("(?=z)a*", ""),
  ])
  func `characters that stand in every value are known`(_ source: String, _ scalars: String) throws
  {
    let expected = Set(scalars.unicodeScalars.map(\.value))
    #expect(PatternAnalysis(try Pattern(source)).requiredScalars == expected)
  }

  @Test(.timeLimit(.minutes(1)))
  func `repetitions in repetitions are analysed in no time`() throws {
    let depth = 90
    for quantifier in ["+", "{2}"] {
      let source =
        String(repeating: "(?:", count: depth) + "ab"
        + String(repeating: ")\(quantifier)", count: depth)
      #expect(PatternAnalysis(try Pattern(source)).canMatch)
    }
  }
}
