using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>What can stand in a sentence in place of a value; written as its word in brackets, which the text <c>Notice.Place</c> gives.</summary>
public enum NoticePlace
{
    Name,
    Run,
    When,
    Site,
    Post,
    Team,
    Words,
    Link,

    /// <summary>The time before it was changed.</summary>
    Before,

    /// <summary>Until when an offer holds.</summary>
    Until,

    /// <summary>Of whom those who lead are told.</summary>
    Who,

    /// <summary>The published roster.</summary>
    Crew,
}

/// <summary>
/// Says notices in words: the community's own, where it reworded a kind, or else those that come along. The one place where what is pasted,
/// mailed, posted and shown in an inbox is put together.
/// </summary>
public sealed class NoticeTexts(IStringLocalizer<Texts> texts, CommunityTime time, CurrentCommunity community)
{
    /// <summary>The language that is spoken where nobody chose another.</summary>
    public const string Usual = "zh-Hans";

    /// <summary>Languages in which notices can be worded.</summary>
    public static IReadOnlyList<string> Languages { get; } = [Usual];

    /// <summary>The sentence that comes along.</summary>
    public string Usually(NoticeKind kind, string culture = Usual) => Speaking(culture, () => texts[$"NoticeText.{kind}"].Value);

    /// <summary>What may stand in the sentence of a kind.</summary>
    public static IReadOnlyList<NoticePlace> PlacesOf(NoticeKind kind) =>
    [
        .. Enum.GetValues<NoticePlace>().Where(place => place switch
        {
            _ when kind.IsOfCertificate() => place is NoticePlace.Name or NoticePlace.Words || place == NoticePlace.Who && kind == NoticeKind.CertificateAsked,
            NoticePlace.Name => !kind.IsStaffing() && kind != NoticeKind.RosterPublished,
            NoticePlace.Post => !kind.IsStaffing() && !kind.IsOfHours() && kind is not (NoticeKind.RosterPublished or NoticeKind.NotAllotted or NoticeKind.WaitOver),
            NoticePlace.Link => kind.HasLink(),
            NoticePlace.Before => kind == NoticeKind.Moved,
            NoticePlace.Until => kind is NoticeKind.SeatOffered or NoticeKind.HoursConfirmed or NoticeKind.HoursAnswered,
            NoticePlace.Who => kind is NoticeKind.SaidNo or NoticeKind.CoverSought or NoticeKind.SeatTaken or NoticeKind.HoursDisputed,
            NoticePlace.Words => kind is NoticeKind.RunCancelled or NoticeKind.WaitOver or NoticeKind.SaidNo or NoticeKind.CoverSought or NoticeKind.Understaffed or NoticeKind.HoursAnswered or NoticeKind.HoursDisputed,
            NoticePlace.Crew => kind == NoticeKind.RosterPublished,
            _ => true,
        }),
    ];

    /// <summary>A place as it is written in a sentence.</summary>
    public string Written(NoticePlace place, string culture = Usual) => Speaking(culture, () => texts["Notice.Place", texts[$"NoticePlace.{place}"].Value].Value);

    /// <summary>What stands in brackets in a sentence and is no place of the kind.</summary>
    public IReadOnlyList<string> UnknownIn(string sentence, NoticeKind kind, string culture = Usual)
    {
        var known = PlacesOf(kind).Select(p => Written(p, culture)).ToHashSet();
        return [.. Speaking(culture, Brackets).Matches(sentence).Select(m => m.Value).Where(place => !known.Contains(place)).Distinct()];
    }

    /// <summary>The sentence of a notice.</summary>
    /// <param name="facts">What it names.</param>
    /// <param name="reworded">The community's own words; null for those that come along.</param>
    /// <param name="link">Where the answer is given; without one, the sentences that lead there are left out.</param>
    /// <param name="culture">The language.</param>
    public string Sentence(NoticeFacts facts, string? reworded, string? link, string culture = Usual) => Speaking(culture, () =>
    {
        var sentence = reworded ?? texts[$"NoticeText.{facts.Kind}"].Value;
        var written = Enum.GetValues<NoticePlace>().ToDictionary(p => texts["Notice.Place", texts[$"NoticePlace.{p}"].Value].Value);
        if (link is null) sentence = WithoutLink(sentence, written.Single(w => w.Value == NoticePlace.Link).Key);
        return Brackets().Replace(sentence, m => written.TryGetValue(m.Value, out var place) ? ValueOf(place, facts, link) : m.Value).Trim();
    });

