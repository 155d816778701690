using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using VolunteerHub.Domain.Common;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Components;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Tests.Architecture;

/// <summary>What the product says stands in one file, all of it is said somewhere, and its places are filled.</summary>
public sealed partial class TextsTests
{
    private static readonly IReadOnlyDictionary<string, string> Texts = XDocument.Load(Source.At("VolunteerHub.Web", "Resources", "Texts.resx"))
        .Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static readonly IReadOnlyList<Source> Sources = Source.Of("VolunteerHub.Web", ".cs", ".razor");

    private static readonly IReadOnlyList<Use> Uses = [.. Sources.SelectMany(UsesIn)];

    /// <summary>Families of texts whose last part is no enum, and what it can be.</summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> Families = new()
    {
        ["Status.*.Title"] = ["403", "404", "Other"],
        ["Status.*.Text"] = ["403", "404", "Other"],
        ["Review.Because.*"] = ["AlreadyCheckedIn", "NotCheckedIn", "RunNotPublished", "DeviceRevoked", "CardUnknown", "CodeRevoked", "WrongRun", "NotOnRoster", "NotActive"],
        ["Answers.Show.*"] = ["all", "unanswered", "unconfirmed", "cover", "risk", "asking", "lacking"],
        ["Propose.Days*"] = ["7", "14", "31"],
        ["Lunar.Month.*"] = [.. Enumerable.Range(1, 12).Select(n => $"{n}")],
        ["Lunar.Day.*"] = [.. Enumerable.Range(1, 30).Select(n => $"{n}")],
        ["Language.*"] = [.. Demo().GetProperty("languages").EnumerateObject().Select(l => l.Name)],
        ["Ethnicity.*"] = VolunteerHub.Web.Features.Volunteers.Records.Ethnicities.Codes,
        ["Demo.Role.*"] = [.. DemoRoles()],
        // What the audit says; AuditWordsTests look whether all of it is there.
        ["Audit.Subject.*"] = Web.Features.Audit.AuditWords.Subjects,
        ["Audit.Action.*"] = Web.Features.Audit.AuditWords.Actions,
        ["Audit.*.*"] = [],
        ["Audit.Job.*"] = [],
        ["Roles.*"] = Web.Platform.Identity.Roles.All,
        ["RunHours.*.Title"] = HourAsks,
        ["RunHours.*.Explain"] = HourAsks,
        ["RunHours.*.Label"] = HourAsks,
        ["RunHours.*.Button"] = HourAsks,
        ["Ask.Kind.*"] = Enum.GetNames<VolunteerHub.Domain.Requests.RequestKind>(),
        ["Ask.State.*"] = Enum.GetNames<VolunteerHub.Domain.Requests.RequestStatus>(),
        ["Ask.Stars.*"] = ["1", "2", "3", "4", "5"],
        ["Stars.Level.*"] = ["1", "2", "3", "4", "5"],
        ["Ask.Group.*"] = ["Lines", "Helps", "Others"],
        ["Ask.Step.*"] = ["Received", "Dispatched", "Accepted", "Closed", "Rated"],
        ["Requests.Done.*"] = [.. Enum.GetNames<Web.Features.Requests.RequestMove>().Where(m => m != "Link")],
        ["Feed.Name.*"] = Enum.GetNames<Web.Features.Feeds.FeedScope>(),
        ["Feed.Explain.*"] = Enum.GetNames<Web.Features.Feeds.FeedScope>(),
        ["NoticeText.*"] = Enum.GetNames<VolunteerHub.Domain.Notices.NoticeKind>(),
        ["JobBoard.Name.*"] = Jobs,
        ["JobBoard.Does.*"] = Jobs,
        ["Kiosk.Page.*"] = VolunteerHub.Web.Features.Kiosks.KioskPages.Words,
        ["Interest.Rank*"] = ["1", "2", "3"],
        ["Allot.Mine.*"] = Enum.GetNames<VolunteerHub.Domain.Rosters.Releases.AllottedAs>(),
        ["Allot.Was.*"] = ["Waits", "NotEligible"],
        ["SheetFigure.*.Note"] = ["People", "Hours", "OpenHours", "ServedPeople", "Satisfaction", "Retention", "Coverage", "Fairness"],
        ["Year.Words.*"] = [.. Web.Features.Reports.FigureWords.InWords.Select(f => f.ToString())],
        ["Mud.*"] = [.. MudBlazorsOwn()],
    };

