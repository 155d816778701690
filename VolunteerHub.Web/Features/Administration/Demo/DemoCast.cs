using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>A person with the duty they hold so far, so that nobody is asked to be in two places.</summary>
internal sealed class DemoPerson(Volunteer volunteer, IReadOnlyList<Membership> memberships, DateOnly? bornOn)
{
    public Volunteer Volunteer => volunteer;

    public VolunteerId Id => volunteer.Id;

    public IReadOnlyList<Membership> Memberships => memberships;

    public List<Commitment> Commitments { get; } = [];

    public int CompletedRuns { get; set; }

    public bool Leads(TeamId team, DateOnly day) => memberships.Any(m => m.TeamId == team && m.LeadsOn(day));

    /// <summary>The facts as the rules want them.</summary>
    public Candidate On(DateOnly day) => new(
        volunteer, memberships.Where(m => m.InForceOn(day)).Select(m => m.TeamId).ToHashSet(), [.. Commitments], [], CompletedRuns, bornOn);
}

/// <summary>Everybody and everything that runs are made with.</summary>
internal sealed class DemoCast(
    Community community, IReadOnlyList<Team> teams, IReadOnlyList<Site> sites, IReadOnlyList<DemoPerson> people, DateTimeOffset now)
{
    private readonly Dictionary<VolunteerId, DemoPerson> _byId = people.ToDictionary(p => p.Id);

    public Community Community => community;

    public TimeZoneInfo Zone { get; } = community.Zone;

    public DateTimeOffset Now => now;

    public DateOnly Today => DayOf(now);

    public IReadOnlyList<DemoPerson> People => people;

    public DemoPerson this[VolunteerId id] => _byId[id];

    public Team Team(string code) => teams.First(t => t.Code == code);

    public Team Team(TeamId id) => teams.First(t => t.Id == id);

    /// <summary>The site of that name, or another where somebody renamed it.</summary>
    public Site Site(string name) => sites.FirstOrDefault(s => s.Name == name) ?? sites[0];

    /// <summary>Who plans for a team: its leader.</summary>
    public VolunteerId PlannerOf(TeamId team) =>
        people.Where(p => p.Leads(team, Today)).OrderByDescending(p => p.Memberships.Any(m => m.TeamId == team && m.Role == TeamRole.Leader))
            .Select(p => p.Id).FirstOrDefault();

    /// <summary>Somebody who leads a team and is not this person; null where nobody else does.</summary>
    public VolunteerId? OtherLeaderOf(TeamId team, VolunteerId but) => people.FirstOrDefault(p => p.Leads(team, Today) && p.Id != but)?.Id;

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The instant at which the community's clocks show this.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time) => WallClock.Instant(day, time, Zone);
}
