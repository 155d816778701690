namespace VolunteerHub.Domain.Runs;

/// <summary>服务点: where runs take place.</summary>
public sealed class Site
{
    private Site() { }

    public Site(string name, string? address) => (Id, Name, Address) = (SiteId.New(), name, address);

    public SiteId Id { get; private set; }

    public string Name { get; private set; } = "";

    public string? Address { get; private set; }

    public long Version { get; private set; }
}