    /// <summary>A whole message to a person: whom it is for, what it tells, who says so.</summary>
    public string Letter(string name, IReadOnlyList<string> sentences) => Speaking(Usual, () =>
        new StringBuilder(texts["Notice.Greeting", name]).Append('\n').AppendJoin("\n\n", sentences).Append('\n').Append(texts["Notice.Signed", community.Name]).ToString());

    /// <summary>What a mail is about.</summary>
    public string Subject(IReadOnlyList<NoticeFacts> facts) => Speaking(Usual, () => facts.Count == 1
        ? texts["Notice.SubjectOne", texts[$"NoticeKind.{facts[0].Kind}"].Value, facts[0].Run].Value
        : texts["Notice.SubjectMany", community.Name, facts.Count].Value);

    /// <summary>Somebody is invited or asked just now: the message to paste, as the notice of that kind tells it.</summary>
    public string Asking(NoticeKind kind, Invitation who, string link) =>
        Letter(who.Name, [Sentence(new NoticeFacts(kind, who.Name, who.Title, who.Slot, who.Site, who.Post, "", "", null, null, null, ""), who.Reworded, link)]);

    private string ValueOf(NoticePlace place, NoticeFacts facts, string? link) => place switch
    {
        NoticePlace.Name => facts.Name,
        NoticePlace.Run => facts.Run,
        NoticePlace.When => facts.Slot is { } slot ? $"{time.Day(slot.Start)} {time.Span(slot)}" : "",
        NoticePlace.Site => facts.Site,
        NoticePlace.Post => facts.Post,
        NoticePlace.Team => facts.Team,
        NoticePlace.Words => facts.Words is { } words ? texts["Notice.Words", words].Value : "",
        NoticePlace.Link => link ?? "",
        NoticePlace.Before => (facts.Before ?? facts.Slot?.Start) is { } before ? Moment(before) : "",
        NoticePlace.Until => (facts.Until ?? facts.Slot?.Start) is { } until ? Moment(until) : "",
        NoticePlace.Who => facts.Who,
        _ => facts.Crew,
    };

    private string Moment(DateTimeOffset at) => $"{time.Day(at)} {time.Time(at)}";

    private Regex Brackets()
    {
        var around = texts["Notice.Place", "\n"].Value.Split('\n');
        return new Regex($"{Regex.Escape(around[0])}[^{Regex.Escape(around[0])}{Regex.Escape(around[1])}]*{Regex.Escape(around[1])}");
    }

    /// <summary>The text without the sentences in which the link stands.</summary>
    private string WithoutLink(string text, string link)
    {
        var ends = texts["Notice.SentenceEnds"].Value + "\n";
        var kept = new StringBuilder();
        for (var from = 0; from < text.Length;)
        {
            var end = text.IndexOfAny(ends.ToCharArray(), from);
            var until = end < 0 ? text.Length : end + 1;
            var sentence = text[from..until];
            if (!sentence.Contains(link, StringComparison.Ordinal)) kept.Append(sentence);
            from = until;
        }

        return kept.Length > 0 ? kept.ToString() : text;
    }

    /// <summary>Nobody asks for a page when a job speaks: the language is set, and given back.</summary>
    private static T Speaking<T>(string culture, Func<T> say)
    {
        var (format, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (format, words);
        }
    }
}

/// <summary>The community's own words, by kind of notice.</summary>
internal static class NoticeWording
{
    public static Task<Dictionary<NoticeKind, string>> RewordedAsync(this HubTransaction read, CancellationToken ct) =>
        read.Db.NoticeTemplates.AsNoTracking().Where(t => t.Culture == NoticeTexts.Usual).ToDictionaryAsync(t => t.Kind, t => t.Text, ct);
}
