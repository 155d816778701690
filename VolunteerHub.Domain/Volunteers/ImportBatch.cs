namespace VolunteerHub.Domain.Volunteers;

public enum ImportState
{
    /// <summary>Rows are being written. A start of the app that finds one takes its rows back.</summary>
    Running,
    Done,

    /// <summary>Given up half-way; its rows were taken back.</summary>
    Cancelled,

    /// <summary>Taken back afterwards.</summary>
    Undone,
}

/// <summary>What a row of an import did.</summary>
public enum ImportEffect
{
    /// <summary>Made a volunteer.</summary>
    Created,

    /// <summary>Filled in what a known volunteer's record did not say.</summary>
    Updated,

    /// <summary>Put a known volunteer into a team.</summary>
    JoinedTeam,
}

/// <summary>导入: one file of people that was taken in, so that it can be looked at and taken back.</summary>
public sealed class ImportBatch
{
    private ImportBatch() { }

    public ImportBatch(string fileName, VolunteerId by, DateTimeOffset now, int goodRows, int badRows) =>
        (Id, FileName, By, StartedAt, GoodRows, BadRows) = (ImportId.New(), fileName, by, now, goodRows, badRows);

    public ImportId Id { get; private set; }

    public string FileName { get; private set; } = "";

    public VolunteerId By { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public ImportState State { get; private set; }

    public int GoodRows { get; private set; }

    public int BadRows { get; private set; }

    public long Version { get; private set; }

    public void End(ImportState state, DateTimeOffset now) => (State, EndedAt) = (state, now);
}

/// <summary>What one row of an import did to one record.</summary>
public sealed class ImportedRow
{
    private ImportedRow() { }

    /// <param name="import">The import.</param>
    /// <param name="row">Number of the row in the file, as the spreadsheet shows it.</param>
    /// <param name="volunteer">Whose record.</param>
    /// <param name="effect">What it did.</param>
    /// <param name="before">What stood there before, for taking it back: JSON, protected fields as ciphers.</param>
    public ImportedRow(ImportId import, int row, VolunteerId volunteer, ImportEffect effect, string? before) =>
        (ImportId, Row, VolunteerId, Effect, Before) = (import, row, volunteer, effect, before);

    public long Id { get; private set; }

    public ImportId ImportId { get; private set; }

    public int Row { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public ImportEffect Effect { get; private set; }

    public string? Before { get; private set; }

    /// <summary>Drops what stood there before: the person's data was erased.</summary>
    public void Forget() => Before = null;
}
