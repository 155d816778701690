namespace VolunteerHub.Domain.Runs;

/// <summary>One visit that was counted at a site: day and hour, and nobody's name.</summary>
public sealed class SiteVisit
{
    private SiteVisit() { }

    /// <param name="request">Names the press of the button, so that one that is sent again counts once.</param>
    /// <param name="site">Where.</param>
    /// <param name="day">By the community's wall clock.</param>
    /// <param name="hour">The hour that had begun, from 0 to 23.</param>
    public SiteVisit(Guid request, SiteId site, DateOnly day, int hour) => (Id, SiteId, Day, Hour) = (request, site, day, hour);

    public Guid Id { get; private set; }

    public SiteId SiteId { get; private set; }

    public DateOnly Day { get; private set; }

    public int Hour { get; private set; }

    /// <summary>The press that took it back; null while it counts.</summary>
    public Guid? TakenBackBy { get; private set; }

    public void TakeBack(Guid request) => TakenBackBy ??= request;
}
