import FileTemplates
import Testing

struct TemplateFormatTests {
  @Test(
    "is told by the file's name",
    arguments: [
      ("app.json", TemplateFormat.json), ("a/b/app.YAML", .yaml), ("app.yml.tmpl", .yaml),
      ("app.toml.in", .toml), ("start.sh", .shell), (".env", .env), ("x/.env.production", .env),
      ("prod.env.tpl", .env), ("app.conf", .unknown), ("-", .unknown), ("", .unknown),
    ])
  func format(_ name: String, _ format: TemplateFormat) {
    #expect(TemplateFormat(fileName: name) == format)
  }
}
