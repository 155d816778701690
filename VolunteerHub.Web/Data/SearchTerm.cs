namespace VolunteerHub.Web.Data;

/// <summary>
/// A text by the beginning of which a person is found: each tail of the name, of its pinyin initials, of the number.
/// A range of an index answers what a search for a part of the text would have to read every record for.
/// </summary>
public sealed class SearchTerm
{
    private SearchTerm() { }

    public SearchTerm(string term, VolunteerId volunteer) => (Term, VolunteerId) = (term, volunteer);

    public string Term { get; private set; } = "";

    public VolunteerId VolunteerId { get; private set; }
}
