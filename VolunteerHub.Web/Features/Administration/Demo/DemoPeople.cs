using System.Globalization;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>Makes the volunteers and guests: numbers, phones, PINs, languages, qualifications, availability, teams.</summary>
internal sealed class DemoPeople(DemoData data, Community community, IReadOnlyList<Team> teams, DateOnly today, Random random, PhoneProtector phones, FieldProtector fields, CheckInPin pins)
{
    private const int FirstJoinedDaysAgo = 900;
    private const int LastJoinedDaysAgo = 100;
    private const int QualifiedDaysAgo = 1100;
    private const double StateAvailability = 0.68;

    private readonly List<(string Name, string? Unit, string? Team, TeamRole Role)> _all =
    [
        // Who leads was there first, and so has an early number.
        .. data.Teams.Select(t => (t.Leader, (string?)null, (string?)t.Code, TeamRole.Leader)),
        .. data.Teams.Select(t => (t.Deputy, (string?)null, (string?)t.Code, TeamRole.Deputy)),
        .. data.Teams.SelectMany(t => t.Members.Select(name => (name, (string?)null, (string?)t.Code, TeamRole.Member))),
        .. data.Guests.Select(g => (g.Name, (string?)g.Unit, (string?)null, TeamRole.Member)),
    ];

    private HashSet<string> Known { get; } = [.. data.Accounts.Select(a => a.Name), .. data.Featured.Seats.Values.SelectMany(names => names)];

    public List<DemoPerson> Make() => [.. _all.Select((who, order) => Make(order, who.Name, who.Unit, who.Team, who.Role))];

    private DemoPerson Make(int order, string name, string? unit, string? team, TeamRole role)
    {
        var since = today.AddDays(-FirstJoinedDaysAgo + order * (FirstJoinedDaysAgo - LastJoinedDaysAgo) / _all.Count);
        var phone = data.PhonePrefix + (order + 1).ToString("00000000", CultureInfo.InvariantCulture);
        var volunteer = new Volunteer(
            community.IssueNumber(since.Year), name, unit is null ? VolunteerKind.Member : VolunteerKind.Guest, phones.Protect(phone), since);
        volunteer.WorksAt(unit);
        volunteer.Speaks(data.Languages.Where(l => l.Value.Contains(name)).Select(l => l.Key));
        foreach (var q in data.Qualifications.Where(q => q.Name == name))
            volunteer.Qualify(q.Kind, today.AddDays(-QualifiedDaysAgo), q.EndsInDays is { } days ? today.AddDays(days) : null);
        if (data.Minors.FirstOrDefault(m => m.Name == name) is { } minor)
        {
            volunteer.Keep(new PrivateData(BornOn: fields.Protect(BornOn(minor))));
            volunteer.GuardianConsents(minor.Consent ? today.AddDays(FirstJoinedDaysAgo) : null);
        }

        if (data.Paused.Contains(name)) volunteer.Pause();
        // Those whom the documentation speaks of may be asked at any time, and can check in.
        if (!Known.Contains(name) && unit is null && random.NextDouble() < StateAvailability) volunteer.IsAvailable(SomeAvailability());
        if (Known.Contains(name) || order % 3 != 2) volunteer.SetPin(pins.Hash(volunteer.Id, data.Pin));
        var bornOn = data.Minors.FirstOrDefault(m => m.Name == name) is { } young ? BornOn(young) : (DateOnly?)null;
        return new DemoPerson(volunteer, [.. MembershipsOf(volunteer, team, role, since)], bornOn);
    }

    private DateOnly BornOn(DemoMinor minor) => today.AddYears(-minor.Age).AddDays(-LastJoinedDaysAgo);

    private IEnumerable<Membership> MembershipsOf(Volunteer volunteer, string? team, TeamRole role, DateOnly since)
    {
        if (team is not null) yield return new Membership(volunteer.Id, teams.First(t => t.Code == team).Id, role, since);
        foreach (var also in data.Teams.Where(t => t.Also.Contains(volunteer.Name)))
            yield return new Membership(volunteer.Id, teams.First(t => t.Code == also.Code).Id, TeamRole.Member, since);
    }

    private Availability SomeAvailability() =>
        new([.. data.Availability[random.Next(data.Availability.Count)].SelectMany(hours => hours.Weekly)], []);
}