    /// <summary>What is done with hours that asks for a word.</summary>
    private static string[] HourAsks => ["TakeBack", "Reject", "Dismiss"];

    /// <summary>The names of the background jobs.</summary>
    private static string[] Jobs => ["series", "rosters", "reminders", "releases", "staffing", "notices", "stale-texts", "forgotten", "messages", "hours", "tallies"];

    [Fact]
    public void Every_text_that_is_asked_for_is_there()
    {
        Assert.True(Uses.Count > 300);
        Assert.Empty(Uses.SelectMany(u => u.Keys.Where(key => !Texts.ContainsKey(key)).Select(key => $"{u.File}: {key}")));
    }

    [Fact]
    public void Every_family_of_texts_is_whole()
    {
        var families = Uses.SelectMany(u => u.Families).Where(f => f.Any(char.IsLetter)).Distinct().ToList();
        Assert.Contains("AssignmentStatus.*", families);
        Assert.Empty(families.SelectMany(MembersOf).Except(Texts.Keys));
    }

    [Fact]
    public void Every_text_is_said_somewhere()
    {
        var said = Uses.SelectMany(u => u.Keys).Concat(Uses.SelectMany(u => u.Families).Where(f => f.Any(char.IsLetter)).SelectMany(MembersOf))
            .Concat(Reasons.Select(ReasonTexts.KeyOf)).Concat(Reasons.SelectMany(EnumsOf))
            // The audit names every choice of the domain, and what it notes by words of its own.
            .Concat(new[] { typeof(Reason), typeof(App) }.SelectMany(t => t.Assembly.GetTypes()).Where(t => t is { IsEnum: true, IsPublic: true }).SelectMany(t => Enum.GetNames(t).Select(n => $"{t.Name}.{n}")))
            .Concat(Texts.Keys.Where(key => key.StartsWith("Audit.", StringComparison.Ordinal) && key.Count(c => c == '.') == 2)).ToHashSet();
        // A language that somebody speaks may be any; the ones of the region are there.
        Assert.Empty(Texts.Keys.Except(said).Select(key => key.StartsWith("Language.", StringComparison.Ordinal) ? "" : key).Except([""]));
    }

    [Fact]
    public void A_text_has_as_many_places_as_it_is_given_values()
    {
        var plain = Uses.Where(u => u is { Keys.Count: 1, Families.Count: 0, IsSingle: true } && Texts.ContainsKey(u.Keys[0])).ToList();
        Assert.True(plain.Count(u => u.Values > 0) > 50);
        Assert.Empty(plain.Where(u => Places(Texts[u.Keys[0]]) != u.Values).Select(u => $"{u.File}: {u.Keys[0]} has {Places(Texts[u.Keys[0]])} places and gets {u.Values} values"));
    }

