namespace VolunteerHub.Web.Data;

/// <summary>
/// Whatever changes hours, seats or posts of a run takes the run's tally away, by whichever way it is written: reports then count that run
/// from its records, until it is tallied again. A migration runs without them, since a table cannot be built anew while a trigger of
/// another one speaks of it; what it changes is tallied again afterwards.
/// </summary>
internal static class TallyTriggers
{
    private const string Forget = "DELETE FROM RunTallies WHERE RunId";

    private static readonly (string Table, string Columns, Func<string, string> Forget)[] Watched =
    [
        ("HourEntries", "RunId, VolunteerId, CreditedSeconds, Status, Corrects", row => $"{Forget}={row}.RunId;"),
        ("Assignments", "RunId, PostId, Status", row => $"{Forget}={row}.RunId;"),
        ("Posts", "ShiftId, Min", row => $"{Forget}=(SELECT RunId FROM Shifts WHERE Id={row}.ShiftId);"),
        ("Shifts", "RunId", row => $"{Forget}={row}.RunId;"),
    ];

    /// <summary>Makes those that are not there.</summary>
    public static readonly string Make = string.Concat(Watched.Select(w => Three(w.Table, w.Columns, w.Forget)));

    /// <summary>Takes all of them away.</summary>
    public static readonly string Drop = string.Concat(Watched.SelectMany(w => Whens.Select(when => $"DROP TRIGGER IF EXISTS Tally_{w.Table}_{when};")));

    /// <summary>Has all runs tallied again.</summary>
    public const string ForgetAll = "DELETE FROM RunTallies;";

    private static string[] Whens => ["Added", "Changed", "Gone"];

    private static string Three(string table, string columns, Func<string, string> forget) =>
        $"""
        CREATE TRIGGER IF NOT EXISTS Tally_{table}_Added AFTER INSERT ON {table} BEGIN {forget("NEW")} END;
        CREATE TRIGGER IF NOT EXISTS Tally_{table}_Changed AFTER UPDATE OF {columns} ON {table} BEGIN {forget("OLD")} {forget("NEW")} END;
        CREATE TRIGGER IF NOT EXISTS Tally_{table}_Gone AFTER DELETE ON {table} BEGIN {forget("OLD")} END;

        """;
}
