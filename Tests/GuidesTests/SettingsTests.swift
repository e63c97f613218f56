import ProviderFormat
import Testing

@Suite("Settings of an integration")
struct SettingsTests {
  @Test func `the owner's settings come first, by their order, and on the step that explains them`()
    throws
  {
    let asked = Form(
      provider: try makeProvider(

        """
        auth_mode: AWS_SIGV4
        connection_config: {early: {title: E, order: 1}}
        integration_config:
          last: {title: L}
          second: {title: S, order: 2}
          first: {title: F, order: 1, doc_section: '#step-1-a'}
          filled: {title: X, automated: true}
        """), guide: readGuide("## Step 1: A"))
    #expect(
      asked.fields.map(\.id.description) == [
        "integration_config.first", "integration_config.second", "integration_config.last",
        "params.external_id", "params.early", "credentials.role_arn",
      ])
    #expect(asked.fields.map(\.order) == asked.fields.map(\.order).sorted())
    #expect(asked.fields.map(\.step) == [0, nil, nil, nil, 0, 0])
  }
}
