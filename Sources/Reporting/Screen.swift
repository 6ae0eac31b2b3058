import Records

/// A report as a page for a screen: answers first, as cards, then what stands behind them.
public struct Screen: Sendable {
  /// The language of its words.
  public var language: Language
  /// What it is.
  public var title: String
  /// Whom and which days it is about.
  public var about: String
  /// The whole in a sentence or two; nil where cards say it.
  public var lead: String?
  /// A card a question.
  public var cards: [Card] = []
  /// What belongs to the cards: it is printed with them.
  public var notes: [Block] = []
  /// Everybody of a cohort, in one order or several.
  public var people: [PeopleList] = []
  /// What stands behind the cards, a part each.
  public var further: [Section] = []
  /// Whether that is printed too, because somebody chose it.
  public var printsFurther = false
  /// Where the figures come from.
  public var sources: [String] = []
  /// Heading and lines of what belongs to a doctor.
  public var safety: (heading: String, lines: [String])
  /// What is said of the tables behind pictures, with a gap for the picture's name.
  public var numbersOf: String
  /// What is said of a line of weeks, with a gap for its values.
  public var painByWeek = ""
}

/// One question with its answer, its one number and a picture.
public struct Card: Sendable {
  /// The question.
  public var question: String
  /// The answer, a sentence.
  public var answer: String
  /// The number that stands for it; nil where there is none yet.
  public var number: String?
  /// What the number is of, and how sure it is.
  public var meaning: String
  /// A chart over a table; nil where there is nothing to draw.
  public var picture: Plot?
}

/// The people of a cohort in one order.
public struct PeopleList: Sendable {
  /// The order.
  public var title: String
  /// Header of each column; the last one is of the marks.
  public var columns: [String]
  /// A person each.
  public var rows: [PersonRow]
}

/// A person of a cohort.
public struct PersonRow: Sendable {
  /// How the person is called.
  public var name: String
  /// The file of the person's own page beside the cohort's; nil where there is none.
  public var page: String?
  /// The answers and figures, in words.
  public var cells: [String]
  /// A value a week, from 0 to 10, for a line; nil where a week has none.
  public var marks: [Double?]
}

extension Sentences {
  /// Days up to which an axis shows days; longer ones show months.
  static let mostDaysOfAxis = 84
  /// Texts that fit below a picture on a telephone.
  private static let mostTicks = 5

  /// Texts along an axis of days: some of the days, or months where there are more than twelve
  /// weeks.
  func ticks(from first: Day, to last: Day) -> [Chart.Tick] {
    guard last >= first else { return [] }
    let months = words.list(.shortMonths)
    if last - first > Sentences.mostDaysOfAxis {
      let firsts = Period(from: first, to: last).days.filter { $0.civil.day == 1 }
      let step = max(1, (firsts.count + Sentences.mostTicks - 1) / Sentences.mostTicks)
      return stride(from: 0, to: firsts.count, by: step).map { place in
        let civil = firsts[place].civil
        let month = months[civil.month - 1]
        return Chart.Tick(
          at: Double(firsts[place].number),
          text: civil.month == 1 || place == 0 ? "\(month) \(civil.year)" : month)
      }
    }
    let span = last - first
    let count = min(Sentences.mostTicks - 1, max(span, 1))
    let step = max(1, Int((Double(span) / Double(count)).rounded(.up)))
    return stride(from: 0, through: span, by: step).map {
      Chart.Tick(at: Double((first + $0).number), text: shortDay(first + $0))
    }
  }
}
