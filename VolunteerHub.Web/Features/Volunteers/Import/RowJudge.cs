using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Volunteers.Import;

internal enum RowVerdict
{
    Bad,

    /// <summary>Somebody who gets a record.</summary>
    New,

    /// <summary>Somebody on record.</summary>
    Known,

    /// <summary>Perhaps somebody on record: people decide.</summary>
    Doubtful,

    /// <summary>The same person as in an earlier row, in another team.</summary>
    AlsoInTeam,
}

/// <summary>A person of the file, for the rows below.</summary>
internal sealed class SeenPerson(int row, string name, IReadOnlyList<TeamId> teams)
{
    public int Row => row;

    public string Name => name;

    /// <summary>Teams that the file names for the person so far.</summary>
    public IReadOnlyList<TeamId> Teams { get; set; } = teams;

    /// <summary>Teams that the record has.</summary>
    public IReadOnlySet<TeamId> Has { get; set; } = new HashSet<TeamId>();

    /// <summary>The record, once there is one.</summary>
    public VolunteerId? Id { get; set; }
}

/// <summary>What a row means, held against the records and the rows above it.</summary>
internal sealed record JudgedRow(ParsedRow Row, RowVerdict Verdict, SeenPerson? Seen = null, KnownPerson? Known = null)
{
    public IReadOnlyList<CellFault> Faults { get; init; } = [];

    public DuplicateKind Why { get; init; }

    public DuplicateChoice Default { get; init; }
}

/// <summary>
/// Judges rows in their order. The preview and the import itself ask the same judge, so that what was shown is what
/// is done, or is found to have become another thing meanwhile.
/// </summary>
/// <param name="phones">Makes the indexes by which numbers are found.</param>
/// <param name="fields">Opens dates of birth of people of the same name.</param>
/// <param name="made">Records that the import itself made: they are nobody's duplicates.</param>
internal sealed class RowJudge(PhoneProtector phones, FieldProtector fields, HashSet<VolunteerId> made)
{
    private readonly Dictionary<string, SeenPerson> _byPhone = [];
    private readonly Dictionary<VolunteerId, SeenPerson> _byRecord = [];
    private readonly Dictionary<(string Name, TeamId Team), (SeenPerson Person, bool HasPhone, DateOnly? BornOn)> _byName = [];

    public JudgedRow Judge(ParsedRow row, KnownPeople known)
    {
        if (row.Faults.Count > 0) return Bad(row, [.. row.Faults]);
        var name = PersonNames.Searchable(row.Name);
        var index = row.Phone is { } phone ? phones.WholeIndex(phone) : null;
        if (index is not null && _byPhone.TryGetValue(index, out var above)) return Again(row, name, above, RowFault.PhoneTwiceInFile, ImportField.Phone);
        var judged = Hold(row, name, index, known);
        if (judged.Verdict == RowVerdict.Known && _byRecord.TryGetValue(judged.Known!.Who.Id, out var same)) return Again(row, name, same, RowFault.PersonTwiceInFile, ImportField.Name);
        if (judged.Verdict is RowVerdict.New or RowVerdict.Doubtful && NamedAbove(row, name) is { } namesake)
            return Bad(row, row.FaultIn(ImportField.Name, RowFault.PersonTwiceInFile, Number(namesake.Row)));
        return judged.Verdict == RowVerdict.Bad ? judged : judged with { Seen = Remember(row, name, index, judged) };
    }

    /// <summary>Holds a row against the records.</summary>
    private JudgedRow Hold(ParsedRow row, string name, string? index, KnownPeople known)
    {
        var owner = index is null ? null : known.WithPhone(index);
        if (row.Number is { } number)
        {
            if (known.WithNumber(number) is not { Mine: true } numbered) return Bad(row, row.FaultIn(ImportField.Number, RowFault.NumberUnknown));
            if (!numbered.Who.IsLive) return Bad(row, row.FaultIn(ImportField.Number, RowFault.RecordClosed));
            if (PersonNames.Searchable(numbered.Who.Name) != name) return Bad(row, row.FaultIn(ImportField.Number, RowFault.NumberOfAnother));
            if (owner is not null && owner.Who.Id != numbered.Who.Id) return Bad(row, row.FaultIn(ImportField.Phone, RowFault.PhoneOfAnother));
            return Found(row, numbered);
        }

        if (owner is not null)
        {
            // Who may not read the record learns no more than that somebody has the number.
            if (!owner.Mine) return Bad(row, row.FaultIn(ImportField.Phone, RowFault.PersonOfOtherTeam));
            return PersonNames.Searchable(owner.Who.Name) == name ? Found(row, owner)
                : NeedsTeam(row) ?? new JudgedRow(row, RowVerdict.Doubtful, Known: owner) { Why = DuplicateKind.SamePhone, Default = DuplicateChoice.Skip };
        }

        if (NeedsTeam(row) is { } homeless) return homeless;
        return Namesake(row, known) is var (person, why, differs)
            ? new JudgedRow(row, RowVerdict.Doubtful, Known: person) { Why = why, Default = differs ? DuplicateChoice.New : DuplicateChoice.Same }
            : new JudgedRow(row, RowVerdict.New);
    }