    [Fact]
    public void No_text_is_empty_or_broken()
    {
        Assert.All(Texts, text =>
        {
            Assert.NotEqual("", text.Value);
            // Places are numbered without gaps, and nothing else is in braces.
            var places = Place().Matches(text.Value).Select(m => int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order();
            Assert.Equal(Enumerable.Range(0, places.Count()), places);
            Assert.DoesNotContain('{', Place().Replace(text.Value, ""));
        });
    }

    private static IEnumerable<Type> Reasons => new[] { typeof(Reason), typeof(App) }
        .SelectMany(t => t.Assembly.GetTypes()).Where(t => t.IsSubclassOf(typeof(Reason)) && !t.IsAbstract);

    private static IEnumerable<string> EnumsOf(Type reason) => reason.GetProperties()
        .Where(p => p.PropertyType.IsEnum).SelectMany(p => Enum.GetNames(p.PropertyType).Select(n => $"{p.PropertyType.Name}.{n}"));

    private static int Places(string text) => Place().Matches(text).Select(m => m.Groups[1].Value).Distinct().Count();

    private static IEnumerable<string> MembersOf(string family)
    {
        if (Families.TryGetValue(family, out var members)) return members.Select(m => family.Replace("*", m, StringComparison.Ordinal));
        var name = family[..family.IndexOf('.', StringComparison.Ordinal)];
        var type = new[] { typeof(Reason), typeof(App), typeof(DayOfWeek) }.SelectMany(t => t.Assembly.GetTypes()).SingleOrDefault(t => t.IsEnum && t.IsPublic && t.Name == name)
            ?? throw new InvalidOperationException($"{family} is the family of no enum: list its members here.");
        return Enum.GetValues(type).Cast<object>().Where(v => Convert.ToInt32(v, System.Globalization.CultureInfo.InvariantCulture) != 0 || !type.IsDefined(typeof(FlagsAttribute), false)).Select(v => $"{name}.{v}");
    }

    private static JsonElement Demo() => JsonDocument.Parse(File.ReadAllText(Source.At("VolunteerHub.Web", "Features", "Administration", "Demo", "demo-community.json"))).RootElement;

    /// <summary>The keys of the component library's own texts.</summary>
    private static IEnumerable<string> MudBlazorsOwn()
    {
        using var stream = typeof(MudBlazor.MudButton).Assembly.GetManifestResourceStream("MudBlazor.Resources.LanguageResource.resources")!;
        using var reader = new System.Resources.ResourceReader(stream);
        return [.. reader.Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key)];
    }

    private static IEnumerable<string> DemoRoles() => RoleKeys().Matches(Demo().GetRawText()).Select(m => m.Groups[1].Value);

    private static IEnumerable<Use> UsesIn(Source source)
    {
        var code = source.Code;
        foreach (Match start in Indexer().Matches(code))
        {
            var parts = Split(code, start.Index + start.Length);
            var literals = Literal().Matches(parts[0]).Where(m => char.IsUpper(m.Groups[2].Value.FirstOrDefault()) || m.Groups[2].Value.StartsWith('{')).ToList();
            yield return new(
                source.Path,
                [.. literals.Where(m => m.Groups[1].Length == 0).Select(m => m.Groups[2].Value)],
                [.. literals.Where(m => m.Groups[1].Length > 0).Select(m => Hole().Replace(m.Groups[2].Value, "*"))],
                parts.Count - 1,
                parts[0].Trim() is ['"', ..]);
        }
    }

    /// <summary>What stands between this bracket and the one that closes it, at its commas.</summary>
    private static List<string> Split(string code, int from)
    {
        var (parts, depth, inString, begin) = (new List<string>(), 0, false, from);
        for (var i = from; i < code.Length; i++)
        {
            var c = code[i];
            if (c == '"' && code[i - 1] != '\\') inString = !inString;
            if (inString) continue;
            if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or '}' || c == ']' && depth > 0) depth--;
            else if (c == ']' || c == ',' && depth == 0)
            {
                parts.Add(code[begin..i]);
                begin = i + 1;
                if (c == ']') break;
            }
        }

        return parts;
    }

    /// <summary>A place where texts are asked for.</summary>
    /// <param name="Keys">Whole keys.</param>
    /// <param name="Families">Keys with a hole, as a star.</param>
    /// <param name="Values">How many values are given.</param>
    /// <param name="IsSingle">Whether the key stands there plainly.</param>
    private sealed record Use(string File, IReadOnlyList<string> Keys, IReadOnlyList<string> Families, int Values, bool IsSingle);

    [GeneratedRegex(@"(?<![\w.])_?(?:T|texts)\[|GetRequiredService<IStringLocalizer<Texts>>\(\)\[")]
    private static partial Regex Indexer();

    [GeneratedRegex("(\\$?)\"([^\"]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Place();

    [GeneratedRegex("\"roleKey\"\\s*:\\s*\"(\\w+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex RoleKeys();
}
