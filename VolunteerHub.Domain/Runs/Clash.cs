namespace VolunteerHub.Domain.Runs;

/// <summary>A run as far as clashes are concerned.</summary>
/// <param name="Run">Its id; null where it is only planned yet.</param>
/// <param name="Title">Its title.</param>
/// <param name="SiteId">Where it is.</param>
/// <param name="Slot">From its first to its last minute.</param>
/// <param name="Partners">共建单位 that take part.</param>
public sealed record PlacedRun(RunId? Run, string Title, SiteId SiteId, TimeSlot Slot, IReadOnlyList<PartnerId> Partners);

/// <summary>Two runs want one site, or one partner, at one time. A warning only: a hall, or a big partner, may have room for both.</summary>
public static class Clash
{
    /// <summary>Those of <paramref name="others"/> that are at the same time at the same site or with the same partner.</summary>
    public static IEnumerable<PlacedRun> With(PlacedRun run, IEnumerable<PlacedRun> others) =>
        others.Where(o => (o.Run is null || o.Run != run.Run) && !ReferenceEquals(o, run) && (o.SiteId == run.SiteId || o.Partners.Any(run.Partners.Contains)) && o.Slot.Overlaps(run.Slot));
}
