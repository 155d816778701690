using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Web.Data;

/// <summary>
/// A text by the beginning of which a person is found: each tail of the name, of its pinyin initials, of the number.
/// A range of an index answers what a search for a part of the text would have to read every record for.
/// Beside these there are marks: what a list is filtered by and the record keeps as a set in one column. They begin
/// with a space, which no text that is searched for holds.
/// </summary>
public sealed class SearchTerm
{
    private SearchTerm() { }

    public SearchTerm(string term, VolunteerId volunteer) => (Term, VolunteerId) = (term, volunteer);

    /// <summary>Mark of who speaks a language.</summary>
    public static string Speaks(string language) => " language:" + language;

    /// <summary>Mark of who would like to serve in a line.</summary>
    public static string WouldServe(ServiceLine line) => " line:" + line;

    /// <summary>Mark of who would like to help somebody.</summary>
    public static string WouldHelp(HelpTargets help) => " help:" + help;

    public string Term { get; private set; } = "";

    public VolunteerId VolunteerId { get; private set; }
}
