namespace VolunteerHub.Domain.Rosters.GroupLists;

/// <summary>Why a name is thought to be somebody's, the surest first.</summary>
public enum MatchGround
{
    Number,
    FullName,
    PhoneTail,
    GivenName,
    SurnameTitle,
    Initials,

    /// <summary>A part of the given name, as friends call each other.</summary>
    Nickname,

    /// <summary>One character is another: perhaps a slip.</summary>
    Similar,
}

/// <summary>Somebody who may be meant.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">Whole name.</param>
/// <param name="Number">志愿者编号.</param>
/// <param name="Initials">Of the name's pinyin.</param>
/// <param name="Qualifications">Kinds of qualification.</param>
/// <param name="IsWoman">Null where it is not known.</param>
/// <param name="IsMember">Whether a member of a team that the list is for.</param>
public sealed record GroupPerson(VolunteerId Id, string Name, string Number, string Initials, IReadOnlyList<string> Qualifications, bool? IsWoman, bool IsMember);

/// <summary>Somebody who may be meant, and why.</summary>
public sealed record PossiblePerson(GroupPerson Person, MatchGround Ground);

/// <summary>Whom a name may mean, the likeliest first.</summary>
/// <param name="People">All who come into question.</param>
public sealed record NameMatch(IReadOnlyList<PossiblePerson> People)
{
    public static readonly NameMatch Nobody = new([]);

    /// <summary>The one person who is meant; null where somebody has to say.</summary>
    public PossiblePerson? Sure => People is [var only] && only.Ground < MatchGround.Initials ? only : null;

    public bool IsUnknown => People.Count == 0;
}

/// <summary>
/// Finds the people whom names in a list mean: by number, whole name, phone, given name, surname and title, initials; members of the
/// team go first. Where two come into question, it names both and chooses none.
/// </summary>
/// <param name="people">All who may be meant.</param>
/// <param name="words">Titles, prefixes and surnames.</param>
/// <param name="phoneTails">Who has a phone that ends on four digits; only people whose phone may be looked up.</param>
public sealed class NameMatcher(IReadOnlyList<GroupPerson> people, GroupListWords words, ILookup<string, VolunteerId> phoneTails)
{
    private readonly Dictionary<VolunteerId, string> _names = people.ToDictionary(p => p.Id, p => Plain(p.Name));

    public NameMatch Match(GroupEntry entry)
    {
        var name = Plain(entry.Name);
        if (entry.Number is { } number && people.Where(p => p.Number == number).ToList() is { Count: > 0 } numbered) return Of(numbered, MatchGround.Number);
        var byName = ByName(name);
        if (entry.PhoneTail is { } tail && phoneTails[tail].ToHashSet() is { Count: > 0 } owners)
        {
            // A phone number tells apart who has the same name; beside another name it is somebody else's.
            var both = byName.People.Where(p => owners.Contains(p.Person.Id)).ToList();
            if (both.Count > 0) return new(both);
            if (name.Length == 0) return Of([.. people.Where(p => owners.Contains(p.Id))], MatchGround.PhoneTail);
        }

        return byName;
    }

    private NameMatch ByName(string name)
    {
        if (name.Length == 0) return NameMatch.Nobody;
        if (Where(p => _names[p.Id] == name) is { Count: > 0 } whole) return Of(whole, MatchGround.FullName);
        var (core, title) = Untitled(name);
        if (title is not null && Where(p => _names[p.Id] == core) is { Count: > 0 } titled) return Of(titled, MatchGround.FullName);
        if (core.Length > 1 && Where(p => Given(p) == core) is { Count: > 0 } given) return Of(Suiting(given, title), MatchGround.GivenName);
        if (title is not null && Where(p => Surname(p) == core) is { Count: > 0 } called) return Of(Suiting(called, title), MatchGround.SurnameTitle);
        if (name.All(char.IsAsciiLetter) && Where(p => string.Equals(p.Initials, name, StringComparison.OrdinalIgnoreCase)) is { Count: > 0 } initials) return Of(initials, MatchGround.Initials);
        var nick = core.Length == 2 && core[0] == core[1] ? core[..1] : core;
        if (core.Length <= 2 && Where(p => Given(p).EndsWith(nick, StringComparison.Ordinal) && Given(p).Length >= nick.Length) is { Count: > 0 } friends) return Of(Suiting(friends, title), MatchGround.Nickname);
        return name.Length > 1 ? Of(Where(p => IsSimilar(_names[p.Id], name)), MatchGround.Similar) : NameMatch.Nobody;
    }

    /// <summary>Members of the team, where any come into question; else whoever does.</summary>
    private static NameMatch Of(IReadOnlyList<GroupPerson> found, MatchGround ground)
    {
        var members = found.Where(p => p.IsMember).ToList();
        return new([.. (members.Count > 0 && ground != MatchGround.Number ? members : found).OrderBy(p => p.Number, StringComparer.Ordinal).Select(p => new PossiblePerson(p, ground))]);
    }

    /// <summary>Whom a title may be said to, where that leaves anybody.</summary>
    private static List<GroupPerson> Suiting(List<GroupPerson> found, NameTitle? title)
    {
        if (title?.Qualification is { } kind && found.FindAll(p => p.Qualifications.Any(q => q.Contains(kind, StringComparison.Ordinal))) is { Count: > 0 } able) return able;
        if (title?.Woman is { } woman && found.FindAll(p => p.IsWoman is null || p.IsWoman == woman) is { Count: > 0 } right) return right;
        return found;
    }

    private List<GroupPerson> Where(Func<GroupPerson, bool> which) => [.. people.Where(which)];

    private (string Core, NameTitle? Title) Untitled(string name)
    {
        if (words.Titles.OrderByDescending(t => t.Word.Length).FirstOrDefault(t => name.Length > t.Word.Length && name.EndsWith(t.Word, StringComparison.Ordinal)) is { } title)
        {
            var core = name[..^title.Word.Length];
            return (words.Prefixes.Contains(core[..1]) && core.Length > 1 ? core[1..] : core, title);
        }

        return words.Prefixes.Contains(name[..1]) && name.Length is > 1 and <= 3 ? (name[1..], new NameTitle(name[..1])) : (name, null);
    }

    private string Surname(GroupPerson person)
    {
        var name = _names[person.Id];
        return words.Surnames.FirstOrDefault(s => s.Length == 2 && name.Length > 2 && name.StartsWith(s, StringComparison.Ordinal)) ?? name[..Math.Min(1, name.Length)];
    }

    private string Given(GroupPerson person) => _names[person.Id][Surname(person).Length..];

    private static bool IsSimilar(string one, string other) => one.Length == other.Length && one.Length > 2 && one.Zip(other).Count(p => p.First != p.Second) == 1;

    private static string Plain(string text) => HintReader.Plain(text).ToUpperInvariant();
}
