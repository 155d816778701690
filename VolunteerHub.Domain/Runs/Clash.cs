namespace VolunteerHub.Domain.Runs;

/// <summary>A run as far as clashes are concerned.</summary>
/// <param name="Run">Its id; null where it is only planned yet.</param>
/// <param name="Title">Its title.</param>
/// <param name="SiteId">Where it is.</param>
/// <param name="Slot">From its first to its last minute.</param>
public sealed record PlacedRun(RunId? Run, string Title, SiteId SiteId, TimeSlot Slot);

/// <summary>Two runs want one site at one time. A warning only: a hall may hold both.</summary>
public static class Clash
{
    /// <summary>Those of <paramref name="others"/> that are at the same site at the same time.</summary>
    public static IEnumerable<PlacedRun> With(PlacedRun run, IEnumerable<PlacedRun> others) =>
        others.Where(o => (o.Run is null || o.Run != run.Run) && !ReferenceEquals(o, run) && o.SiteId == run.SiteId && o.Slot.Overlaps(run.Slot));
}
