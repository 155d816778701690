using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>By what a list of people is sorted.</summary>
public enum PeopleSort
{
    /// <summary>By pinyin.</summary>
    Name,
    Number,
    Joined,
}

/// <summary>On which side of its key a page of people lies.</summary>
public enum PageSide
{
    After,
    Before,

    /// <summary>The last page; it needs no key.</summary>
    End,
}

/// <summary>Where a page of a sorted list begins: beside a person, so that it stays there when others come and go.</summary>
/// <param name="Side">On which side.</param>
/// <param name="Number">志愿者编号 of the person, which holds no personal data; empty for the last page.</param>
public sealed record PageKey(PageSide Side, string Number)
{
    public static readonly PageKey Last = new(PageSide.End, "");

    public static PageKey After(string number) => new(PageSide.After, number);

    public static PageKey Before(string number) => new(PageSide.Before, number);
}

/// <summary>
/// Which people are asked for, in which order, from where on. It is kept in the address, so that a list can be shared
/// and gone back to; except for a search text that reads as a phone number or as its last four digits
/// (<see cref="SearchIsPrivate"/>): that never gets into an address, a history, a log or a saved filter.
/// </summary>
/// <param name="Search">Part of a name, its pinyin initials, a number or its last part, a phone number or its last four digits.</param>
/// <param name="Team">Code of a team: members in force today.</param>
/// <param name="Status">One status; erased records show only among those who left.</param>
/// <param name="Kind">Members or guests.</param>
/// <param name="Tag">A tag.</param>
/// <param name="Qualification">Kind of a qualification, valid or not.</param>
/// <param name="Language">ISO 639 code of a language.</param>
/// <param name="Line">A service line that the person would like to serve in.</param>
/// <param name="Help">Whom the person would like to help; one target.</param>
/// <param name="WithoutPhone">Only people without a phone number on record.</param>
/// <param name="Sort">By what.</param>
/// <param name="Descending">From the end.</param>
/// <param name="Page">Where the page begins; null is the first one.</param>
public sealed partial record PeopleFilter(
    string? Search = null,
    string? Team = null,
    VolunteerStatus? Status = null,
    VolunteerKind? Kind = null,
    string? Tag = null,
    string? Qualification = null,
    string? Language = null,
    ServiceLine? Line = null,
    HelpTargets? Help = null,
    bool WithoutPhone = false,
    PeopleSort Sort = PeopleSort.Name,
    bool Descending = false,
    PageKey? Page = null)
{
    /// <summary>The longest text that a filter takes; what is longer finds nothing anyway.</summary>
    public const int LongestText = 60;

    /// <summary>Everybody, by name.</summary>
    public static readonly PeopleFilter Everybody = new();

    /// <summary>The same people in the same order, from the beginning.</summary>
    public PeopleFilter FirstPage => this with { Page = null };

    /// <summary>Whether anything is asked for at all, beside the order.</summary>
    public bool Narrows => this with { Sort = default, Descending = false, Page = null } != Everybody;

    /// <summary>Whether the search text must stay out of the address.</summary>
    public bool SearchIsPrivate => Search is not null && IsPrivate(Search);

    /// <summary>
    /// Whether a text may hold a phone number or the last digits of one: four digits in a row, however they are
    /// separated, except in a whole 志愿者编号 such as 2026-0147.
    /// </summary>
    public static bool IsPrivate(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormKC).Trim();
        if (WholeNumber().IsMatch(plain)) return false;
        var digits = 0;
        foreach (var c in plain)
        {
            if (char.IsDigit(c)) digits++;
            // Only a letter parts what somebody typed; spaces, dashes, brackets are how people write a phone number.
            else if (char.IsLetter(c)) digits = 0;
            if (digits >= 4) return true;
        }

        return false;
    }

    /// <summary>The part of an address after the question mark, with the mark; empty where nothing is asked for.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        Add("q", SearchIsPrivate ? null : Search);
        Add("team", Team);
        Add("status", Status?.ToString());
        Add("kind", Kind?.ToString());
        Add("tag", Tag);
        Add("skill", Qualification);
        Add("lang", Language);
        Add("line", Line?.ToString());
        Add("help", Help?.ToString());
        Add("phone", WithoutPhone ? "none" : null);
        Add("sort", Sort == PeopleSort.Name ? null : Sort.ToString());
        Add("desc", Descending ? "1" : null);
        Add(Page?.Side switch { PageSide.After => "after", PageSide.Before => "before", _ => "page" }, Page is null ? null : Page.Side == PageSide.End ? "last" : Page.Number);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value)) parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }

    /// <summary>Reads what <see cref="ToQuery"/> wrote; whatever else stands there is passed over.</summary>
    /// <param name="query">The part of an address after the question mark, with or without the mark.</param>
    public static PeopleFilter FromQuery(string? query)
    {
        var given = QueryHelpers.ParseQuery(query);
        var search = Text("q");
        return new PeopleFilter(
            // Somebody may have typed one into the address by hand: it is not searched for, so that nobody learns to.
            search is not null && IsPrivate(search) ? null : search,
            Text("team"), Choice<VolunteerStatus>("status"), Choice<VolunteerKind>("kind"), Text("tag"), Text("skill"), Text("lang"),
            Choice<ServiceLine>("line"), Choice<HelpTargets>("help") is { } help and not HelpTargets.None ? help : null,
            Text("phone") == "none", Choice<PeopleSort>("sort") ?? PeopleSort.Name, Text("desc") == "1",
            Text("after") is { } after ? PageKey.After(after) : Text("before") is { } before ? PageKey.Before(before) : Text("page") == "last" ? PageKey.Last : null);

        string? Text(string name) =>
            given.TryGetValue(name, out var values) && values[0]?.Trim() is { Length: > 0 and <= LongestText } text ? text : null;

        T? Choice<T>(string name) where T : struct, Enum =>
            Text(name) is { } text && char.IsLetter(text[0]) && Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : null;
    }

    [GeneratedRegex(@"^(19|20)\d\d-\d{4,6}$")]
    private static partial Regex WholeNumber();
}