    private static JudgedRow Found(ParsedRow row, KnownPerson person) => person.Who.Status == VolunteerStatus.Left
        ? Bad(row, row.FaultIn(ImportField.Name, RowFault.PersonHasLeft, person.Who.Number))
        : new JudgedRow(row, RowVerdict.Known, Known: person);

    private static JudgedRow? NeedsTeam(ParsedRow row) => row.Teams.Count == 0 ? Bad(row, row.FaultIn(ImportField.Team, RowFault.TeamMissing)) : null;

    /// <summary>Somebody of the same name who may be meant, why, and whether something speaks against it.</summary>
    private (KnownPerson Person, DuplicateKind Why, bool Differs)? Namesake(ParsedRow row, KnownPeople known)
    {
        (KnownPerson Person, DuplicateKind Why, bool Differs)? found = null;
        foreach (var person in known.Named(row.Name))
        {
            if (!person.Mine || person.Who.Status == VolunteerStatus.Left || made.Contains(person.Who.Id)) continue;
            var born = row.BornOn is null ? null : fields.RevealDay(person.Who.BornOn);
            // A number in the row that is on record leads to its owner: here the two differ.
            var differs = (row.Phone is not null && person.Who.Phone is not null) || (born is not null && born != row.BornOn);
            if (born is not null && born == row.BornOn) return (person, DuplicateKind.SameNameAndBirth, false);
            if (row.Teams.Any(person.Teams.Contains) && (found is null || (found.Value.Differs && !differs))) found = (person, DuplicateKind.SameNameInTeam, differs);
        }

        return found;
    }

    /// <summary>A person whom a row above named: in another team as well, or by mistake.</summary>
    private static JudgedRow Again(ParsedRow row, string name, SeenPerson above, RowFault mistake, ImportField where)
    {
        if (above.Name != name || row.Teams.All(above.Teams.Contains)) return Bad(row, row.FaultIn(where, mistake, Number(above.Row)));
        var further = row with { Teams = [.. row.Teams.Except(above.Teams).Where(t => !above.Has.Contains(t))] };
        above.Teams = [.. above.Teams.Union(row.Teams)];
        return new JudgedRow(further, RowVerdict.AlsoInTeam, above);
    }

    /// <summary>Somebody of the same name in the same team above, whom nothing tells apart.</summary>
    private SeenPerson? NamedAbove(ParsedRow row, string name)
    {
        foreach (var team in row.Teams)
        {
            if (!_byName.TryGetValue((name, team), out var above)) continue;
            var apart = (row.Phone is not null && above.HasPhone) || (row.BornOn is not null && above.BornOn is not null && row.BornOn != above.BornOn);
            if (!apart) return above.Person;
        }

        return null;
    }

    private SeenPerson Remember(ParsedRow row, string name, string? index, JudgedRow judged)
    {
        var seen = new SeenPerson(row.Row, name, row.Teams);
        if (judged.Verdict == RowVerdict.Known) seen.Has = judged.Known!.Teams;
        if (index is not null) _byPhone[index] = seen;
        if (judged.Verdict == RowVerdict.Known) _byRecord[judged.Known!.Who.Id] = seen;
        foreach (var team in row.Teams) _byName.TryAdd((name, team), (seen, index is not null, row.BornOn));
        return seen;
    }

    private static JudgedRow Bad(ParsedRow row, params IReadOnlyList<CellFault> faults) => new(row, RowVerdict.Bad) { Faults = faults };

    private static string Number(int row) => row.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
