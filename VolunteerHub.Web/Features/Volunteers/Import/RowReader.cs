using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Documents;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Understands the rows of a table as people, by the columns' meaning.</summary>
internal sealed class RowReader(ImportPlan plan, ImportTeams teams, PrivacyPolicy privacy, DateOnly today)
{
    private const int LongestName = 40;
    private const int LongestUnit = 80;
    private const int LongestWord = 30;
    private const int MostWords = 20;
    private const int LongestAddress = 200;
    private const int LongestContact = 100;

    /// <summary>From this age on the exact day of birth decides nothing any more.</summary>
    private const int GrownUp = 19;

    private static readonly DateOnly EarliestBirth = new(1900, 1, 1);
    private static readonly DateOnly EarliestJoining = new(1949, 10, 1);
    private static readonly ImportWords Words = ImportWords.Known;

    /// <summary>The people of a table, without titles, sums, notes and repeated headers.</summary>
    public IEnumerable<ParsedRow> People(Table table)
    {
        TableRow? headers = null;
        foreach (var row in table.Rows(plan.Sheet))
        {
            if (row.Number == plan.HeaderRow) headers = row;
            if (row.Number > plan.HeaderRow && !IsAside(row, headers)) yield return Understand(row);
        }
    }

    /// <summary>Whether a row is about nobody.</summary>
    private bool IsAside(TableRow row, TableRow? headers)
    {
        var filled = row.Cells.Where(c => c.Text.Trim().Length > 0).Select(c => c.Text.Trim()).ToList();
        // A list that is printed repeats its headers on each page.
        if (headers is not null && filled.Count > 1 && plan.Columns.Keys.All(c => row[c].Text.Trim() == headers[c].Text.Trim())) return true;
        if (plan.Columns.All(c => row[c.Key].Text.Trim().Length == 0)) return true;
        if (filled.Count <= 3 && Words.BeginsSummary(filled[0])) return true;
        return plan.Columns.FirstOrDefault(c => c.Value == ImportField.Name) is { Value: ImportField.Name } name && Words.IsExample(row[name.Key].Text);
    }

    private ParsedRow Understand(TableRow row)
    {
        var cells = new Dictionary<ImportField, (string Cell, string Value)>();
        var faults = new List<CellFault>();
        var person = new ParsedRow(row.Number) { Cells = cells };
        foreach (var (column, field) in plan.Columns)
        {
            var text = row[column].Text.Trim();
            cells[field] = (Table.CellName(row.Number, column), text.Length <= 60 ? text : text[..60]);
            if (text.Length == 0 || Words.IsNothing(text)) continue;
            person = Take(person, field, row[column], text, (fault, detail) => faults.Add(new CellFault(cells[field].Cell, cells[field].Value, fault, detail)));
        }

        if (person.Teams.Count == 0 && plan.DefaultTeam is { } team && faults.TrueForAll(f => f.Fault is not (RowFault.TeamUnknown or RowFault.TeamClosed or RowFault.TeamNotYours)))
            person = person with { Teams = [team] };
        if (person.Name.Length == 0) faults.Add(person.FaultIn(ImportField.Name, RowFault.NameMissing));
        if (person is { BornInMonth: true, BornOn: { } born } && born.AddYears(GrownUp) > today) faults.Add(person.FaultIn(ImportField.BornOn, RowFault.DayMissing));
        return person with { Faults = faults };
    }

    private ParsedRow Take(ParsedRow person, ImportField field, TableCell cell, string text, Action<RowFault, string?> wrong) => field switch
    {
        ImportField.Number => person with { Number = ImportWords.Plain(text) },
        ImportField.Name => person with { Name = Limited(CellReader.Name(text), LongestName, wrong) ?? "?" },
        ImportField.Phone => person with { Phone = Sound(CellReader.Phone(text), wrong) },
        ImportField.Team => person with { Teams = TeamsIn(text, wrong) },
        ImportField.Sex => person with { Sex = Words.SexOf(text) ?? Unknown<Domain.Volunteers.Sex>(RowFault.SexUnknown, wrong) },
        ImportField.BornOn => Born(person, cell, wrong),
        ImportField.Political => person with { Political = Words.PoliticalOf(text) ?? Unknown<Domain.Volunteers.PoliticalStatus>(RowFault.PoliticalUnknown, wrong) },
        ImportField.Unit => person with { Unit = Limited(CellReader.Tidy(text), LongestUnit, wrong) },
        ImportField.Skills => person with { Skills = WordsIn(text, wrong) },
        ImportField.Languages => person with { Languages = LanguagesIn(text, wrong) },
        ImportField.Interests => Interested(person, text, wrong),
        ImportField.Tags => person with { Tags = WordsIn(text, wrong) },
        ImportField.JoinedOn => person with { JoinedOn = Day(cell, EarliestJoining, today, wrong) },
        ImportField.InsuredUntil => person with { InsuredUntil = Day(cell, EarliestJoining, today.AddYears(50), wrong) },
        ImportField.EmergencyContact => person with { EmergencyContact = Joined(Limited(CellReader.Tidy(text), LongestContact, wrong), person.EmergencyContact) },
        ImportField.EmergencyPhone => person with { EmergencyContact = Joined(person.EmergencyContact, Limited(CellReader.Tidy(text), LongestContact, wrong)) },
        ImportField.Address => person with { Address = Limited(CellReader.Tidy(text), LongestAddress, wrong) },
        ImportField.Guardian => person with { Guardian = Joined(Limited(CellReader.Tidy(text), LongestContact, wrong), person.Guardian) },
        ImportField.GuardianPhone => person with { Guardian = Joined(person.Guardian, Limited(CellReader.Tidy(text), LongestContact, wrong)) },
        ImportField.Ethnicity when privacy.AsksEthnicity => person with { Ethnicity = Words.EthnicityOf(text) ?? Nothing(RowFault.EthnicityUnknown, wrong) },
        ImportField.IdNumber when privacy.AsksIdNumber => person with { IdNumber = IdNumber(text, wrong) },
        _ => person,
    };

