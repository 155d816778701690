namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>How long work on many records takes turns with everybody else.</summary>
internal static class ImportPace
{
    /// <summary>Rows in one transaction: it holds the write lock for a fraction of a second.</summary>
    public const int RowsAtOnce = 200;

    /// <summary>Rows that are looked up together where nothing is written.</summary>
    public const int RowsLookedUp = 500;

    /// <summary>Who waits for the write lock looks every 100 ms whether it is free: so long it stays free between two transactions.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(120);

    public static Task BreatheAsync(CancellationToken ct) => Task.Delay(Breath, ct);
}
