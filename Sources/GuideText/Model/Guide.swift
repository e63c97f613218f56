/// A provider's guide as it was written: what is needed, and the steps to get it.
package struct Guide: Sendable, Equatable {
  /// The provider that the guide belongs to.
  package var slug: String
  /// Out of front matter, or the page's first heading; the slug where there is neither.
  package var title: String
  /// The short title of a site's navigation (`sidebarTitle` of front matter).
  package var sidebarTitle: String?
  /// One or two sentences for search engines (`description` of front matter).
  package var description: String?
  /// What stands before everything else, or under `Overview`.
  package var overview: [Block]
  /// What stands under `Prerequisites`.
  package var prerequisites: [Block]
  /// What stands under `Instructions` before the first step.
  package var instructions: [Block]
  /// In written order.
  package var steps: [Step]
  /// Sections with any other heading, before or after the steps. Nothing of a guide is lost.
  package var extras: [Section]
  /// What the reader has to say about the file.
  package var findings: [GuideFinding]
  /// Every heading in written order, also those of steps and known sections.
  package var headings: [Heading] = []
  /// What a page says of itself besides the guide, when it was read in its published form.
  package var publication: Publication
  /// Whether the steps were found without a single `Step N` heading.
  package var hasImplicitSteps = false

  package init(
    slug: String, title: String, sidebarTitle: String? = nil, description: String? = nil,
    overview: [Block] = [], prerequisites: [Block] = [], instructions: [Block] = [],
    steps: [Step] = [], extras: [Section] = [], findings: [GuideFinding] = [],
    publication: Publication = Publication()
  ) {
    self.slug = slug
    self.title = title
    self.sidebarTitle = sidebarTitle
    self.description = description
    self.overview = overview
    self.prerequisites = prerequisites
    self.instructions = instructions
    self.steps = steps
    self.extras = extras
    self.findings = findings
    self.publication = publication
  }
}

/// A heading as it was written.
package struct Heading: Sendable, Equatable {
  /// The words, on one line.
  package var text: String
  /// 1 to 6.
  package var level: Int
  /// The fragment that leads here.
  package var anchor: String
  /// Whether it begins a step although it is not called `Step N`.
  package var isStep: Bool

  package init(text: String, level: Int, anchor: String, isStep: Bool = false) {
    self.text = text
    self.level = level
    self.anchor = anchor
    self.isStep = isStep
  }
}

/// One numbered step of a guide.
package struct Step: Sendable, Equatable {
  /// The whole heading as written: `Step 1: Create an API key`.
  package var heading: String
  /// The written number, which may be wrong, repeated or missing.
  package var number: Int?
  /// The heading without `Step N:`.
  package var title: String
  /// Heading level as written, 1 to 6.
  package var level: Int
  /// Every fragment that leads here: the heading's own slug first, then explicit `<a id>`, then sub-headings'.
  package var anchors: [String]
  /// What stands under the heading, sub-headings included, up to the next step or section.
  package var blocks: [Block]

  package init(
    heading: String, number: Int?, title: String, level: Int, anchors: [String], blocks: [Block]
  ) {
    self.heading = heading
    self.number = number
    self.title = title
    self.level = level
    self.anchors = anchors
    self.blocks = blocks
  }
}

/// A heading that is neither a step nor one of the known sections, with what stands under it.
package struct Section: Sendable, Equatable {
  /// As written.
  package var heading: String
  /// Heading level as written, 1 to 6.
  package var level: Int
  /// Every fragment that leads here, the heading's own first.
  package var anchors: [String]
  /// What stands under it, up to the next heading of the same or a higher level.
  package var blocks: [Block]
  /// Whether it stands behind the first step; such sections are shown after the last one.
  package var isAfterSteps: Bool
  /// How many steps stand before it.
  package var precedingSteps: Int

  package init(
    heading: String, level: Int, anchors: [String], blocks: [Block], isAfterSteps: Bool,
    precedingSteps: Int = 0
  ) {
    self.heading = heading
    self.level = level
    self.anchors = anchors
    self.blocks = blocks
    self.isAfterSteps = isAfterSteps
    self.precedingSteps = precedingSteps
  }
}

