namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>A filter of the grid of people that somebody keeps under a name; it is the address that shows it.</summary>
public sealed class SavedFilter
{
    private SavedFilter() { }

    public SavedFilter(VolunteerId owner, string name, string query) => (Id, OwnerId, Name, Query) = (Guid.CreateVersion7(), owner, name, query);

    public Guid Id { get; private set; }

    public VolunteerId OwnerId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The part of the address after the question mark; holds no phone number.</summary>
    public string Query { get; private set; } = "";

    /// <summary>Hands the filter to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => OwnerId = survivor;
}
