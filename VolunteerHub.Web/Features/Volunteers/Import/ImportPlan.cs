using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>How a file is read: which sheet, where its headers are, what its columns mean.</summary>
/// <param name="Path">Where the file lies meanwhile.</param>
/// <param name="FileName">As the person calls it.</param>
/// <param name="Sheet">Counted from 0.</param>
/// <param name="HeaderRow">Number of the row with the headers, as a spreadsheet counts.</param>
/// <param name="Columns">Meaning of columns, counted from 0; a column that is left out is not read.</param>
/// <param name="DefaultTeam">For rows that name none.</param>
public sealed record ImportPlan(string Path, string FileName, int Sheet, int HeaderRow, IReadOnlyDictionary<int, ImportField> Columns, TeamId? DefaultTeam)
{
    /// <summary>What the file calls teams that nobody else calls so, as somebody explained it.</summary>
    public IReadOnlyDictionary<string, TeamId> TeamNames { get; init; } = new Dictionary<string, TeamId>();
}

/// <summary>Why a row may be about somebody who is known.</summary>
public enum DuplicateKind
{
    /// <summary>The same phone number under another name.</summary>
    SamePhone,

    /// <summary>The same name in the same team.</summary>
    SameNameInTeam,

    /// <summary>The same name and the same date of birth.</summary>
    SameNameAndBirth,
}

/// <summary>What is to be done with a row that may be about somebody who is known.</summary>
public enum DuplicateChoice
{
    /// <summary>It is that person: what the record lacks is filled in, and the team added.</summary>
    Same,

    /// <summary>It is somebody else: a record of their own.</summary>
    New,
    Skip,
}

/// <summary>A row that may be about somebody who is known.</summary>
public sealed record PossibleDuplicate(
    int Row, string Name, string? Phone, DuplicateKind Why, VolunteerId Known, string KnownName, string KnownNumber, string? KnownPhone, string KnownTeams, DuplicateChoice Default);

/// <summary>What an import would do.</summary>
/// <param name="Rows">Rows about people.</param>
/// <param name="New">People who would get a record.</param>
/// <param name="Unchanged">Known people about whom the file says nothing new.</param>
/// <param name="Filled">Known people whose record would be filled in, or who would join a team.</param>
/// <param name="BornInMonth">Rows that say year and month of birth only.</param>
/// <param name="Bad">Rows that are not taken in.</param>
/// <param name="Duplicates">Rows that somebody decides about.</param>
public sealed record ImportFindings(
    int Rows, int New, int Unchanged, int Filled, int BornInMonth, IReadOnlyList<BadRow> Bad, IReadOnlyList<PossibleDuplicate> Duplicates)
{
    public int Good => New + Unchanged + Filled + Duplicates.Count;

    /// <summary>Rows that would change something.</summary>
    public int ToDo => New + Filled + Duplicates.Count;
}

/// <summary>What the person decided.</summary>
/// <param name="Whole">All rows or none; false takes the good rows.</param>
/// <param name="Consent">How the people of the file agreed (民政部令第67号 §6).</param>
/// <param name="Duplicates">Decisions by row; a row without one gets the default that was shown.</param>
public sealed record ImportChoices(bool Whole, ConsentWay Consent, IReadOnlyDictionary<int, DuplicateChoice> Duplicates);

/// <summary>How far long work is.</summary>
public sealed record ImportProgress(int Done, int Total)
{
    public int Percent => Total == 0 ? 0 : Math.Min(100, Done * 100 / Total);
}

/// <summary>What became of an import.</summary>
/// <param name="Import">The import, by which it can be taken back.</param>
/// <param name="State">Done, or cancelled: then nothing is left of it.</param>
/// <param name="Created">People who got a record.</param>
/// <param name="Filled">Known people whose record was filled in, or who joined a team.</param>
/// <param name="Unchanged">Known people about whom the file said nothing new.</param>
/// <param name="Skipped">Rows that were left out on purpose.</param>
/// <param name="Rejected">Rows that were not taken in, those among them that became bad only now.</param>
public sealed record ImportReport(ImportId Import, ImportState State, int Created, int Filled, int Unchanged, int Skipped, IReadOnlyList<BadRow> Rejected);

/// <summary>All or nothing was chosen, and there are bad rows.</summary>
public sealed record ImportHasBadRows(int Rows) : Refusal;

/// <summary>Somebody changed the records meanwhile so that a row cannot be taken in as it was shown.</summary>
public sealed record ImportOvertaken(int Row) : Refusal;

/// <summary>No column holds the names.</summary>
public sealed record ImportLacksNames : Refusal;

/// <summary>Two columns are said to hold the same.</summary>
public sealed record ImportColumnTwice(string First, string Second) : Refusal;

/// <summary>There are headers and nobody below them.</summary>
public sealed record ImportFindsNobody : Refusal;

/// <summary>There is no such import, or not for the one who asks.</summary>
public sealed record ImportNotFound : Refusal;

/// <summary>The import is still being written.</summary>
public sealed record ImportIsRunning : Refusal;

/// <summary>The import was taken back before.</summary>
public sealed record ImportIsUndone : Refusal;
