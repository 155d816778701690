using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Runs;

/// <summary>What is said of a site.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where it is; null where that says nothing.</param>
/// <param name="Menu">What people find there, in order.</param>
/// <param name="Opening">When it is open, by the community's wall clock.</param>
/// <param name="Capacity">How many people it holds; null where that is not limited.</param>
/// <param name="CountsVisits">Whether visits are counted there, without persons.</param>
public sealed record SiteFacts(
    string Name, string? Address, IReadOnlyList<string> Menu, IReadOnlyList<WeeklyHours> Opening, int? Capacity, bool CountsVisits);

/// <summary>服务点: where runs take place.</summary>
public sealed class Site
{
    private Site() { }

    public Site(string name, string? address) => (Id, Name, Address) = (SiteId.New(), name, address);

    public Site(SiteFacts facts)
    {
        Id = SiteId.New();
        Revise(facts);
    }

    public SiteId Id { get; private set; }

    public string Name { get; private set; } = "";

    public string? Address { get; private set; }

    /// <summary>What people find there, in order.</summary>
    public IReadOnlyList<string> Menu { get; private set; } = [];

    /// <summary>When it is open; empty where that is not fixed.</summary>
    public IReadOnlyList<WeeklyHours> Opening { get; private set; } = [];

    /// <summary>How many people it holds; null where that is not limited.</summary>
    public int? Capacity { get; private set; }

    /// <summary>Whether visits are counted there, without persons.</summary>
    public bool CountsVisits { get; private set; }

    /// <summary>No new run is planned there.</summary>
    public bool IsArchived { get; private set; }

    public long Version { get; private set; }

    public void Revise(SiteFacts facts) =>
        (Name, Address, Menu, Opening, Capacity, CountsVisits) = (facts.Name, facts.Address, facts.Menu, facts.Opening, facts.Capacity, facts.CountsVisits);

    public void Archive(bool archived) => IsArchived = archived;
}