/// A piece of a guide that takes whole lines.
package indirect enum Block: Sendable, Equatable {
  case paragraph([Inline])
  /// A heading within a step or section, of level 1 to 6.
  case heading(level: Int, [Inline])
  case list([ListItem])
  /// Text is verbatim, without the fence and without the indentation of the list item it stands in.
  case code(language: String?, text: String)
  case table(Table)
  case callout(Callout, [Block])
  case figure(Figure)
  case quote([Block])
  case rule
}

/// One item, with the number that its author wrote.
package struct ListItem: Sendable, Equatable {
  /// What stands in front of an item.
  package enum Marker: Sendable, Equatable {
    case bullet
    /// As its author wrote it; items may be numbered in any way.
    case number(Int)
    /// A box, ticked or not.
    case task(isDone: Bool)
  }

  /// As its author wrote it.
  package var marker: Marker
  /// What the item holds; nested lists are blocks of it.
  package var blocks: [Block]
  /// Columns in front of the mark in the file. For the export; what is nested in what is told by `blocks`.
  package var indent: Int

  package init(marker: Marker, blocks: [Block], indent: Int = 0) {
    self.marker = marker
    self.blocks = blocks
    self.indent = indent
  }
}

/// A table. A row may have more or fewer cells than the header.
package struct Table: Sendable, Equatable {
  /// Where the cells of a column stand; `none` where the author does not say.
  package enum Alignment: Sendable, Equatable { case none, left, center, right }

  /// The cells of the first row.
  package var header: [[Inline]]
  /// The cells of the other rows.
  package var rows: [[[Inline]]]
  /// One for each column of the header.
  package var alignments: [Alignment]

  /// - Parameter alignments: one for each cell of `header`.
  package init(header: [[Inline]], rows: [[[Inline]]], alignments: [Alignment]) {
    self.header = header
    self.rows = rows
    self.alignments = alignments
  }
}

/// The kind of a call-out box.
package enum Callout: String, Sendable, CaseIterable {
  case note = "Note"
  case tip = "Tip"
  case warning = "Warning"
  case info = "Info"
}

/// A screenshot, shown as a line of text and a link. Never fetched.
package struct Figure: Sendable, Equatable {
  /// The address of the image, as written.
  package var source: String
  /// The words that stand for the image (`alt`).
  package var alternative: String?

  package init(source: String, alternative: String? = nil) {
    self.source = source
    self.alternative = alternative
  }

  /// What to call it on screen: the alternative text, else the file's name.
  package var name: String {
    if let alternative, !alternative.isEmpty { return alternative }
    let path = source.split(separator: "?")[...].first ?? ""
    return path.split(separator: "/").last.map(String.init) ?? source
  }
}

/// A piece of a line.
package indirect enum Inline: Sendable, Equatable {
  case text(String)
  case strong([Inline])
  case emphasis([Inline])
  case code(String)
  case link([Inline], url: String)
  case figure(Figure)
  case lineBreak
}

/// What a reader or the lint says about a guide or provider file.
package struct GuideFinding: Sendable, Equatable, Error {
  /// How bad it is: an error cannot work, a warning is likely a mistake, a note says what could be better.
  package enum Severity: String, Sendable, Comparable {
    case note, warning, error

    /// Mildest first: `max` finds the worst.
    package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// How bad it is.
  package var severity: Severity
  /// The path of the file, as it was given.
  package var file: String
  /// One-based; 0 when the whole file is meant.
  package var line: Int
  /// What is wrong, as a sentence without a period: `unknown key "titel" in field "apiKey"`.
  package var message: String
  /// One thing to do about it.
  package var advice: String?

  package init(
    severity: Severity, file: String, line: Int, message: String, advice: String? = nil
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.message = message
    self.advice = advice
  }
}
