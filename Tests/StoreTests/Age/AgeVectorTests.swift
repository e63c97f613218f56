import Testing

@Suite("age: the vectors of C2SP/CCTV", .enabled(if: AgeVector.folder != nil))
struct AgeVectorTests {
  @Test(arguments: AgeVector.names)
  func `a vector opens or fails exactly as it says`(name: String) throws {
    let vector = try AgeVector(named: name)
    let result = vector.open()
    #expect(result.outcome == vector.expectation)
    if let payload = vector.payload { #expect(result.payload ?? Self.emptyDigest == payload) }
  }

  @Test func `all 143 vectors are there`() {
    #expect(AgeVector.names.count == 143)
  }

  /// SHA-256 of nothing: a payload failure in the first chunk gives nothing out.
  private static let emptyDigest =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
}
