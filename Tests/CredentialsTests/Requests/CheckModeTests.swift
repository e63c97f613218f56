import Requests
import Testing

@Suite struct CheckModes {
  @Test(arguments: [
    (#""auth_mode":"API_KEY""#, "No check is known for Acme"),
    (
      #""auth_mode":"BASIC","credentials_verification_script":"acme""#,
      "The check for Acme is a program"
    ),
    (#""auth_mode":"JWT""#, "No check is known for Acme"),
    (#""auth_mode":"NONE""#, "Acme asks for no credentials"),
    (#""auth_mode":"JWT","proxy":{"verification":{"endpoints":["/me"]}}"#, "signed"),
    (
      #""auth_mode":"JWT","token":{"signing_key":"${k}","header":{"alg":"XS1"}},"#
        + #""proxy":{"verification":{"endpoints":["/me"]}}"#, "signed"
    ),
    (
      #""auth_mode":"SIGNATURE","signature":{"protocol":"other"},"#
        + #""proxy":{"verification":{"endpoints":["/me"]}}"#, "signed"
    ),
    (#""auth_mode":"OAUTH2""#, "linked in a browser"),
    (#""auth_mode":"OAUTH2","usher":{"check":[{"url":"/me"}]}"#, "linked in a browser"),
    (#""auth_mode":"OAUTH1""#, "linked in a browser"),
    (#""auth_mode":"INSTALL_PLUGIN""#, "No check is known for Acme"),
  ])
  func `what cannot be checked is said before and after`(members: String, words: String) {
    let json = #"{"display_name":"Acme",\#(members)}"#
    #expect(CheckSession.reasonForNone(Fixture.provider(json))?.contains(words) == true)
    let session = SessionUnderTest(json, [:])
    #expect(session.next() == "done: uncheckable")
    #expect(session.diagnosis.sentence.contains(words))
  }

  @Test(arguments: [
    #""auth_mode":"OAUTH2_CC""#, #""auth_mode":"TWO_STEP""#, #""auth_mode":"BILL""#,
    #""auth_mode":"TWO_STEP","signature":{"protocol":"RSA"}"#, #""auth_mode":"AWS_SIGV4""#,
    #""auth_mode":"API_KEY","proxy":{"verification":{"endpoints":["/me"]}}"#,
    #""auth_mode":"OAUTH2_CC","require_client_certificate":true"#,
    #""auth_mode":"OAUTH2_CC","token_request_auth_method":"private_key_jwt""#,
    #""auth_mode":"JWT","token":{"signing_key":"${k}"},"proxy":{"verification":{"endpoints":["/me"]}}"#,
    #""auth_mode":"TBA","proxy":{"verification":{"endpoints":["/me"]}}"#,
    #""auth_mode":"INSTALL_PLUGIN","proxy":{"verification":{"endpoints":["/me"]}}"#,
    #""auth_mode":"OAUTH1","proxy":{"verification":{"endpoints":["/me"]}}"#,
  ])
  func `what can be checked needs no such words`(members: String) {
    #expect(CheckSession.reasonForNone(Fixture.provider("{\(members)}")) == nil)
  }
}