    private ParsedRow Born(ParsedRow person, TableCell cell, Action<RowFault, string?> wrong)
    {
        var (day, inMonth, fault) = CellReader.Date(cell, Words);
        if (fault is null && (day < EarliestBirth || day > today)) fault = RowFault.DateImpossible;
        if (fault is { } found) wrong(found, null);
        return person with { BornOn = day, BornInMonth = inMonth };
    }

    private static DateOnly? Day(TableCell cell, DateOnly from, DateOnly to, Action<RowFault, string?> wrong)
    {
        var (day, _, fault) = CellReader.Date(cell, Words);
        if (fault is null && (day < from || day > to)) fault = RowFault.DateImpossible;
        if (fault is { } found) wrong(found, null);
        return fault is null ? day : null;
    }

    private List<TeamId> TeamsIn(string text, Action<RowFault, string?> wrong)
    {
        var found = new List<TeamId>();
        foreach (var name in Words.Split(CellReader.Tidy(text), name => teams.Find(name).Fault != RowFault.TeamUnknown))
        {
            var (id, fault) = teams.Find(name);
            if (fault is { } why) wrong(why, name);
            else if (!found.Contains(id!.Value)) found.Add(id.Value);
        }

        return found;
    }

    private static List<string> WordsIn(string text, Action<RowFault, string?> wrong)
    {
        var words = Words.Split(CellReader.Tidy(text)).ToList();
        if (words.Count > MostWords || words.Exists(w => w.Length > LongestWord)) wrong(RowFault.TooLong, null);
        return words;
    }

    private static List<string> LanguagesIn(string text, Action<RowFault, string?> wrong)
    {
        var codes = new List<string>();
        foreach (var name in Words.Split(text, name => Words.LanguageOf(name) is not null))
        {
            if (Words.LanguageOf(name) is not { } code) wrong(RowFault.LanguageUnknown, name);
            else if (code.Length > 0) codes.Add(code);
        }

        return codes;
    }

    private static ParsedRow Interested(ParsedRow person, string text, Action<RowFault, string?> wrong)
    {
        var (lines, helps) = (new List<ServiceLine>(), HelpTargets.None);
        foreach (var name in Words.Split(text, _ => false))
        {
            if (Words.LineOf(name) is { } line) lines.Add(line);
            else if (Words.HelpOf(name) is { } help) helps |= help;
            else wrong(RowFault.InterestUnknown, name);
        }

        return person with { Lines = lines, Helps = helps };
    }

    /// <summary>The number of an identity card ends in a digit that follows from the others (GB 11643); those of other documents are taken as they are.</summary>
    private static string? IdNumber(string text, Action<RowFault, string?> wrong)
    {
        var plain = ImportWords.Plain(text);
        var sound = plain.Length is >= 6 and <= 18 && plain.All(char.IsAsciiLetterOrDigit);
        if (sound && plain.Length == 18)
        {
            var sum = plain[..17].Select((c, i) => (c - '0') * ((1 << (17 - i)) % 11)).Sum();
            sound = plain[..17].All(char.IsAsciiDigit) && plain[17] == "10X98765432"[sum % 11];
        }

        return sound ? plain : Nothing(RowFault.IdNumberUnreadable, wrong);
    }

    private static string? Limited(string text, int longest, Action<RowFault, string?> wrong)
    {
        if (text.Length <= longest) return text;
        wrong(RowFault.TooLong, null);
        return null;
    }

    private static string? Sound((string? Value, RowFault? Fault) read, Action<RowFault, string?> wrong)
    {
        if (read.Fault is { } fault) wrong(fault, null);
        return read.Value;
    }

    private static T? Unknown<T>(RowFault fault, Action<RowFault, string?> wrong) where T : struct
    {
        wrong(fault, null);
        return null;
    }

    private static string? Nothing(RowFault fault, Action<RowFault, string?> wrong)
    {
        wrong(fault, null);
        return null;
    }

    private static string? Joined(string? first, string? second) => string.Join(' ', new[] { first, second }.OfType<string>()) is { Length: > 0 } both ? both : null;
}
